"""A value of each kind on its way: from the grid's cells into the bundle's form, the tables of figures, and back."""

from fractions import Fraction
from typing import Any

import pytest

from evaluation.scoring.measures import MEASURES, Columns, Measure, parse_measure

ITEMS = {"late": "1", "lost": "0.5"}
# Kind: (cells, the value that they make, as the tables hold it, a person's words).
FORMS: dict[str, tuple[dict[str, str], Any, Columns, str]] = {
    "count": ({"value": "52"}, "52", Columns(amount="52"), "52家"),
    "ratio": (
        {"numerator": "11", "denominator": "12"},
        {"numerator": "11", "denominator": "12"},
        Columns("11", "12"),
        "11 ÷ 12",
    ),
    "weighted": ({"late": "2", "lost": ""}, {"late": "2"}, Columns(parts={"late": "2"}), "迟到2"),
    "ticks": ({"late": "yes", "lost": "no"}, ["late"], Columns(parts=["late"]), "迟到"),
    "marks": ({"value": "85"}, ["85"], Columns(parts=["85"]), "85"),
}
WORDS = {"late": "迟到", "lost": "丢失"}.__getitem__


def measure_of(kind: str) -> Measure:
    return parse_measure({"kind": kind, "items": ITEMS} if "items" in MEASURES[kind].keys else {"kind": kind})


def test_every_kind_is_below():
    assert FORMS.keys() == MEASURES.keys()


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_typed_comes_back_as_it_was(kind):
    cells, value, columns, words = FORMS[kind]
    measure = measure_of(kind)
    assert [cell.key for cell in measure.cells(WORDS)] == list(cells)
    assert measure.read({name: text for name, text in cells.items() if text}) == (value, [])
    assert measure.wrong(value) == []
    assert measure.typed(value) == cells
    assert measure.columns(value) == columns
    assert measure.value_of(columns) == value
    assert measure.value_text(value, "家", WORDS) == words


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_typed_is_no_value_and_leaves_the_cells_empty(kind):
    measure = measure_of(kind)
    assert measure.read({}) == (None, [])
    assert set(measure.typed(None).values()) == {""}
    assert measure.value_of(Columns()) is None


@pytest.mark.parametrize(
    ("kind", "cells", "wrong"),
    [
        ("count", {"value": "五"}, ["value"]),
        ("ratio", {"numerator": "1"}, ["denominator"]),
        ("ratio", {"numerator": "x", "denominator": "2"}, ["numerator"]),
        ("ratio", {"numerator": "0", "denominator": "0"}, ["denominator"]),
        ("weighted", {"late": "1.5", "lost": "-"}, ["lost", "late"]),
        ("ticks", {"late": "yes"}, ["lost"]),
        ("marks", {"value": "满分"}, ["value"]),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_cell(kind, cells, wrong):
    value, found = measure_of(kind).read(cells)
    assert value is None
    assert [place for place, _ in found] == wrong
    assert all(message for _, message in found)


def test_several_quarters_as_one_number():
    assert measure_of("count").to_date(["1.5", "2"]) == "3.5"
    assert measure_of("ratio").to_date(
        [{"numerator": "1", "denominator": "2"}, {"numerator": "1", "denominator": "1"}]
    ) == ("66.67")
    assert measure_of("weighted").to_date([{"late": "2"}, {"late": "1", "lost": "3"}]) == "4.5"
    assert [measure_of(kind).to_date([]) for kind in FORMS] == [""] * len(FORMS)
    assert measure_of("ticks").to_date([["late"]]) == measure_of("marks").to_date([["85"]]) == ""


# Who judges, and who is fed from the register: the others say so instead of inventing a value.
JUDGED: dict[str, tuple[list[list[str]] | list[str], list[str]]] = {
    "ticks": ([["late"], ["late", "lost"], ["lost"], ["late"]], ["late"]),
    "marks": (["90", "85.5"], ["85.5", "90"]),
}
COUNTED = {"count": "3", "weighted": {"late": "1", "lost": "2"}}


@pytest.mark.parametrize("kind", FORMS)
def test_who_is_judged_and_who_is_counted(kind):
    measure = measure_of(kind)
    counts = {"late": 1, "lost": 2}
    assert measure.is_assessable is (kind in JUDGED)
    if kind in JUDGED:
        marks, value = JUDGED[kind]
        assert measure.assessed(marks) == value
        assert measure.wrong(measure.of_mark(marks[0])) == []
    else:
        with pytest.raises(ValueError, match=kind):
            measure.assessed(["1"])
    if kind in COUNTED:
        assert measure.countable(counts) == set(counts)
        assert measure.counted(counts) == COUNTED[kind]
    else:
        assert measure.countable(counts) == frozenset()
        with pytest.raises(ValueError, match=kind):
            measure.counted(counts)


def test_only_a_number_alone_makes_a_value_from_one_number():
    made = {}
    for kind in FORMS:
        try:
            made[kind] = measure_of(kind).of_number("7")
        except ValueError as refused:
            assert str(refused) == kind
    assert made == {"count": "7", "marks": ["7"]}


def test_the_way_to_full_points_in_words():
    ticks = measure_of("ticks")
    way = ticks.way(None, Fraction(0), Fraction(3, 2))
    assert way is not None and (way.steps, way.items) == (2, ("lost", "late"))
    assert ticks.way_texts(way, "", WORDS) == ("再具备“丢失”、“迟到”", "先具备“丢失”")
    assert measure_of("marks").way_texts(way, "", WORDS) == ("", "")


def test_there_is_no_way_where_nothing_can_be_done():
    """Everything ticked, all of a share reached, items that weigh nothing, marks that others give."""
    weightless = parse_measure({"kind": "weighted", "items": {"late": "0"}})
    assert measure_of("ticks").way(("late", "lost"), Fraction(3, 2), Fraction(2)) is None
    assert measure_of("ratio").way(("1", "1"), Fraction(100), Fraction(120)) is None
    assert weightless.way(("3",), Fraction(0), Fraction(1)) is None
    assert measure_of("marks").way(("85",), Fraction(85), Fraction(100)) is None
