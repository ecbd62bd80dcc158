"""Figures and rules of an indicator in Chinese, for people. Scores and reasons are printed as sealed, never worded
here."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from evaluation.choices import FigureState
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


class Stored(Protocol):
    """A figure as the tables hold it."""

    @property
    def state(self) -> Any: ...
    @property
    def amount(self) -> Any: ...
    @property
    def base(self) -> Any: ...
    @property
    def parts(self) -> Any: ...


def figure_text(figure: Stored) -> str:
    """A stored figure as a person reads it: `12`, `3/4`, `迟报1、退回0`, `网站`, `未报`."""
    if figure.amount is not None:
        amount = f"{figure.amount.normalize():f}"
        return amount if figure.base is None else f"{amount}/{figure.base.normalize():f}"
    if isinstance(figure.parts, dict):
        return "、".join(f"{item_name(item)}{count}" for item, count in sorted(figure.parts.items()))
    if figure.parts is not None:
        return "、".join(map(item_name, figure.parts)) or "无"
    return str(FigureState(figure.state).label)


def value_text(indicator: Mapping[str, Any], figure: Mapping[str, Any] | None) -> str:
    """A figure as a person reads it: `52条`, `11 ÷ 12`, `国家级1、市级2`."""
    if figure is None or figure.get("state") == "missing":
        return "未报"
    if "state" in figure:
        return "不适用"
    value, kind = figure["value"], indicator["measure"]["kind"]
    if kind == "ratio":
        return f"{value['numerator']} ÷ {value['denominator']}"
    if kind == "weighted":
        counted = [item for item in indicator["measure"]["items"] if value.get(item, "0") != "0"]
        return "、".join(f"{item_name(item)}{value[item]}" for item in counted) or "无"
    if kind == "ticks":
        return "、".join(item_name(item) for item in indicator["measure"]["items"] if item in value) or "无"
    return "、".join(value) if kind == "marks" else f"{value}{indicator['unit']}"


def measure_text(indicator: Mapping[str, Any]) -> str:
    """How the figure becomes one number: '' for a plain count."""
    measure = indicator["measure"]
    heaviest_first = sorted(measure.get("items", {}).items(), key=lambda item: (-Decimal(item[1]), item[0]))
    items = [f"{item_name(item)}{weight}" for item, weight in heaviest_first]
    texts = {
        "count": "",
        "ratio": "按百分比计",
        "weighted": f"按{'、'.join(items)}折算",
        "ticks": f"具备即计:{'、'.join(items)}",
        "marks": "按评分平均值计(五个以上去掉一个最高分和一个最低分)",
    }
    return texts[measure["kind"]]


def standard_text(indicator: Mapping[str, Any], target: str = "") -> str:
    """Measure and rule in one sentence, as a printed table has them under 评分标准."""
    measure = measure_text(indicator)
    return f"{measure};{rule_text(indicator, target)}" if measure else rule_text(indicator, target)


def rule_text(indicator: Mapping[str, Any], target: str = "") -> str:
    """The rule in words; `target` is a platform's own target, if it has one."""
    rule, points, unit = indicator["rule"], indicator["points"], indicator["unit"]
    number = {**rule, "target": target or rule.get("target", ""), "points": points, "unit": unit}
    return _RULES[_rule_key(rule)].format(**number)


def _rule_key(rule: Mapping[str, Any]) -> str:
    if rule["kind"] == "ramp" and Decimal(rule["zero"]) > Decimal(rule["full"]):
        return "ramp_less_is_better"
    return "direct_out_of" if rule.get("out_of") else rule["kind"]


_RULES = {
    "linear": "达到目标值{target}{unit}得{points}分,不足按比例计分",
    "per_unit": "每{unit}计{each}分,最高{points}分",
    "ramp": "{zero}{unit}及以下不得分,{full}{unit}及以上得{points}分,其间按比例计分",
    "ramp_less_is_better": "{zero}{unit}及以上不得分,{full}{unit}及以下得{points}分,其间按比例计分",
    "slope": "达到{full}{unit}得{points}分,每低1{unit}扣{per_point}分,最低{floor}分",
    "deduct": "满分{points}分,按折算数扣减,扣完为止",
    "direct": "按折算数直接计分,最高{points}分",
    "direct_out_of": "以{out_of}{unit}为满分{points}分,按比例计分",
}
