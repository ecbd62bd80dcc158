"""From what platforms handed in by quarter, and what assessors marked, to one annual figure each. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.findings import Finding
from evaluation.intake.checks.annual import annual_value, of_quarters
from evaluation.intake.checks.collected import CollectedRow
from evaluation.intake.checks.figures import FigureRow, StoredFigure, figure_of
from evaluation.intake.checks.registry import Registered
from evaluation.scoring.measures import Measure
from evaluation.scoring.system import Indicator

_NUMERALS = "一二三四"
FIRST_ROW = 2  # below the headings of the file that is kept


def annual_row(*, platform_code: str, indicator: str, measure: Measure, quarters: Mapping[int, Any]) -> CollectedRow:
    """The year of one indicator, combined exactly as the quarters of the hub's files are (`checks.annual`).

    Counts add up, of ratios numerators and denominators, of weighted items the counts by item; a quarter that does not
    apply (None) adds nothing, and when none gives a value the year does not apply.
    """
    combined = annual_value(of_quarters(measure, quarters))
    spoken = "、".join(_NUMERALS[quarter - 1] for quarter in sorted(quarters))
    return CollectedRow(
        platform_code,
        indicator,
        combined.get("value"),
        is_not_applicable="state" in combined,
        origin=f"平台报送,第{spoken}季度",
    )


def taken_rows(
    rows: Sequence[CollectedRow],
    platforms: Mapping[str, Registered],
    measures: Mapping[str, Mapping[str, Indicator]],
) -> tuple[list[FigureRow], list[Finding]]:
    """What was collected as rows of annual figures, and everything wrong with it: a figure told twice, an indicator
    that the platform's system in force does not hold, a value that its measure does not take. `rows` in the order of
    the file that is kept, `measures` by platform type."""
    taken, findings = [], []
    seen: set[tuple[str, str]] = set()
    for number, (code, indicator, value, is_not_applicable, _) in enumerate(rows, FIRST_ROW):
        platform = platforms[code]
        known = measures[platform.platform_type].get(indicator)
        subject = f"平台{code}的指标{indicator}"
        if (code, indicator) in seen:
            findings.append(Finding(f"{subject}有不止一种来源", "每个平台每项指标只有一个数据"))
        elif known is None:
            findings.append(Finding(f"{subject}不在该平台类型的指标体系中", "施行中的指标体系的指标"))
        else:
            wrong = [] if is_not_applicable else known.measure.wrong(value)
            findings += [Finding(f"{subject}的数值{message}") for _, message in wrong]
            if not wrong:
                figure = StoredFigure("not_applicable") if is_not_applicable else figure_of(known.measure, value)
                taken.append(FigureRow(number, platform, indicator, figure))
        seen.add((code, indicator))
    return taken, findings
