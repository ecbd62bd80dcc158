"""The sentences of a bulletin. Every one states figures; the staff's own text takes the place of the proposed one."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from core.periods import Quarter
from core.policy import citation
from evaluation.bulletin.documents.numbers import percent, rounded
from evaluation.bulletin.documents.readings import PROGRESS_DECIMALS, RATIO_DECIMALS, Indicator
from evaluation.bulletin.documents.tables import Group, NetworkTotal
from evaluation.bulletin.documents.view import Paragraph
from evaluation.bulletin.queries import PublishedYear, Window

NUMERALS = "一二三四五六七八九十"
ADDRESSEE = "各县(市、区)工信部门,各产业集群窗口平台、县(市、区)综合窗口平台:"
REMARK = "(此件公开发布)"
_LEAD = re.compile(rf"([(\uff08][{NUMERALS}]+[)\uff09][^。]*。)(.*)", re.DOTALL)
_QUARTERS = 4
_SHARE_OF_YEAR = Fraction(100, _QUARTERS)


def title_lines(issuer: str, quarter: Quarter) -> tuple[str, ...]:
    """Broken by sense, short, long, short: the rhombus of GB/T 9704."""
    if quarter.number == _QUARTERS:
        return issuer, f"关于{quarter}暨全年中小企业", "公共服务窗口平台运营情况的通报"
    return issuer, f"关于{quarter}中小企业公共服务", "窗口平台运营情况的通报"


def opening(quarter: Quarter, city_platform: str) -> str:
    basis = citation("R4.2(1)")
    return (
        f"根据{basis}关于“季通报”的规定,{city_platform}结合省枢纽平台调取的运营数据,"
        f"汇总了{quarter}各产业集群窗口平台、县(市、区)综合窗口平台指标运营情况。现予以通报。"
    )


def overview(groups: Sequence[Group], totals: Iterable[NetworkTotal], quarter: Quarter) -> list[Paragraph]:
    """How many windows, who is missing, and the main totals in words."""
    counts = "、".join(f"{group.label}{len(group.facts.windows)}家" for group in groups)
    windows = sum(len(group.facts.windows) for group in groups)
    silent = [window for group in groups for window in group.silent]
    reported = f"已有数据{windows - len(silent)}家,未报{len(silent)}家({_names(silent)})" if silent else "均已有数据"
    first = f"本季度应通报窗口平台{windows}家,其中{counts}。{reported}。"
    by_code = {total.indicator.code: total for total in totals}
    named = dict.fromkeys(column for group in groups for column in group.named_totals)
    clauses = [_total_clause(by_code[column], quarter) for column in named if column in by_code]
    spoken = [clause for clause in clauses if clause]
    return [Paragraph(first), *([Paragraph(f"全市窗口平台{';'.join(spoken)}。")] if spoken else [])]


def order_sentence(group: Group) -> str:
    """Every window of the type by name, in the order of the table below."""
    headline = group.headline
    if not group.facts.windows:
        return f"本季度没有应通报的{group.label}。"
    if headline is None:
        return f"本季度{group.label}共{len(group.facts.windows)}家。"
    placed = [window for window in group.ordered if group.readings[window.id][headline.code].place is not None]
    if not placed:
        return f"本季度各{group.label}均没有{headline.name}数据。"
    rest = [window for window in group.ordered if window not in placed]
    unplaced = f";没有数据的为:{_names(rest)}" if rest else ""
    return f"按{headline.name}本年累计完成全年目标的进度排列,依次为:{_names(placed)}{unplaced}。"


def year_sentences(years: Iterable[PublishedYear], attachment: str) -> list[Paragraph]:
    """The annual rankings in words, places and names as published (细则 R4.2(2))."""
    paragraphs = []
    for published in years:
        publication = published.publication
        ranked = [s for s in published.standings if s.rank is not None]
        named = "、".join(f"{s.platform_name}(第{s.rank}名)" for s in ranked)
        label = publication.ranking.get_platform_type_display()
        places = "没有参评" if not ranked else f"参评{len(ranked)}家{',依次为' if len(ranked) > 1 else ''}:{named}"
        paragraphs.append(Paragraph(f"{publication.year}年度{label}绩效评价{places}。"))
    return [*paragraphs, Paragraph(f"得分和名次见{attachment}。")]


def proposed_problems(groups: Sequence[Group], totals: Iterable[NetworkTotal], quarter: Quarter) -> str:
    """存在问题, drawn from the figures alone: missing data, slow progress, falling totals, unsettled needs."""
    silent = [window for group in groups for window in group.silent]
    partial = [window for group in groups for window in group.partly_silent]
    found = [
        ("部分平台数据未报", _sentence("没有任何数据的平台", silent) + _sentence("部分指标未报的平台", partial)),
        ("部分平台进度偏慢", "".join(_slow_sentence(group, quarter) for group in groups)),
        ("部分指标较上季度下降", _falling_sentence(totals)),
        ("部分平台需求办结率偏低", "".join(_unsettled_sentence(group) for group in groups)),
    ]
    written = [(title, text) for title, text in found if text]
    if not written:
        return "本季度各窗口平台数据完整,主要指标进度均不低于时序进度。"
    return "\n".join(f"({NUMERALS[n]}){title}。{text}" for n, (title, text) in enumerate(written))


def proposed_requirements(groups: Sequence[Group], quarter: Quarter) -> str:
    """下一步工作要求: what follows from the problems, in general words."""
    is_slow = any(_slow(group, quarter) for group in groups)
    has_missing = any(group.silent or group.partly_silent for group in groups)
    behind = "进度低于时序进度的平台要逐项查明原因,提出追赶措施。" if is_slow else ""
    late = "数据未报的平台要尽快在省枢纽平台补齐数据。" if has_missing else ""
    texts = (
        ("加快工作进度", f"各窗口平台要对照全年目标,查找差距,均衡推进各项工作。{behind}"),
        ("提高服务实效", "要主动了解企业需求,引导企业在省平台网络发布需求、寻找服务,及时办结并回访服务效果。"),
        ("规范数据报送", f"要按时、如实录入运营数据,同一企业、同一活动不得重复计数。{late}"),
    )
    return "\n".join(f"({NUMERALS[n]}){title}。{text}" for n, (title, text) in enumerate(texts))


def paragraphs_of(text: str) -> list[Paragraph]:
    """One paragraph per line; an opening (一)…。 becomes a second-level heading that runs on."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    matches = [(line, _LEAD.fullmatch(line)) for line in lines]
    return [Paragraph(match[2], match[1]) if match else Paragraph(line) for line, match in matches]


