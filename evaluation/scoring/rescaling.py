"""What print says beside a rescaled category or section (折算), from a result document; else an empty text.

Pages and documents print these words and never recompute a score.
"""

from evaluation.scoring.document import Document
from evaluation.scoring.numbers import cut, millionths, plain
from evaluation.scoring.reasons import ROUNDED

TEMPLATE = "折算:{scores} × {points} ÷ {applicable} = {result}"


def category_note(category: Document, not_applicable: str) -> str:
    """Σ applicable scores × category points ÷ applicable points; `within_category` only."""
    if not_applicable != "within_category":
        return ""
    return _note(category, [indicator["score"] for indicator in category["indicators"]])


def section_note(section: Document) -> str:
    """Σ category scores × section points ÷ applicable points, in both modes."""
    return _note(section, [category["score"] for category in section["categories"]])


def _note(standing: Document, parts: list[str | None]) -> str:
    score: str | None = standing["score"]
    points, applicable = millionths(standing["points"]), millionths(standing["applicable_points"])
    if score is None or points == applicable:
        return ""
    scores = sum([millionths(part) for part in parts if part is not None])
    numbers = {"scores": plain(scores), "points": plain(points), "applicable": plain(applicable)}
    if scores * points == millionths(score) * applicable:
        return TEMPLATE.format(result=score, **numbers)
    exact = cut(scores * points, applicable)
    return TEMPLATE.format(result=f"{exact}{ROUNDED}{score}", **numbers)
