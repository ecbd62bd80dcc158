"""An aggregate that gathers rows follows the plan of the day unless it says in which order: none of ours may leave that
open. What is gathered so is stored, digested or compared."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

IN_SQL = re.compile(r"\b(?:(?:array|json|jsonb|string|xml)_agg|jsonb?_object_agg)\s*\(", re.IGNORECASE)
IN_PYTHON = {"ArrayAgg", "JSONBAgg", "StringAgg", "JSONObjectAgg"}
# Of these only the first few words decide which row is meant.
FIRST_OF_EACH = re.compile(r"\bDISTINCT\s+ON\b", re.IGNORECASE)


def sources() -> list[Path]:
    folders = ("core", "platforms", "evaluation", "rewards", "zhuzhou_sme", "demo")
    return sorted(path for folder in folders for path in Path(settings.BASE_DIR, folder).rglob("*.py"))


def in_brackets(text: str, start: int) -> str:
    """What stands between the bracket that opens before `start` and the one that closes it."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return text[start:place]
    return text[start:]


def faults(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from faults_of_sql(node.value)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in IN_PYTHON and not {"ordering", "order_by"} & {each.arg for each in node.keywords}:
                yield name


def faults_of_sql(text: str) -> Iterator[str]:
    for found in IN_SQL.finditer(text):
        if " ORDER BY " not in in_brackets(text, found.end()):
            yield found.group()
    if FIRST_OF_EACH.search(text) and "ORDER BY" not in text:
        yield "DISTINCT ON"


def test_every_aggregate_of_rows_says_its_order():
    found = [(path, fault) for path in sources() for fault in faults(path.read_text(encoding="utf-8"))]
    assert not found


def test_the_search_sees_the_one_aggregate_that_there_is():
    text = Path(settings.BASE_DIR, "evaluation/intake/queries/annual_figures.py").read_text(encoding="utf-8")
    assert len(IN_SQL.findall(text)) > 10
    assert [*faults(text.replace(" ORDER BY indicator", "", 1))] == ["array_agg("]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("'SELECT array_agg(code) FROM t'", ["array_agg("]),
        ("'SELECT array_agg(code ORDER BY code) FROM t'", []),
        ("'SELECT string_agg(trim(code), \\',\\') FROM t ORDER BY code'", ["string_agg("]),
        ("'SELECT jsonb_object_agg(a, b) FROM t'", ["jsonb_object_agg("]),
        ("'SELECT DISTINCT ON (a) a, b FROM t'", ["DISTINCT ON"]),
        ("'SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b'", []),
        ("ArrayAgg('code')", ["ArrayAgg"]),
        ("aggregates.StringAgg('code', ',', ordering='code')", []),
    ],
)
def test_what_the_search_finds(source, found):
    assert [*faults(source)] == found
