"""Many rows, or many bytes, into PostgreSQL, alike on psycopg 3 and psycopg2: the one module that knows which runs.

Everything here uses Django's default connection, in the caller's transaction, and raises `django.db` exceptions; what
the caller's own iterable raises comes out as it is. After either the transaction is of no more use, as after any
failed statement. Table and column names are SQL and come from code, never from a user.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from django.db.backends.utils import CursorWrapper

_LINES = 200  # rows that are joined before they are sent


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """COPY rows of as many cells as there are columns; returns how many were stored.

    A cell is None (NULL) or anything whose `str` PostgreSQL reads for that column: text, whole numbers, `Decimal`,
    dates, JSON already written as text. Bytes, lists and floats are not cells.
    """
    return copy_lines(table, columns, _pieces(rows))


def copy_lines(table: str, columns: Sequence[str], pieces: Iterable[str]) -> int:
    r"""COPY lines that the caller has written; returns how many were stored.

    Each piece holds whole lines, or a part of one: cells apart by `\t`, a line ended by `\n`, NULL as `\N`, and
    `copy_cell` around every text that may hold one of those or a backslash. Larger pieces (some 100 KB) are faster.
    """
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        _copy(cursor, statement, pieces)
        return int(cursor.rowcount)


@contextmanager
def only_here(cursor: CursorWrapper, table: str) -> Iterator[None]:
    """A table that is empty for everybody else: what the caller's transaction writes is gone before it ends.

    In place of a temporary table, which the run-time role may not make: it could hide another behind its name.
    """
    emptied = f"DELETE FROM {table}"  # noqa: S608  a name of our own code
    cursor.execute(emptied)
    yield
    cursor.execute(emptied)


def copy_cell(value: object) -> str:
    """One cell as COPY's text format spells it."""
    if value is None:
        return r"\N"
    text = str(value).replace("\\", r"\\")  # four searches are many times faster than one `translate`
    return text.replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


def execute_binary(statement: str, parameters: Sequence[object]) -> int:
    """Run one statement with large parameters; returns the number of rows it touched.

    `%b` marks a parameter that is large: bytes, or a list of whole numbers or texts (cast it: `%b::text[]`); `%s` any
    other. psycopg 3 sends a `%b` apart from the statement, byte for byte. psycopg2 knows no such way: there it is a
    literal written in C, twice as long for bytes. Other percent signs are written `%%`.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, _binary_cursor() as cursor:
        cursor.execute(statement if is_psycopg3 else statement.replace("%b", "%s"), parameters)
        return int(cursor.rowcount)


def _pieces(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, _LINES)):
        yield "".join(["\t".join(map(copy_cell, row)) + "\n" for row in chunk])


class _Pieces:
    """What psycopg2 reads from: a file of pieces, of any size whatever is asked for. It would tell the server of an
    error in here and forget it, so the error is kept."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = filter(None, pieces)  # an empty one would mean the end
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return next(self._pieces, "").encode()
        except BaseException as error:
            self.error = error
            raise


def _copy_psycopg3(cursor: Any, statement: str, pieces: Iterable[str]) -> None:
    with cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)


def _copy_psycopg2(cursor: Any, statement: str, pieces: Iterable[str]) -> None:
    source = _Pieces(pieces)
    try:
        cursor.copy_expert(statement, source)
    except Exception:
        if source.error is not None:
            raise source.error from None
        raise


def _binary_cursor() -> Any:
    """A plain cursor of the driver: Django's own, on psycopg 3, would spell every byte out in hexadecimal."""
    if is_psycopg3:
        from psycopg import Cursor

        return Cursor(connection.connection)
    return connection.connection.cursor()


_copy: Callable[[Any, str, Iterable[str]], None] = _copy_psycopg3 if is_psycopg3 else _copy_psycopg2
