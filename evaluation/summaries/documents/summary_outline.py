"""A platform's own year, put under the headings of the summary's outline (细则 R4.3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count

from core.periods import Quarter
from evaluation.progress.checks import Progress
from evaluation.progress.queries.progress import year_progress
from evaluation.scoring.system import Indicator
from evaluation.summaries.checks import OUTLINE
from evaluation.summaries.documents.outline import OutlineTable, OutlineView
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from evaluation.wording import DEMO_NOTICE, SOURCES
from platforms.models import EnterpriseRecognition, Platform, ServiceRecord
from platforms.queries import operator_on
from platforms.queries.service_records import quarter_counts

_FIGURES = (("指标", "单位", "本年累计", "目标", "完成比例", "数据提供"), (34, 8, 14, 14, 14, 16))
_TASKS = (("重点工作", "分值", "目标", "已完成", "完成率"), (52, 10, 13, 13, 12))
_SERVICES = (("季度", "服务家次", "服务企业(家)"), (1, 1, 1))
_HONOURS = (("企业", "认定类别", "认定日期"), (40, 40, 20))
_SHOWN_HONOURS = 200


def summary_outline(*, platform: Platform, year: int, today: date, is_demo: bool) -> OutlineView:
    """What is known on `today`; without a system in force the outline has its headings and no tables of figures."""
    operator = operator_on(platform, today)
    title = f"{platform.name}{year}年度工作总结"
    facts = (
        f"运营单位:{operator.name if operator else '未登记'}",
        f"联系人:{platform.contact_person or '未登记'}  电话:{platform.contact_phone or '未登记'}",
    )
    return OutlineView(
        title=f"{title}·{DEMO_NOTICE}" if is_demo else title,
        facts=facts,
        as_of=f"表中数据截至{today.year}年{today.month}月{today.day}日,由系统带出;如有出入,请在报送数据中更正,不要只改本文档。",
        tables={**_figure_tables(platform, year, today), **_enterprise_tables(platform, year)},
    )


def _figure_tables(platform: Platform, year: int, today: date) -> dict[str, tuple[OutlineTable, ...]]:
    code = f"{platform.platform_type}-{year}"
    system = IndicatorSystem.objects.filter(code=code, status=SystemStatus.IN_FORCE).first()
    if system is None:
        return {}
    titles = {heading.title for heading in OUTLINE}
    reached = _reached(system, platform, _ended_quarter(year, today))
    tables: dict[str, tuple[OutlineTable, ...]] = {}
    for category in system.rules.categories:
        if category.name in titles:
            tables[category.name] = (_figures(category.indicators, reached),)
    if tasks := system.rules.section_indicators(KEY_WORK):
        tables["年度重点工作完成情况"] = (_tasks(tasks, reached),)
    return tables


def _reached(system: IndicatorSystem, platform: Platform, quarter: int) -> dict[str, Progress]:
    (own,) = year_progress(system=system, platforms=[platform], quarter=quarter, indicators=system.rules.indicators)
    return {progress.indicator: progress for progress in own.tasks}


def _ended_quarter(year: int, today: date) -> int:
    """How many quarters of the year have ended."""
    return sum(Quarter(year, number).last_on < today for number in (1, 2, 3, 4))


def _figures(indicators: Sequence[Indicator], reached: Mapping[str, Progress]) -> OutlineTable:
    rows = [
        (
            f"{indicator.code} {indicator.name}",
            indicator.unit,
            reached[indicator.code].reached_text,
            reached[indicator.code].goal_text,
            reached[indicator.code].share_text,
            SOURCES[indicator.source],
        )
        for indicator in indicators
    ]
    return OutlineTable("本年度指标数据", *_table(_FIGURES, rows))


def _tasks(indicators: Sequence[Indicator], reached: Mapping[str, Progress]) -> OutlineTable:
    progresses = [reached[indicator.code] for indicator in indicators]
    rows = [(f"{p.indicator} {p.name}", p.points, p.goal_text, p.reached_text, p.share_text) for p in progresses]
    return OutlineTable("年度重点工作对照目标", *_table(_TASKS, rows))


def _enterprise_tables(platform: Platform, year: int) -> dict[str, tuple[OutlineTable, ...]]:
    """Who was served, and which of them were recognised this year."""
    records = ServiceRecord.objects.in_force().filter(platform=platform)
    of_year = records.filter(served_on__year=year)
    quarters = [
        (str(Quarter(row["year"], row["quarter"])), str(row["visits"]), str(row["enterprises"]))
        for row in reversed(quarter_counts(of_year))
    ]
    whole = of_year.aggregate(visits=Count("pk"), enterprises=Count("enterprise", distinct=True))
    quarters.append(("全年累计", str(whole["visits"]), str(whole["enterprises"])))
    recognised = EnterpriseRecognition.objects.filter(
        recognised_on__year=year, enterprise__in=records.values("enterprise")
    ).select_related("enterprise")
    honours = [
        (row.enterprise.name, row.get_kind_display(), row.recognised_on.isoformat())
        for row in recognised.order_by("recognised_on", "pk")[:_SHOWN_HONOURS]
    ]
    return {
        "平台基本情况": (OutlineTable("服务企业情况(据服务记录)", *_table(_SERVICES, quarters)),),
        "典型服务案例": (OutlineTable("服务对象本年度认定情况", *_table(_HONOURS, honours)),) if honours else (),
    }


def _table(form: tuple[tuple[str, ...], tuple[int, ...]], rows: Iterable[tuple[str, ...]]) -> Any:
    headings, widths = form
    return headings, tuple(rows), widths
