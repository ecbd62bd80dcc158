"""Bulk copy and large parameters: what arrives, what is told, whose error comes out. Alike on either driver."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction

from core.bulk import copy_cell, copy_lines, copy_rows, execute_binary

COLUMNS = ("number", "word", "amount", "day", "told")
AWKWARD = ("", "\\", r"\N", r"\.", "a\tb", "a\nb", "a\r\nb", "ends with \\", "株洲“市”", "%s %b", "😀", "'\"")


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bulk (number int PRIMARY KEY, word text, amount numeric, day date, told jsonb,"
            " content bytea) ON COMMIT DROP"
        )


def stored(columns: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM bulk ORDER BY number")
        return list(cursor.fetchall())


def test_every_kind_of_cell_arrives_as_it_was():
    row = (1, "中", Decimal("12.3400"), date(2026, 2, 28), '{"a": "\\n\\t"}')
    assert copy_rows("bulk", COLUMNS, [row, (2, None, None, None, None)]) == 2
    assert stored("number, word, amount, day, told ->> 'a'") == [
        (1, "中", Decimal("12.3400"), date(2026, 2, 28), "\n\t"),
        (2, None, None, None, None),
    ]


def test_awkward_texts_arrive_as_they_were():
    assert copy_rows("bulk", ("number", "word"), enumerate(AWKWARD)) == len(AWKWARD)
    assert stored("word") == [(word,) for word in AWKWARD]


def test_more_rows_than_one_piece_holds_all_arrive_in_order():
    rows = ((number, str(number)) for number in range(1_001))
    assert copy_rows("bulk", ("number", "word"), rows) == 1_001
    assert stored("number, word") == [(number, str(number)) for number in range(1_001)]


def test_no_rows_are_no_rows():
    assert copy_rows("bulk", COLUMNS, []) == copy_lines("bulk", COLUMNS, []) == 0


def test_pieces_may_be_empty_or_end_anywhere():
    pieces = ["", "1\tone", "\n2\t", "", copy_cell("t\two"), "\n", ""]
    assert copy_lines("bulk", ("number", "word"), pieces) == 2
    assert stored("number, word") == [(1, "one"), (2, "t\two")]


def test_a_row_that_the_table_refuses_is_an_error_of_django_and_stores_nothing():
    with pytest.raises(IntegrityError, match="bulk_pkey"), transaction.atomic():
        copy_rows("bulk", ("number",), [(1,), (1,)])
    with pytest.raises(DataError), transaction.atomic():
        copy_lines("bulk", ("number",), ["word\n"])
    with pytest.raises(ProgrammingError), transaction.atomic():
        copy_rows("no_such_table", ("number",), [(1,)])
    assert stored("number") == []


def test_an_error_of_the_callers_own_comes_out_as_it_is_and_nothing_is_stored():
    def rows() -> Iterator[tuple[int]]:
        yield from ((number,) for number in range(500))
        raise LookupError("no such platform")

    with pytest.raises(LookupError, match="no such platform"), transaction.atomic():
        copy_rows("bulk", ("number",), rows())
    assert stored("number") == []


def test_bytes_and_lists_are_parameters_of_any_size():
    content = bytes(range(256)) * 4_096
    assert execute_binary("INSERT INTO bulk (number, word, content) VALUES (%s, '100 %%', %b)", (1, content)) == 1
    ((word, found),) = stored("word, content")
    assert isinstance(found, bytes | memoryview)
    assert (word, bytes(found)) == ("100 %", content)
    statement = "INSERT INTO bulk (number, word) SELECT * FROM unnest(%b::bigint[], %b::text[])"
    assert execute_binary(statement, ([2, 3], ['a,{"}\\', "中"])) == 2
    assert stored("number, word")[1:] == [(2, 'a,{"}\\'), (3, "中")]


def test_a_statement_that_fails_is_an_error_of_django():
    execute_binary("INSERT INTO bulk (number, content) VALUES (%s, %b)", (1, b""))
    with pytest.raises(IntegrityError), transaction.atomic():
        execute_binary("INSERT INTO bulk (number, content) VALUES (%s, %b)", (1, b""))
