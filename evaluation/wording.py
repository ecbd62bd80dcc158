"""Figures and rules of an indicator in Chinese, for people. Scores and reasons are printed as sealed, never worded
here."""

from evaluation.scoring.document import Document
from evaluation.scoring.feeds import (
    ASSESSOR,
    COORDINATION,
    COVERAGE,
    HUB,
    PLATFORM,
    REGISTER,
    SERVICES,
    SURVEY,
    Feed,
)
from evaluation.scoring.system import Indicator
from platforms.choices import PlatformType

DEMO_NOTICE = "演示数据(虚构)"


def bundle_title(year: int, platform_type: str, *, is_demo: bool) -> str:
    """`2025年度县(市、区)综合窗口平台评价`; a demonstration says so in every document."""
    title = f"{year}年度{PlatformType(platform_type).label}评价"
    return f"{title}·{DEMO_NOTICE}" if is_demo else title


SOURCES = {
    "hub": "省枢纽平台",
    "report": "平台报送",
    "record": "工作记录",
    "survey": "满意度调查",
    "assessor": "评分人核定",
}
STATES = {"scored": "已评分", "missing": "未报", "not_applicable": "不适用"}
ITEMS = {
    "national": "国家级",
    "provincial": "省级",
    "municipal": "市级",
    "website": "网站",
    "other_channel": "微信公众号等其他渠道",
    "late": "迟报",
    "returned": "退回",
    "not_reported": "未报",
    "absent": "缺席",
    "overdue": "逾期",
    "above_scale": "新增规上企业",
    "innovative_sme": "创新型中小企业",
    "listed": "上市(挂牌)企业",
    "provincial_srdi": "省级专精特新",
    "little_giant": "国家级小巨人",
    "single_champion": "单项冠军",
    "diagnosed": "诊断",
    "transformed": "改造",
    "accepted": "验收",
}


def item_name(code: str) -> str:
    """The name of a counted or ticked item; an unknown one by its code."""
    return ITEMS.get(code, code)


def value_text(indicator: Indicator, figure: Document | None) -> str:
    """A figure as a person reads it: `52条`, `11 ÷ 12`, `国家级1、市级2`."""
    if figure is None or figure.get("state") == "missing":
        return "未报"
    if "state" in figure:
        return "不适用"
    return indicator.measure.value_text(figure["value"], indicator.unit, item_name)


def measure_text(indicator: Indicator) -> str:
    """How the figure becomes one number: '' for a plain count."""
    return indicator.measure.text(item_name)


def standard_text(indicator: Indicator, target: str = "") -> str:
    """Measure and rule in one sentence, as a printed table has them under 评分标准."""
    measure = measure_text(indicator)
    return f"{measure};{rule_text(indicator, target)}" if measure else rule_text(indicator, target)


def rule_text(indicator: Indicator, target: str = "") -> str:
    """The rule in words; `target` is a platform's own target, if it has one."""
    return indicator.rule.text(indicator.points, indicator.unit, target)


def feed_text(feed: Feed) -> str:
    """What fills an indicator: `省枢纽平台数据表(“policy_readings”)`, `企业认定名单和服务记录(国家级小巨人)`."""
    named = "、".join([*(f"“{column}”" for column in feed.columns), *map(item_name, feed.recognitions)])
    return f"{_FEEDS[feed.kind]}({named})" if named else _FEEDS[feed.kind]


_FEEDS = {
    HUB: "省枢纽平台数据表",
    REGISTER: "企业认定名单和服务记录",
    COVERAGE: "平台登记",
    SURVEY: "满意度调查",
    COORDINATION: "服务协同记录",
    SERVICES: "服务记录",
    ASSESSOR: "评委评分",
    PLATFORM: "平台报送",
}
