"""An indicator system as an official prints it: sections, categories with merged cells, one line per indicator."""

from dataclasses import dataclass
from decimal import Decimal

from core.numbers import exact
from evaluation.scoring.system import Category, Indicator, Section, System
from evaluation.wording import SOURCES, standard_text


@dataclass(frozen=True)
class IndicatorLine:
    code: str
    name: str
    points: str
    unit: str
    standard: str
    source: str
    evidence: str
    clause: str
    is_quarterly: bool


@dataclass(frozen=True)
class CategoryBlock:
    name: str
    clause: str
    points: str
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True)
class SectionTable:
    """`weight` is the bundle's own text, `0.20`; `points` what its indicators add up to."""

    name: str
    clause: str
    weight: str
    points: str
    categories: tuple[CategoryBlock, ...]


@dataclass(frozen=True)
class SystemTable:
    """The whole table and the notes under it."""

    code: str
    version: int
    sections: tuple[SectionTable, ...]
    notes: tuple[str, ...]


def system_table(system: System) -> SystemTable:
    """A system that has passed the checks at its import."""
    sections = tuple(_section(section) for section in system.sections)
    return SystemTable(system.code, system.version, sections, _notes(system))


def _section(section: Section) -> SectionTable:
    categories = tuple(_category(category) for category in section.categories)
    return SectionTable(section.name, section.clause, section.weight, section.points, categories)


def _category(category: Category) -> CategoryBlock:
    lines = tuple(_line(indicator) for indicator in category.indicators)
    points = sum((Decimal(indicator.points) for indicator in category.indicators), Decimal())
    return CategoryBlock(category.name, category.clause, exact(points), lines)


def _line(indicator: Indicator) -> IndicatorLine:
    return IndicatorLine(
        code=indicator.code,
        name=indicator.name,
        points=indicator.points,
        unit=indicator.unit,
        standard=standard_text(indicator),
        source=SOURCES[indicator.source],
        evidence=indicator.evidence,
        clause=indicator.clause,
        is_quarterly=indicator.quarterly,
    )


def _notes(system: System) -> tuple[str, ...]:
    """The conventions that hold for every line, in the words of docs/scoring.md."""
    within = "所在类别" if system.not_applicable == "within_category" else "所在部分"
    ties = "并列后空出名次(如1、2、2、4)" if system.tie_style == "competition" else "并列后名次连续(如1、2、2、3)"
    cap = system.total_cap
    return (
        "总分=各部分得分×权重之和;每部分满分以所列分值合计为准。" + (f"总分最高{cap}分。" if cap is not None else ""),
        f"四舍五入:指标得分保留{system.indicator_decimals}位小数,总分保留{system.total_decimals}位小数。",
        f"“不适用”的指标不计0分也不计满分,在{within}内按其余指标折算;“未报”的指标计0分。",
        f"名次按总分排列,总分相同的名次并列,{ties};只在同类平台内排名。",
    )
