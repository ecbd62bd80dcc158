"""`weighted`: counts by item, each with its weight, `{"municipal": "2"}`; an item not given counts 0."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import getitem
from typing import ClassVar

from evaluation.scoring.figures import Value
from evaluation.scoring.findings import child, quoted
from evaluation.scoring.measures.base import Derivation, Reading, Way, Wrong, ceiling, number_faults, share
from evaluation.scoring.measures.items import ItemMeasure, listed
from evaluation.scoring.numbers import MILLION, Ratio, cut, millionths, plain, trimmed
from evaluation.scoring.typed import ItemName, typed_number

NOTHING_COUNTED = "各项计数均为0,合计 0;"


@dataclass(frozen=True, slots=True)
class Weighted(ItemMeasure[Mapping[str, str]]):
    kind: ClassVar[str] = "weighted"
    name: ClassVar[str] = "按权数折算"
    templates: ClassVar[tuple[str, ...]] = (NOTHING_COUNTED,)
    adds_up: ClassVar[bool] = True

    @staticmethod
    def value_faults(value: object, items: frozenset[str]) -> Wrong:
        if not isinstance(value, dict):
            return [("", f"是{quoted(value)},应为对象:项目编码 → 数量")]
        wrong: Wrong = []
        for item, number in value.items():
            place = child("", str(item))
            if item not in items:
                wrong.append((place, f"未知的项目,应为 {listed(items)} 之一"))
            found = number_faults(number, place)
            if not found and millionths(number) % MILLION:
                found = [(place, f"数量是{quoted(number)},应为整数")]
            wrong += found
        return wrong

    def figure_value(self, value: Mapping[str, str]) -> tuple[str, ...]:
        return tuple([value.get(item, "0") for item, _ in self.items])

    def reading(self) -> Reading:
        return weighted(tuple(millionths(weight) for _, weight in self.items))

    def derivation(self) -> Derivation:
        return added([Terms(item, weight) for item, weight in self.items])

    def text(self, item_name: ItemName) -> str:
        return f"按{self.listed(item_name)}折算"

    def value_text(self, value: Mapping[str, str], unit: str, item_name: ItemName) -> str:
        counted = [item for item, _ in self.items if value.get(item, "0") != "0"]
        return "、".join(f"{item_name(item)}{value[item]}" for item in counted) or "无"

    def typed(self, value: Mapping[str, str] | None) -> dict[str, str]:
        return {item: (value or {}).get(item, "") for item, _ in self.heaviest_first}

    def read(self, given: Mapping[str, str]) -> tuple[Mapping[str, str] | None, Wrong]:
        numbers = {item: typed_number(text) for item, text in given.items()}
        wrong = [(item, message) for item, (_, message) in numbers.items() if message]
        wrong += [(item, f"应为整数,现为“{number}”") for item, (number, _) in numbers.items() if "." in number]
        return (None, wrong) if wrong else ({item: number for item, (number, _) in numbers.items()} or None, [])

    def to_date(self, values: Sequence[Mapping[str, str]]) -> str:
        read = weighted(tuple(millionths(weight) for _, weight in self.items))
        return plain(sum(read(self.figure_value(value))[0] for value in values)) if values else ""

    def countable(self, kinds: Collection[str]) -> frozenset[str]:
        return frozenset(item for item, _ in self.items) & frozenset(kinds)

    def counted(self, counts: Mapping[str, int]) -> Mapping[str, str]:
        return {item: str(count) for item, count in counts.items()}

    def way(self, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
        """One more of the lightest item that weighs anything."""
        weighing = [(millionths(weight), place) for place, (_, weight) in enumerate(self.items) if millionths(weight)]
        if not weighing:
            return None
        weight, lightest = min(weighing)
        steps = ceiling(Fraction((goal - reached) * MILLION, weight))
        counts = list(value) if isinstance(value, tuple) else ["0"] * len(self.items)
        before = int(Fraction(counts[lightest]))
        after, following = (
            tuple([*counts[:lightest], str(before + more), *counts[lightest + 1 :]]) for more in (steps, 1)
        )
        return Way(steps, (self.items[lightest][0],), 0, share(reached, goal), after, following)

    def way_texts(self, way: Way, unit: str, item_name: ItemName) -> tuple[str, str]:
        items = "、".join(f"“{item_name(item)}”" for item in way.items)
        return f"再增加{way.steps}个{items}", f"先增加1个{items}"


def weighted(weights: tuple[int, ...]) -> Callable[[tuple[str, ...]], Ratio]:
    """x = Σ weight × count; an item not given counts 0."""

    def read(counts: tuple[str, ...]) -> Ratio:
        total = 0
        for weight, number in zip(weights, counts, strict=True):
            total += weight * int(number.partition(".")[0])
        return total, 1

    return read


def added(words: list["Terms"]) -> Derivation:
    def derive(counts: tuple[str, ...], x: Ratio) -> tuple[str, str]:
        shown = cut(*x)
        terms = list(filter(None, map(getitem, words, counts)))
        return (f"{' + '.join(terms)} = {shown};" if terms else NOTHING_COUNTED), shown

    return derive


class Terms(dict[str, str]):
    """One item's term by its count, '' for 0, each rendered once: 'late 1 × 0.5'."""

    def __init__(self, item: str, weight: str) -> None:
        super().__init__()
        self.item = item
        self.weight = trimmed(weight)

    def __missing__(self, count: str) -> str:
        term = self[count] = f"{self.item} {trimmed(count)} × {self.weight}" if millionths(count) else ""
        return term