def _total_clause(total: NetworkTotal, quarter: Quarter) -> str:
    """服务企业1448家次,较上季度增加184家次(14.6%); in the first quarter the year to date would only repeat it."""
    indicator = total.indicator
    if total.value is None:
        return ""
    change = ""
    if total.change is not None:
        size = indicator.text(abs(total.change))
        growth = f"({percent(abs(total.growth))})" if total.growth else ""
        direction = "增加" if total.change > 0 else "减少"
        change = f",较上季度{direction}{size}{indicator.unit}{growth}" if total.change else ",与上季度持平"
    has_more = total.to_date is not None and quarter.number > 1
    to_date = f",本年累计{indicator.text(total.to_date or Fraction(0))}{indicator.unit}" if has_more else ""
    name = indicator.name.removesuffix(indicator.unit).removesuffix(f"{indicator.unit}数")
    return f"{name}{indicator.text(total.value)}{indicator.unit}{change}{to_date}"


def _slow(group: Group, quarter: Quarter) -> list[Window]:
    """Windows whose headline progress, as printed, is under the share of the year that has passed."""
    headline = group.headline
    due = _SHARE_OF_YEAR * quarter.number
    return [
        window
        for window in reversed(group.ordered)
        if headline
        and (progress := group.readings[window.id][headline.code].progress) is not None
        and rounded(progress, PROGRESS_DECIMALS) < due
    ]


def _slow_sentence(group: Group, quarter: Quarter) -> str:
    slow, headline = _slow(group, quarter), group.headline
    if not slow or headline is None:
        return ""
    named = "、".join(f"{w.name}({group.readings[w.id][headline.code].progress_text})" for w in slow)
    due = percent(_SHARE_OF_YEAR * quarter.number)
    return f"{group.label}中{headline.name}完成进度低于时序进度{due}的有:{named}。"


def _falling_sentence(totals: Iterable[NetworkTotal]) -> str:
    falling = [total for total in totals if total.growth is not None and total.growth < 0]
    named = "、".join(f"{total.indicator.name}({percent(abs(total.growth or Fraction(0)))})" for total in falling)
    return f"全市合计较上季度下降的指标及降幅:{named}。" if named else ""


def _unsettled_sentence(group: Group) -> str:
    """Below the ratio at which the indicator reaches full marks."""
    ratios = [i for i in group.indicators if i.is_ratio and i.target is not None]
    return "".join(_below_sentence(group, indicator, indicator.target or Fraction(0)) for indicator in ratios)


def _below_sentence(group: Group, indicator: Indicator, target: Fraction) -> str:
    readings = {window: group.readings[window.id][indicator.code] for window in group.facts.windows}
    below = {
        window: reading
        for window, reading in readings.items()
        if reading.value is not None and rounded(reading.value, RATIO_DECIMALS) < target
    }
    named = "、".join(f"{window.name}({reading.value_text}%)" for window, reading in below.items())
    return f"{group.label}中{indicator.name}低于{indicator.text(target)}%的有:{named}。" if named else ""


def _sentence(lead: str, windows: Sequence[Window]) -> str:
    return f"{lead}:{_names(windows)}。" if windows else ""


def _names(windows: Iterable[Window]) -> str:
    return "、".join(window.name for window in windows)
