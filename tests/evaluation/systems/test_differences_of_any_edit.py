"""Any change of any field, drawn at random: the differences between two versions are never silent."""

import copy
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.systems.checks.systems import listed_indicators
from tests.evaluation.systems.test_differences import indicator, plan, sentences

PATHS = st.sampled_from(
    [
        (("points",), "9"),
        (("name",), "演示改名"),
        (("unit",), "演示"),
        (("clause",), "R3.2"),
        (("evidence",), "演示佐证"),
        (("source",), "survey"),
        (("quarterly",), None),
        (("measure", "kind"), "marks"),
        (("rule",), {"kind": "deduct"}),
    ]
)
SYSTEM_FIELDS = st.sampled_from(
    [
        ("version", 9),
        ("code", "county_window-2031"),
        ("indicator_decimals", 4),
        ("total_decimals", 4),
        ("total_cap", "90"),
        ("tie_style", "dense"),
        ("not_applicable", "within_section"),
        ("print_order", ["platform"]),
    ]
)


@settings(max_examples=150)
@given(data=st.data())
def test_every_changed_field_gives_a_sentence(data):
    """One random edit is never silent, and its way back is told too."""
    before, after = plan(), copy.deepcopy(plan())
    after = data.draw(
        st.sampled_from(
            [_edit_indicator, _edit_parameter, _edit_system, _edit_section, _edit_category, _edit_task, _edit_targets]
        )
    )(data, after)
    if after == before:
        assert sentences(before, after) == []
    else:
        assert sentences(before, after), after
        assert sentences(after, before)


@settings(max_examples=100)
@given(data=st.data(), count=st.integers(2, 6))
def test_several_edits_give_no_fewer_sentences_than_fields_of_different_indicators(data, count):
    after = copy.deepcopy(plan())
    codes = data.draw(
        st.lists(
            st.sampled_from([i["code"] for i in listed_indicators(after.definition)]),
            min_size=count,
            max_size=count,
            unique=True,
        )
    )
    for code in codes:
        indicator(after, code)["points"] = "77"
    said = sentences(plan(), after)
    assert [sum(code + "“" in text for text in said) for code in codes] == [1] * count


def _edit_indicator(data, after):
    found = indicator(after, data.draw(st.sampled_from([i["code"] for i in listed_indicators(after.definition)])))
    path, value = data.draw(PATHS)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = not inner.get(path[-1]) if value is None else value
    return after


def _edit_parameter(data, after):
    found = indicator(after, data.draw(st.sampled_from([i["code"] for i in listed_indicators(after.definition)])))
    places = [(found["rule"], name) for name in found["rule"] if name != "kind"]
    places += [(found["measure"]["items"], item) for item in found["measure"].get("items", {})]
    if places:
        place, name = data.draw(st.sampled_from(places))
        place[name] = "77"
    elif "items" not in found["measure"]:
        found["rule"]["target"] = "3"
    return after


def _edit_system(data, after):
    key, value = data.draw(SYSTEM_FIELDS)
    return replace(after, definition={**after.definition, key: value})


def _edit_section(data, after):
    section = data.draw(st.sampled_from(after.definition["sections"]))
    key = data.draw(st.sampled_from(["code", "name", "weight", "points", "clause"]))
    section[key] = {"code": "other", "name": "演示部分", "weight": "0.5", "points": "90", "clause": "R5"}[key]
    return after


def _edit_category(data, after):
    section = data.draw(st.sampled_from(after.definition["sections"]))
    place = data.draw(st.integers(0, len(section["categories"]) - 1))
    category = section["categories"][place]
    change = data.draw(st.sampled_from(["code", "name", "clause", "remove", "take one out", "swap"]))
    if change == "remove":
        del section["categories"][place]
    elif change == "take one out":
        category["indicators"].pop(data.draw(st.integers(0, len(category["indicators"]) - 1)))
    elif change == "swap":
        category["indicators"].reverse()
    else:
        category[change] = "R5" if change == "clause" else "other"
    return after


def _edit_task(data, after):
    tasks = dict(after.tasks)
    code = data.draw(st.sampled_from(sorted(tasks)))
    key = data.draw(st.sampled_from(["base_document", "responsible_section", "due_on", "gone"]))
    if key == "gone":
        del tasks[code]
    else:
        tasks[code] = replace(tasks[code], **{key: date(2026, 3, 1) if key == "due_on" else "演示改"})
    return replace(after, tasks=tasks)


def _edit_targets(data, after):
    first, second = after.targets
    other = data.draw(
        st.sampled_from(
            [
                (second,),
                (first,),
                (replace(first, target="99"), second),
                (first, second, replace(first, indicator="K2")),
                (),
            ]
        )
    )
    return replace(after, targets=other)
