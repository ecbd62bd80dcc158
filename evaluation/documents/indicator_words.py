"""An indicator's measure and rule as an official writes them in a table. Words only; the arithmetic is in scoring."""

from decimal import Decimal

from evaluation.scoring.bundle import Indicator, Measure, Rule

SOURCE_LABELS = {
    "hub": "省枢纽平台调取",
    "report": "平台报送",
    "record": "日常记录",
    "survey": "满意度调查",
    "assessor": "评分人核定",
}
ITEM_LABELS = {
    "national": "国家级",
    "provincial": "省级",
    "municipal": "市级",
    "late": "迟报",
    "not_reported": "未报",
    "returned": "退回改错",
    "absent": "无故缺席",
    "overdue": "任务逾期",
    "website": "网站或专栏",
    "other_channel": "公众号、小程序或热线",
    "above_scale": "升规入统",
    "innovative_sme": "创新型中小企业",
    "provincial_srdi": "省级专精特新中小企业",
    "little_giant": "国家级专精特新“小巨人”企业",
    "single_champion": "国家级制造业单项冠军",
    "listed": "上市或挂牌",
    "diagnosed": "诊断",
    "transformed": "改造",
    "accepted": "验收",
}


def trimmed(number: str) -> str:
    """`0.50` → `0.5`; exact, no rounding."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def item_label(code: str) -> str:
    """The Chinese name of an item of a measure; a code of the bureau's own stands for itself."""
    return ITEM_LABELS.get(code, code)


def items_in_words(measure: Measure, unit: str, *, verb: str = "计") -> str:
    """Which items count how much: 国家级每家计3、省级每家计1.5; nothing for measures without items."""
    if measure.kind == "ticks":
        return "、".join(f"{item_label(code)}{verb}{trimmed(weight)}分" for code, weight in measure.items)
    ordered = sorted(measure.items, key=lambda item: (-Decimal(item[1]), item[0]))
    return "、".join(f"{item_label(code)}每{_counter(unit)}{verb}{trimmed(weight)}" for code, weight in ordered)


def rule_in_words(rule: Rule, points: str, unit: str, *, target: str = "") -> str:
    """How a figure becomes points. `target` replaces a linear rule's target for one platform."""
    full, zero = f"{trimmed(rule.full or '0')}{unit}", f"{trimmed(rule.zero or '0')}{unit}"
    points = trimmed(points)
    if rule.kind == "linear":
        return f"达到{trimmed(target or rule.target)}{unit}得满分,未达到的按比例计分"
    if rule.kind == "per_unit":
        return f"每{unit}计{trimmed(rule.each)}分,计满{points}分为止"
    if rule.kind == "ramp":
        less_is_better = Decimal(rule.zero) > Decimal(rule.full)
        ends = ("及以下", "及以上") if less_is_better else ("及以上", "及以下")
        return f"{full}{ends[0]}得满分,{zero}{ends[1]}不得分,其间按比例计分"
    if rule.kind == "slope":
        return f"{full}及以上得满分,每低1{unit}扣{trimmed(rule.per_point)}分,最低{trimmed(rule.floor)}分"
    if rule.kind == "deduct":
        return f"从满分{points}分中扣除,扣完为止"
    if rule.out_of:
        return f"按比例计分,{trimmed(rule.out_of)}{unit}为满分"
    return f"按合计直接计分,最高{points}分"


def standard(indicator: Indicator, *, target: str = "") -> str:
    """The whole scoring standard of an indicator in one sentence."""
    verb = "扣" if indicator.rule.kind == "deduct" else "计"
    items = items_in_words(indicator.measure, indicator.unit, verb=verb)
    words = rule_in_words(indicator.rule, indicator.points, indicator.unit, target=target)
    return f"{items};{words}" if items else words


def _counter(unit: str) -> str:
    """What one counts an item by: 家, 项, 次; a made-up unit such as 折算分 counts by 项."""
    return unit if unit in {"家", "项", "篇", "次", "条", "场"} else "项"
