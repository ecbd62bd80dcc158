"""From facts to the frozen view-model (细则 R4.2(1)). Pure: facts, particulars and texts are handed in; no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Fault, Refusal
from core.paper.official_page import Layout
from core.periods import Quarter
from evaluation.bulletin.documents import wording
from evaluation.bulletin.documents.readings import group_readings, quarterly_indicators
from evaluation.bulletin.documents.tables import (
    Group,
    NetworkTotal,
    completion_table,
    network_totals,
    summary_table,
    totals_table,
    year_table,
)
from evaluation.bulletin.documents.view import Attachment, BulletinView, Paragraph, Section, Table
from evaluation.bulletin.queries import WINDOW_TYPES, BulletinFacts, PublishedYear


@dataclass(frozen=True)
class Particulars:
    """What the office and the staff decide: names and measures, number and date, their own texts ('' for the proposed
    ones), and whether everything is the demonstration."""

    red_head: str
    issuer: str
    document_code: str
    city_platform: str
    layout: Layout
    serial_number: int
    issued_on: date
    problems: str
    requirements: str
    is_demo: bool


@dataclass(frozen=True)
class Proposal:
    """The texts that the figures suggest for the two sections that staff write."""

    problems: str
    requirements: str


def build_bulletin(facts: BulletinFacts, particulars: Particulars) -> BulletinView:
    """The whole bulletin. Raises `Refusal` naming everything that is not there yet."""
    if faults := missing_facts(facts):
        raise Refusal(faults)
    groups, totals = _read(facts)
    texts = _proposal(groups, totals, facts.quarter)
    attachments = _attachments(groups, facts.years, facts.quarter)
    bodies = [
        ("总体情况", wording.overview(groups, totals, facts.quarter), totals_table(totals, facts.quarter)),
        *(_group_body(group, facts.quarter) for group in groups),
        *_year_body(facts, attachments),
        ("存在问题", wording.paragraphs_of(particulars.problems.strip() or texts.problems), None),
        ("下一步工作要求", wording.paragraphs_of(particulars.requirements.strip() or texts.requirements), None),
    ]
    return BulletinView(
        period=facts.quarter.code,
        is_demo=particulars.is_demo,
        layout=particulars.layout,
        red_head=particulars.red_head,
        number=f"{particulars.document_code}〔{particulars.issued_on.year}〕{particulars.serial_number}号",
        title_lines=wording.title_lines(particulars.issuer, facts.quarter),
        addressee=wording.ADDRESSEE,
        opening=wording.opening(facts.quarter, particulars.city_platform),
        sections=_sections(bodies),
        attachments=attachments,
        issuer=particulars.issuer,
        issued_on=particulars.issued_on.isoformat(),
        remark=wording.REMARK,
    )


def proposed_texts(facts: BulletinFacts) -> Proposal:
    """What stands in the bulletin where staff leave their two texts empty."""
    groups, totals = _read(facts)
    return _proposal(groups, totals, facts.quarter)


def missing_facts(facts: BulletinFacts) -> list[Fault]:
    """Why no bulletin can be compiled yet: hub data, indicator systems, and for the fourth quarter the rankings."""
    quarter = facts.quarter
    faults = []
    if quarter not in facts.quarters:
        faults.append(Fault(f"还没有{quarter}的省枢纽运营数据", expected="先导入该季度的省枢纽数据表"))
    faults += [
        Fault(f"没有{quarter.year}年度{group.platform_type.label}指标体系", expected="先导入并施行指标体系")
        for group in facts.groups
        if group.windows and group.system is None
    ]
    if quarter.number == 4:
        published = {year.publication.platform_type for year in facts.years}
        faults += [
            Fault(f"{quarter.year}年度{kind.label}排名尚未发布", expected="四季度通报与全年通报一并发文,先发布年度排名")
            for kind in WINDOW_TYPES
            if kind not in published
        ]
    return faults


def _read(facts: BulletinFacts) -> tuple[list[Group], list[NetworkTotal]]:
    groups = []
    for group in facts.groups:
        indicators = quarterly_indicators(group.system)
        readings = group_readings(group, indicators, facts.figures, facts.quarter)
        groups.append(Group(group, indicators, readings))
    return groups, network_totals(groups, facts.figures, facts.quarter)


def _proposal(groups: Sequence[Group], totals: Sequence[NetworkTotal], quarter: Quarter) -> Proposal:
    return Proposal(wording.proposed_problems(groups, totals, quarter), wording.proposed_requirements(groups, quarter))


Body = tuple[str, list[Paragraph], Table | None]


def _group_body(group: Group, quarter: Quarter) -> Body:
    table = summary_table(group, quarter) if group.facts.windows else None
    return f"{group.label}运营情况", [Paragraph(wording.order_sentence(group))], table


def _year_body(facts: BulletinFacts, attachments: Sequence[Attachment]) -> list[Body]:
    """The year's result, for the fourth quarter only: 四季度通报与全年通报一并发文."""
    if not facts.years:
        return []
    paragraphs = wording.year_sentences(facts.years, attachments[-1].label)
    return [(f"{facts.quarter.year}年度绩效评价排名情况", paragraphs, None)]


def _attachments(groups: Iterable[Group], years: Sequence[PublishedYear], quarter: Quarter) -> tuple[Attachment, ...]:
    found: list[tuple[str, bool, tuple[Table, ...]]] = [
        (f"{group.label}指标完成情况表", True, (completion_table(group, quarter),))
        for group in groups
        if group.facts.windows
    ]
    if years:
        found.append((f"{quarter.year}年度绩效评价排名表", False, tuple(year_table(year) for year in years)))
    return tuple(
        Attachment(f"附件{number}", title, is_landscape, tables)
        for number, (title, is_landscape, tables) in enumerate(found, start=1)
    )


def _sections(bodies: Iterable[Body]) -> tuple[Section, ...]:
    return tuple(
        Section(f"{numeral}、{title}", tuple(paragraphs), table)
        for numeral, (title, paragraphs, table) in zip(wording.NUMERALS, bodies, strict=False)
    )
