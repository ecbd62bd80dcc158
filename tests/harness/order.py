"""Rows that were asked for without an order come in any order: here in a new one each time.

The database promises an order only where a query asks for one. Whoever prints, compares or digests rows of a query that
asks for none passes by luck; with this in force, the luck is gone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI

_BRACKETS = re.compile(r"\([^()]*\)|'[^']*'|\"[^\"]*\"")
# Where an order would have to stand: before the first of these.
_AFTER_THE_ORDER = re.compile(r" LIMIT | OFFSET | FOR UPDATE| FOR NO KEY UPDATE|$")
_WHOLE_ROWS_COMPARED = re.compile(r"^ *SELECT DISTINCT| UNION | INTERSECT | EXCEPT ")


def shuffled(sql: str) -> str:
    """The statement, with a random order if it asks for none at its outermost level."""
    outermost = _blanked(sql)
    if " ORDER BY " in outermost:
        return sql
    if _WHOLE_ROWS_COMPARED.search(outermost):  # these may be ordered by their own columns alone
        return f"SELECT * FROM ({sql}) rows_in_no_order ORDER BY RANDOM()"
    found = _AFTER_THE_ORDER.search(outermost)
    place = found.start() if found else len(sql)
    return f"{sql[:place]} ORDER BY RANDOM(){sql[place:]}"


def _blanked(sql: str) -> str:
    """The statement with whatever stands in brackets or quotes replaced by blanks, so that places stay."""
    before = ""
    while before != sql:
        before, sql = sql, _BRACKETS.sub(lambda found: " " * len(found.group()), sql)
    return sql


@contextmanager
def no_order_promised() -> Iterator[None]:
    """Shuffle the rows of every query of several rows that gives no order. Counts, sums and `exists` are left alone."""
    compiler: Any = SQLCompiler
    execute_sql, as_sql = compiler.execute_sql, compiler.as_sql

    @wraps(execute_sql)
    def execute(self: Any, result_type: str = MULTI, *arguments: Any, **options: Any) -> Any:
        self.is_outermost = result_type == MULTI
        return execute_sql(self, result_type, *arguments, **options)

    @wraps(as_sql)
    def compile_(self: Any, *arguments: Any, **options: Any) -> Any:
        is_outermost, self.is_outermost = getattr(self, "is_outermost", False), False
        sql, params = as_sql(self, *arguments, **options)
        return (shuffled(sql) if is_outermost and sql else sql), params

    with patch.multiple(SQLCompiler, execute_sql=execute, as_sql=compile_):
        yield
