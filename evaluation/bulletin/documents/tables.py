"""The tables of a bulletin: network totals, one summary per type, the attachments. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from core.periods import Quarter
from evaluation.bulletin.documents.numbers import NOTHING, percent, signed
from evaluation.bulletin.documents.readings import Indicator, QuarterReading, Readings, difference, in_order_of, sums
from evaluation.bulletin.documents.view import Column, Row, Table
from evaluation.bulletin.queries import Figures, PublishedYear, Window, WindowGroup
from evaluation.intake.checks.figures import StoredFigure
from evaluation.ranking.documents.ranking import NOT_RANKED, ranking_table
from evaluation.scoring.feeds import Print


@dataclass(frozen=True)
class Group:
    """One type with its indicators and everything read from its figures."""

    facts: WindowGroup
    indicators: tuple[Indicator, ...]
    readings: Readings

    @property
    def label(self) -> str:
        return str(self.facts.platform_type.label)

    @cached_property
    def headline(self) -> Indicator | None:
        """What the system names, else its first quarterly indicator; None for a system without any."""
        first = next(iter(self.indicators), None)
        return next((i for i in self.indicators if i.code == self._column(self.prints.headline)), first)

    @cached_property
    def summarised(self) -> list[Indicator]:
        """Those that the system names for the table of main indicators, besides the headline."""
        columns = [self._column(code) for code in self.prints.summary]
        return [i for column in columns for i in self.indicators if i.code == column and i != self.headline]

    @cached_property
    def named_totals(self) -> list[str]:
        """The columns whose totals are said in words."""
        return [column for code in self.prints.totals if (column := self._column(code))]

    @property
    def prints(self) -> Print:
        return self.facts.system.prints if self.facts.system else Print()

    def _column(self, code: str) -> str:
        found = self.facts.system.by_code.get(code) if self.facts.system else None
        return found.column if found else ""

    @cached_property
    def ordered(self) -> list[Window]:
        """By the headline's progress, windows without one last."""
        headline = self.headline
        return in_order_of(self.readings, self.facts.windows, headline.code) if headline else list(self.facts.windows)

    @cached_property
    def partly_silent(self) -> list[Window]:
        """Windows that the quarter's file gives some figures of, but not all."""
        silent = set(self.silent)
        some = [w for w in self.facts.windows if any(r.is_missing for r in self.readings[w.id].values())]
        return [window for window in some if window not in silent]

    @cached_property
    def silent(self) -> list[Window]:
        """Windows of which the quarter's file says nothing at all."""
        return [w for w in self.facts.windows if all(r.is_missing for r in self.readings[w.id].values())]


@dataclass(frozen=True)
class NetworkTotal:
    """One indicator over all windows; a ratio is all numerators over all denominators."""

    indicator: Indicator
    value: Fraction | None
    before: Fraction | None
    to_date: Fraction | None

    @property
    def change(self) -> Fraction | None:
        return difference(self.indicator, self.value, self.before)

    @property
    def growth(self) -> Fraction | None:
        """In per cent; None for a ratio and where there was nothing before."""
        if self.indicator.is_ratio or self.value is None or not self.before:
            return None
        return (self.value - self.before) / self.before * 100

    @property
    def cells(self) -> tuple[str, ...]:
        texts = [self.indicator.text(v) if v is not None else NOTHING for v in (self.value, self.change, self.to_date)]
        growth = NOTHING if self.growth is None else signed(percent(self.growth))
        change = texts[1] if self.change is None else signed(texts[1])
        return self.indicator.name, self.indicator.unit, texts[0], change, growth, texts[2]


def network_totals(groups: Iterable[Group], figures: Figures, quarter: Quarter) -> list[NetworkTotal]:
    """Every indicator that any of the types has, in the order in which they come."""
    indicators = {indicator.code: indicator for group in groups for indicator in group.indicators}
    by_code: dict[str, list[Mapping[Quarter, StoredFigure]]] = {code: [] for code in indicators}
    for (_, code), by_quarter in figures.items():
        if code in by_code:
            by_code[code].append(by_quarter)
    return [NetworkTotal(indicator, *sums(indicator, by_code[code], quarter)) for code, indicator in indicators.items()]


