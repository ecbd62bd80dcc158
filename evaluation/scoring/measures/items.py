"""What the measures with items share: weights by code, the heaviest first in print, one cell each."""

from dataclasses import dataclass
from typing import ClassVar, Self

from evaluation.scoring.document import Document
from evaluation.scoring.findings import quoted
from evaluation.scoring.inspection import Inspection
from evaluation.scoring.measures.base import Given, MeasureOf
from evaluation.scoring.typed import InputCell, ItemName


@dataclass(frozen=True, slots=True)
class ItemMeasure(MeasureOf[Given]):
    """`items` are ordered by code, as the engine's rows and the reasons have them."""

    keys: ClassVar[tuple[str, ...]] = ("kind", "items")

    @classmethod
    def parse(cls, document: Document) -> Self:
        return cls(tuple(sorted(document["items"].items())))

    @classmethod
    def faults(cls, inspection: Inspection) -> frozenset[str] | None:
        items = inspection.open_object("items")
        if items is None:
            return None
        for item in items.fields:
            items.number(item)
        return frozenset(items.fields)

    def listed(self, item_name: ItemName) -> str:
        """`国家级4、市级1`"""
        return "、".join(f"{item_name(item)}{weight}" for item, weight in self.heaviest_first)

    def cells(self, item_name: ItemName) -> tuple[InputCell, ...]:
        return tuple(InputCell(item, item_name(item)) for item, _ in self.heaviest_first)


def listed(items: frozenset[str]) -> str:
    """The items that a fault names as allowed."""
    return "、".join([quoted(item) for item in sorted(items)]) or "(本指标没有项目)"
