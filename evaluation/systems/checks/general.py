"""What changed in the general settings, in sections and categories, and in platforms' own targets. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from core.numbers import percent
from evaluation.scoring.system import Category, Section, System
from evaluation.systems.checks.indicators import quoted, same
from evaluation.systems.checks.plans import PlannedSystem, categories_by_code
from evaluation.systems.checks.systems import system_type_and_year

_TIES = {"competition": "并列后空出名次", "dense": "并列后名次连续"}
_NOT_APPLICABLE = {"within_category": "在所在类别内折算", "within_section": "在所在部分内折算"}


def general_sentences(old: System, new: System) -> Iterator[str]:
    if old.code != new.code:
        years = [system_type_and_year(system.code) for system in (old, new)]
        known = [f"{year[1]}年度" if year else system.code for year, system in zip(years, (old, new), strict=True)]
        texts = known if known[0] != known[1] else [old.code, new.code]
        yield f"适用范围由{texts[0]}改为{texts[1]}"
    elif old.version != new.version:
        yield f"版本由第{old.version}版改为第{new.version}版"
    texts_of: dict[str, tuple[str, Callable[[Any], str]]] = {
        "indicator_decimals": ("指标得分保留的小数位数", str),
        "total_decimals": ("总分保留的小数位数", str),
        "total_cap": ("总分上限", lambda cap: "不设" if cap is None else f"{cap}分"),
        "tie_style": ("总分相同的名次", lambda style: _TIES.get(style, style)),
        "not_applicable": ("“不适用”的指标", lambda mode: _NOT_APPLICABLE.get(mode, mode)),
        "print_order": ("总分相同时的排印次序", lambda order: "、".join(_order_name(new, old, key) for key in order)),
    }
    for key, (subject, text) in texts_of.items():
        before, after = getattr(old, key), getattr(new, key)
        if not same(before, after):
            yield f"{subject}由{text(before)}改为{text(after)}"


def _order_name(new: System, old: System, key: str) -> str:
    """`category:performance` → 服务绩效得分."""
    names = {"platform": "平台编码"}
    for system in (old, new):
        for section in system.sections:
            names[f"section:{section.code}"] = f"{section.name}得分"
            names |= {f"category:{c.code}": f"{c.name}得分" for c in section.categories}
    return names.get(key, key)


def section_sentences(old: Section | None, new: Section | None) -> Iterator[str]:
    if old is None or new is None:
        section = new or old
        assert section is not None  # noqa: S101  for the type checker: one of the two is there
        change = "新增" if old is None else "取消"
        yield f"{change}{quoted(section.name)}部分(权重{percent(section.weight)},满分{section.points}分)"
        return
    subject = f"{old.name}部分"
    if old.name != new.name:
        yield f"{subject}改名为{quoted(new.name)}"
    if not same(old.weight, new.weight):
        yield f"{subject}的权重由{percent(old.weight)}改为{percent(new.weight)}"
    if not same(old.points, new.points):
        yield f"{subject}的满分由{old.points}分改为{new.points}分"
    if old.clause != new.clause:
        yield f"{subject}的政策依据由{old.clause}改为{new.clause}"
    yield from _category_sentences(old.categories, new.categories)


def _category_sentences(old: Sequence[Category], new: Sequence[Category]) -> Iterator[str]:
    before, after = categories_by_code(old), categories_by_code(new)
    yield from (f"新增类别{quoted(after[code].name)}" for code in after if code not in before)
    yield from (f"取消类别{quoted(before[code].name)}" for code in before if code not in after)
    for code in (code for code in before if code in after):
        subject = f"类别{quoted(before[code].name)}"
        if before[code].name != after[code].name:
            yield f"{subject}改名为{quoted(after[code].name)}"
        if before[code].clause != after[code].clause:
            yield f"{subject}的政策依据由{before[code].clause}改为{after[code].clause}"
    orders = [code for code in before if code in after], [code for code in after if code in before]
    if orders[0] != orders[1]:
        yield f"类别顺序调整为{'、'.join(after[code].name for code in orders[1])}"


def target_sentences(before: PlannedSystem, after: PlannedSystem) -> Iterator[str]:
    indicators = {**before.system.by_code, **after.system.by_code}
    old = {(t.platform_code, t.indicator): t for t in before.targets}
    new = {(t.platform_code, t.indicator): t for t in after.targets}
    for key in sorted(old.keys() | new.keys()):
        target, earlier, later = new.get(key) or old[key], old.get(key), new.get(key)
        indicator = indicators.get(target.indicator)
        name, unit = (indicator.name, indicator.unit) if indicator else ("", "")
        subject = f"{target.platform_name}的指标{target.indicator}{quoted(name)}"
        if earlier is None:
            yield f"{subject}单独设目标{target.target}{unit}"
        elif later is None:
            yield f"{subject}取消单独目标(原{target.target}{unit})"
        elif not same(earlier.target, later.target):
            yield f"{subject}的单独目标由{earlier.target}{unit}改为{later.target}{unit}"
