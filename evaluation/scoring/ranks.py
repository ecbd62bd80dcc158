"""Ranks on the rounded, capped totals of one bundle, and the order in which scorecards are printed."""

from collections.abc import Sequence

from evaluation.scoring.system import System
from evaluation.scoring.totals import Tally

SortKey = tuple[int, ...]


def ranks(totals: Sequence[int], tie_style: str) -> list[int]:
    """`competition`: 1, 2, 2, 4; `dense`: 1, 2, 2, 3. Higher totals first; equal totals share a rank."""
    descending = sorted(totals, reverse=True)
    if tie_style == "dense":
        descending = list(dict.fromkeys(descending))
    first_place: dict[int, int] = {}
    for place, total in enumerate(descending, start=1):
        first_place.setdefault(total, place)
    return [first_place[total] for total in totals]


def printed_order(system: System, codes: Sequence[str], tallies: Sequence[Tally]) -> list[int]:
    """The places of the platforms in print order: total, then `print_order`, then code by code point."""
    chosen = _chosen(system)

    def key(place: int) -> tuple[SortKey, str]:
        tally = tallies[place]
        return (-tally.total, *[_descending(tally, *where) for where in chosen]), codes[place]

    return sorted(range(len(codes)), key=key)


def _descending(tally: Tally, section: int, category: int | None) -> int:
    """Smaller comes first: the highest score, then lower ones, null last."""
    found = tally.sections[section]
    score = found.score if category is None else found.categories[category].score
    return 1 if score is None else -score


def _chosen(system: System) -> list[tuple[int, int | None]]:
    """Where the entries of `print_order` stand; the platform's code always comes last and needs no place."""
    places: dict[str, tuple[int, int | None]] = {}
    for number, section in enumerate(system.sections):
        places[f"section:{section.code}"] = (number, None)
        for position, category in enumerate(section.categories):
            places[f"category:{category.code}"] = (number, position)
    return [places[entry] for entry in system.print_order if entry != "platform"]
