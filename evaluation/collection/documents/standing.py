"""What stands in a row of the grid, in words; where somebody else changed it, it is said to the later writer, who
decides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core.paper.punctuation import full_width
from evaluation.collection.checks.typed_figures import REASON, REMARK
from evaluation.collection.models import SubmittedFigure
from evaluation.scoring.system import Indicator
from evaluation.wording import value_text

NOTHING = "—"


@dataclass(frozen=True)
class Standing:
    """`said` is ready to print; `words` are its fields as a browser fills them in."""

    row: str
    version: int
    said: str
    words: Mapping[str, str]

    @property
    def as_json(self) -> str:
        return json.dumps(self.as_answer(), ensure_ascii=False)

    def as_answer(self) -> dict[str, object]:
        return {"row": self.row, "version": self.version, "said": self.said, "words": self.words}


def submitted_value(indicator: Indicator, figure: Any) -> str:
    """What a submitted figure says, a dash while it says nothing."""
    if figure is not None and figure.not_applicable_reason:
        return f"不适用:{figure.not_applicable_reason}"
    if figure is None or figure.value is None:
        return NOTHING
    return value_text(indicator, {"value": figure.value})


def standing_words(indicator: Indicator, figure: SubmittedFigure) -> Standing:
    """`figure` with `saved_by` loaded."""
    code, typed = indicator.code, indicator.measure.typed(figure.value)
    cells = {f"{code}.cell.{cell.key}": typed.get(cell.key, "") for cell in indicator.measure.cells(str)}
    words = {**cells, f"{code}.{REASON}": figure.not_applicable_reason, f"{code}.{REMARK}": figure.remark}
    remark = f";说明:{figure.remark}" if figure.remark else ""
    said = f"{submitted_value(indicator, figure)}{remark}({_saved(figure)})"
    return Standing(code, figure.version, full_width(said), words)


def _saved(figure: SubmittedFigure) -> str:
    if figure.saved_by is None or figure.saved_at is None:
        return "还没有人填写"
    at = timezone.localtime(figure.saved_at)
    return f"{figure.saved_by.full_name},{at.month}月{at.day}日{at:%H:%M:%S}保存"