def totals_table(totals: Iterable[NetworkTotal], quarter: Quarter) -> Table:
    columns = (
        Column("指标", is_number=False),
        Column("单位", is_number=False),
        Column("本季度"),
        Column("较上季度"),
        Column("增减幅度"),
        Column("本年累计"),
    )
    notes = ("比率为全部窗口平台合并计算,较上季度为百分点。",) if any(t.indicator.is_ratio for t in totals) else ()
    rows = tuple(Row(total.cells) for total in totals)
    return Table(f"全市窗口平台{quarter}运营数据", columns, rows, notes)


def summary_table(group: Group, quarter: Quarter) -> Table:
    """One row per window by the headline's progress: its four texts, then the other main indicators."""
    headline = group.headline
    others = group.summarised
    columns = [Column("位次"), Column("平台名称", is_number=False)]
    if headline:
        unit = headline.unit
        columns += [Column(headline.name, unit), Column("较上季度", unit), Column("本年累计", unit), Column("完成进度")]
    columns += [Column(other.name, other.unit) for other in others]
    rows = tuple(Row(_summary_cells(group, window, headline, others)) for window in group.ordered)
    return Table(f"{group.label}{quarter}主要指标", tuple(columns), rows)


def completion_table(group: Group, quarter: Quarter) -> Table:
    """附件: one row per window, one column per indicator with quarter, year to date, progress, place and change."""
    columns = [Column("平台名称", is_number=False)]
    columns += [Column(_with_target(indicator), indicator.unit) for indicator in group.indicators]
    rows = tuple(
        Row((window.name, *(_completion_cell(group.readings[window.id][i.code]) for i in group.indicators)))
        for window in group.facts.windows
    )
    notes = (
        "每格第一行为本季度数/本年累计数;第二行为本年累计数完成全年目标的进度,括号内为在本类平台中按进度的位次;第三行为较上季度增减。",
        f"“{NOTHING}”表示没有可比数据或当期不发生;“未报”表示省枢纽平台数据中没有该项。",
    )
    return Table(f"{group.label}{quarter}指标完成情况", tuple(columns), rows, notes)


def year_table(published: PublishedYear) -> Table:
    """A type's published annual ranking as its open-data files print it."""
    publication = published.publication
    ranking = ranking_table(
        title=publication.title,
        year=publication.year,
        platform_type=publication.platform_type,
        system=publication.ranking.system.rules,
        standings=published.standings,
        notice="",
    )
    scores = [Column(f"{name}得分") for _, name in ranking.sections]
    has_reasons = any(row.not_ranked_reason for row in ranking.rows)
    reasons = [Column("说明", is_number=False)] if has_reasons else []
    columns = (Column("名次"), Column("平台名称", is_number=False), *scores, Column("总分"), *reasons)
    rows = tuple(
        Row(
            (
                NOT_RANKED if row.rank is None else str(row.rank),
                row.platform_name,
                *(row.section_scores or (NOTHING,) * len(ranking.sections)),
                row.total or NOTHING,
                *([row.not_ranked_reason] if has_reasons else []),
            )
        )
        for row in ranking.rows
    )
    return Table(publication.title, columns, rows)


def _summary_cells(
    group: Group, window: Window, headline: Indicator | None, others: Iterable[Indicator]
) -> tuple[str, ...]:
    by_code = group.readings[window.id]
    other_cells = tuple(by_code[other.code].value_text for other in others)
    if headline is None:
        return NOTHING, window.name, *other_cells
    main = by_code[headline.code]
    place = NOTHING if main.place is None else str(main.place)
    texts = (main.value_text, main.change_text, main.to_date_text, main.progress_text)
    return place, window.name, *texts, *other_cells


def _completion_cell(reading: QuarterReading) -> str:
    place = "" if reading.place is None else f"({reading.place})"
    return f"{reading.value_text}/{reading.to_date_text}\n{reading.progress_text}{place}\n{reading.change_text}"


def _with_target(indicator: Indicator) -> str:
    return indicator.name if indicator.target is None else f"{indicator.name}\n目标{indicator.text(indicator.target)}"
