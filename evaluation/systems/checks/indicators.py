"""What changed in one indicator, sentence by sentence. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

_KINDS = {
    "count": "按数量计",
    "ratio": "按百分比计",
    "weighted": "按权数折算",
    "ticks": "按具备项计",
    "marks": "按评分平均值计",
}


@dataclass(frozen=True)
class Words:
    """How the system's vocabulary is worded: a counted item, a source of figures, the whole scoring standard."""

    item: Callable[[str], str]
    source: Callable[[str], str]
    standard: Callable[[Mapping[str, Any]], str]


def same(old: Any, new: Any) -> bool:
    """Numbers are compared by what they are worth: 60 is 60.0."""
    if old == new:
        return True
    try:
        return isinstance(old, str) and isinstance(new, str) and Decimal(old) == Decimal(new)
    except InvalidOperation:
        return False


def quoted(name: str) -> str:
    """A name between quotation marks; marks inside it stand as single ones, as Chinese prints them."""
    inner = name.replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def indicator_sentences(subject: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> Iterator[str]:
    """Everything that differs between two versions of one indicator; `subject` names it as it was."""
    if old["name"] != new["name"]:
        yield f"{subject}改名为{quoted(new['name'])}"
    if not same(old["points"], new["points"]):
        yield f"{subject}的分值由{old['points']}分改为{new['points']}分"
    if old["unit"] != new["unit"]:
        yield f"{subject}的单位由{quoted(old['unit'])}改为{quoted(new['unit'])}"
    yield from _measure(subject, old, new, words)
    yield from _rule(subject, old, new, words)
    if old["source"] != new["source"]:
        yield f"{subject}的数据来源由{words.source(old['source'])}改为{words.source(new['source'])}"
    if old.get("evidence", "") != new.get("evidence", ""):
        texts = [quoted(text) if text else "无" for text in (old.get("evidence", ""), new.get("evidence", ""))]
        yield f"{subject}的佐证材料由{texts[0]}改为{texts[1]}"
    if old.get("quarterly", False) != new.get("quarterly", False):
        yield f"{subject}改为{'按季' if new.get('quarterly') else '按年'}统计"
    if old["clause"] != new["clause"]:
        yield f"{subject}的政策依据由{old['clause']}改为{new['clause']}"


def _measure(subject: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> Iterator[str]:
    before, after = old["measure"], new["measure"]
    if before["kind"] != after["kind"]:
        yield f"{subject}的计量方式由{_kind(before)}改为{_kind(after)}"
    weights, changed = before.get("items", {}), after.get("items", {})
    for item in (item for item in changed if item not in weights):
        yield f"{subject}的折算增加{quoted(words.item(item))},权数{changed[item]}"
    for item, weight in weights.items():
        if item not in changed:
            yield f"{subject}的折算取消{quoted(words.item(item))}(原权数{weight})"
        elif not same(weight, changed[item]):
            yield f"{subject}的折算中{quoted(words.item(item))}的权数由{weight}改为{changed[item]}"


def _rule(subject: str, old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> Iterator[str]:
    before, after = old["rule"], new["rule"]
    if before["kind"] != after["kind"]:
        yield f"{subject}的评分标准由{quoted(words.standard(old))}改为{quoted(words.standard(new))}"
        return
    for name in [*before, *(name for name in after if name not in before)]:
        values = before.get(name), after.get(name)
        if name == "kind" or same(*values):
            continue
        label, unit = _parameter(before["kind"], name, old["unit"])
        texts = [f"{value}{unit}" if value is not None else "不设" for value in values]
        yield f"{subject}的{label}由{texts[0]}改为{texts[1]}"


def _parameter(kind: str, name: str, unit: str) -> tuple[str, str]:
    """What a rule's parameter is called, and in what it is counted."""
    return {
        "target": ("目标", unit),
        "each": (f"每{unit}计分", "分"),
        "zero": ("零分线", unit),
        "full": ("满分线", unit),
        "per_point": (f"每低1{unit}的扣分", "分"),
        "floor": ("最低分", "分"),
        "out_of": ("满分对应值", unit),
    }.get(name, (f"{kind}规则的{name}", ""))


def _kind(measure: Mapping[str, Any]) -> str:
    kind: str = measure["kind"]
    return _KINDS.get(kind, kind)
