"""What changed in one indicator, sentence by sentence. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from evaluation.scoring.feeds import Feed
from evaluation.scoring.measures import Measure
from evaluation.scoring.system import Indicator


@dataclass(frozen=True)
class Words:
    """How the system's vocabulary is worded: a counted item, a source of figures, the whole scoring standard."""

    item: Callable[[str], str]
    source: Callable[[str], str]
    standard: Callable[[Indicator], str]
    feed: Callable[[Feed], str]


def same(old: Any, new: object) -> bool:
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


def indicator_sentences(subject: str, old: Indicator, new: Indicator, words: Words) -> Iterator[str]:
    """Everything that differs between two versions of one indicator; `subject` names it as it was."""
    if old.name != new.name:
        yield f"{subject}改名为{quoted(new.name)}"
    if not same(old.points, new.points):
        yield f"{subject}的分值由{old.points}分改为{new.points}分"
    if old.unit != new.unit:
        yield f"{subject}的单位由{quoted(old.unit)}改为{quoted(new.unit)}"
    yield from _measure(subject, old.measure, new.measure, words)
    yield from _rule(subject, old, new, words)
    if old.source != new.source:
        yield f"{subject}的数据来源由{words.source(old.source)}改为{words.source(new.source)}"
    yield from _feed(subject, old, new, words)
    if old.evidence != new.evidence:
        texts = [quoted(text) if text else "无" for text in (old.evidence, new.evidence)]
        yield f"{subject}的佐证材料由{texts[0]}改为{texts[1]}"
    if old.quarterly != new.quarterly:
        yield f"{subject}改为{'按季' if new.quarterly else '按年'}统计"
    if old.clause != new.clause:
        yield f"{subject}的政策依据由{old.clause}改为{new.clause}"


def _measure(subject: str, before: Measure, after: Measure, words: Words) -> Iterator[str]:
    if before.kind != after.kind:
        yield f"{subject}的计量方式由{before.name}改为{after.name}"
    weights, changed = dict(before.items), dict(after.items)
    for item in (item for item in changed if item not in weights):
        yield f"{subject}的折算增加{quoted(words.item(item))},权数{changed[item]}"
    for item, weight in weights.items():
        if item not in changed:
            yield f"{subject}的折算取消{quoted(words.item(item))}(原权数{weight})"
        elif not same(weight, changed[item]):
            yield f"{subject}的折算中{quoted(words.item(item))}的权数由{weight}改为{changed[item]}"


def _rule(subject: str, old: Indicator, new: Indicator, words: Words) -> Iterator[str]:
    before, after = old.rule, new.rule
    if before.kind != after.kind:
        yield f"{subject}的评分标准由{quoted(words.standard(old))}改为{quoted(words.standard(new))}"
        return
    for each in before.parameters:
        values = getattr(before, each.name), getattr(after, each.name)
        if same(*values):
            continue
        unit = each.unit(old.unit)
        texts = [f"{value}{unit}" if value else "不设" for value in values]
        yield f"{subject}的{each.changed.format(unit=old.unit)}由{texts[0]}改为{texts[1]}"


def _feed(subject: str, old: Indicator, new: Indicator, words: Words) -> Iterator[str]:
    """What fills it, where that changed although the source did not."""
    if old.source == new.source and old.feed != new.feed:
        yield f"{subject}的取数方式由{words.feed(old.feed)}改为{words.feed(new.feed)}"
