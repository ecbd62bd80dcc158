"""`ticks`: items that are there or not, each with its weight, `["website"]`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.figures import Value
from evaluation.scoring.findings import is_text, quoted
from evaluation.scoring.measures.base import Derivation, Reading, Way, Wrong, share
from evaluation.scoring.measures.items import ItemMeasure, listed
from evaluation.scoring.numbers import MILLION, Ratio, cut, millionths, trimmed
from evaluation.scoring.typed import InputCell, ItemName

NOTHING_TICKED = "未勾选任何项,合计 0;"
YES, NO = "yes", "no"
CHOICES = ((YES, "是"), (NO, "否"))


@dataclass(frozen=True, slots=True)
class Ticks(ItemMeasure[Sequence[str]]):
    kind: ClassVar[str] = "ticks"
    name: ClassVar[str] = "按具备项计"
    templates: ClassVar[tuple[str, ...]] = (NOTHING_TICKED,)
    is_assessable: ClassVar[bool] = True

    @staticmethod
    def value_faults(value: object, items: frozenset[str]) -> Wrong:
        if not isinstance(value, list):
            return [("", f"是{quoted(value)},应为已勾选项目编码的数组")]
        wrong: Wrong = []
        seen: set[str] = set()
        for place, item in enumerate(value):
            if not is_text(item) or item not in items:
                wrong.append((f"[{place}]", f"未知的项目 {quoted(item)},应为 {listed(items)} 之一"))
            elif item in seen:
                wrong.append((f"[{place}]", f"项目 {quoted(item)} 重复,应只勾选一次"))
            else:
                seen.add(item)
        return wrong

    def figure_value(self, value: Sequence[str]) -> Value:
        return tuple(sorted(value))

    def reading(self) -> Reading:
        return ticks({item: millionths(weight) for item, weight in self.items})

    def derivation(self) -> Derivation:
        return added({item: f"{item} {trimmed(weight)}" for item, weight in self.items})

    def text(self, item_name: ItemName) -> str:
        return f"具备即计:{self.listed(item_name)}"

    def value_text(self, value: Sequence[str], unit: str, item_name: ItemName) -> str:
        return "、".join(item_name(item) for item, _ in self.items if item in value) or "无"

    def cells(self, item_name: ItemName) -> tuple[InputCell, ...]:
        return tuple(InputCell(item, item_name(item), CHOICES) for item, _ in self.heaviest_first)

    def typed(self, value: Sequence[str] | None) -> dict[str, str]:
        return {item: "" if value is None else YES if item in value else NO for item, _ in self.heaviest_first}

    def read(self, given: Mapping[str, str]) -> tuple[Sequence[str] | None, Wrong]:
        """All or none: an item left open is no answer."""
        if not given:
            return None, []
        wrong = [(item, "请选择“是”或“否”") for item, _ in self.items if given.get(item) not in (YES, NO)]
        return (None, wrong) if wrong else ([item for item, _ in self.items if given[item] == YES], [])

    def assessed(self, marks: Sequence[Sequence[str]]) -> list[str]:
        """An item counts when more than half of the assessors ticked it; half is not enough."""
        votes = Counter(item for items in marks for item in set(items))
        return sorted(item for item, count in votes.items() if 2 * count > len(marks))

    def way(self, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
        """The lightest items that are not there yet."""
        ticked = list(value) if isinstance(value, tuple) else []
        open_items = [(millionths(weight), item) for item, weight in self.items if item not in ticked]
        added_items: list[str] = []
        sum_after = reached
        for weight, item in sorted(open_items):
            if weight and sum_after < goal:
                added_items.append(item)
                sum_after += Fraction(weight, MILLION)
        if not added_items:
            return None
        after, following = (tuple(sorted([*ticked, *more])) for more in (added_items, added_items[:1]))
        return Way(len(added_items), tuple(added_items), 0, share(reached, goal), after, following)

    def way_texts(self, way: Way, unit: str, item_name: ItemName) -> tuple[str, str]:
        items = "、".join(f"“{item_name(item)}”" for item in way.items)
        return f"再具备{items}", f"先具备“{item_name(way.items[0])}”" if way.items else ""


def ticks(weights: dict[str, int]) -> Reading:
    """x = Σ of the ticked items' weights."""

    def read(ticked: tuple[str, ...]) -> Ratio:
        return sum([weights[item] for item in ticked]), 1

    return read


def added(words: dict[str, str]) -> Derivation:
    def derive(ticked: tuple[str, ...], x: Ratio) -> tuple[str, str]:
        shown = cut(*x)
        terms = " + ".join([words[item] for item in ticked])
        return (f"{terms} = {shown};" if terms else NOTHING_TICKED), shown

    return derive
