"""A status moves only in a transition. The database refuses every other move (tests/core/test_workflow.py); here the
source is read, so that nobody writes past the methods of the models and finds out from the guard."""

import ast
import re
from collections.abc import Iterator

import pytest

from dev.sizes import label, modules

COLUMNS = {"status", "state"}

ENGINE = "the job engine is no workflow of people: it moves its state in statements that ask for the fencing token"
MAY_WRITE = {
    "core/jobs/queue.py": ENGINE,
    "core/jobs/runner.py": ENGINE,
    "core/jobs/sweeper.py": ENGINE,
    "evaluation/collection/actions/handing_in.py": "each figure moved by its method, all written by one bulk_update",
    "evaluation/collection/actions/periods.py": "each figure moved by its method, all written by one bulk_update",
}

WRITES_BY_KEYWORD = {"update", "create", "get_or_create", "update_or_create", "aupdate", "acreate"}
WRITES_BY_NAME = {"bulk_update", "bulk_create", "abulk_update", "abulk_create", "copy_rows", "copy_lines"}
SQL = re.compile(
    r"\bUPDATE\b.*\bSET\b(?:(?!\bWHERE\b).)*\b(?:status|state)\s*=|\bINSERT\s+INTO\b[^()]*\([^()]*\b(?:status|state)\b",
    re.IGNORECASE | re.DOTALL,
)


def writes(source: str) -> Iterator[int]:
    """Lines that write a status."""
    for node in ast.walk(ast.parse(source)):
        if is_write(node):
            yield getattr(node, "lineno", 0)


def is_write(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=targets):
            return any(names_column(inner) for target in targets for inner in ast.walk(target))
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            return names_column(target)
        case ast.Call(func=ast.Name(id="setattr"), args=[_, name, *_]):
            return is_column(name)
        case ast.Call(func=ast.Attribute(attr=attr)) if attr in WRITES_BY_KEYWORD:
            return any(says_column(keyword) for keyword in node.keywords)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in WRITES_BY_NAME:
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            return any(is_column(inner) for value in given for inner in ast.walk(value))
        case ast.JoinedStr(values=values):
            return SQL.search("".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in values)) is not None
        case ast.Constant(value=str(text)):
            return SQL.search(text) is not None
    return False


def names_column(target: ast.AST) -> bool:
    return isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store) and target.attr in COLUMNS


def is_column(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in COLUMNS


def says_column(keyword: ast.keyword) -> bool:
    """`status=…`, and the keys of what is unpacked or given as defaults."""
    keys = [key for inner in ast.walk(keyword.value) if isinstance(inner, ast.Dict) for key in inner.keys if key]
    return keyword.arg in COLUMNS or any(map(is_column, keys))


def found_in_code() -> dict[str, list[int]]:
    assert len(modules()) > 300
    found = {label(path): sorted(writes(path.read_text(encoding="utf-8"))) for path in modules()}
    return {name: lines for name, lines in found.items() if lines}


def test_statuses_move_only_in_transitions():
    found = found_in_code()

    assert {name: lines for name, lines in found.items() if name not in MAY_WRITE} == {}
    assert MAY_WRITE.keys() <= found.keys()  # an exception that nothing needs is none


@pytest.mark.parametrize(
    "line",
    [
        "figure.status = LOCKED",
        "a, figure.status = 1, LOCKED",
        'setattr(figure, "status", LOCKED)',
        "rows.filter(pk=1).update(status=LOCKED)",
        'rows.update(**{"status": LOCKED})',
        'rows.update_or_create(pk=1, defaults={"status": LOCKED})',
        "Ranking.objects.create(status=PUBLISHED)",
        'rows.bulk_update(figures, ["value", "status"])',
        'rows.bulk_create(figures, update_conflicts=True, update_fields=["status"])',
        'copy_rows(table, ("pk", "status"), rows)',
        'cursor.execute("UPDATE evaluation_ranking SET edition = 2, status = %s")',
        'cursor.execute("INSERT INTO evaluation_ranking (year, status) VALUES (2025, %s)")',
        'cursor.execute(f"UPDATE {table} SET status = %s")',
    ],
)
def test_a_write_past_the_transitions_is_seen(line: str) -> None:
    assert set(writes(line)) == {1}


@pytest.mark.parametrize(
    "line",
    [
        "figure.lock()",
        "status = figure.status",
        'figure.save(update_fields=["status"])',
        "rows.filter(status=LOCKED).update(year=2025)",
        "render(request, page, status=400)",
        'cursor.execute("UPDATE evaluation_figure SET value = 1 WHERE status_was IS NULL")',
        'cursor.execute("SELECT status FROM evaluation_ranking")',
    ],
)
def test_what_writes_no_status_is_let_through(line: str) -> None:
    assert list(writes(line)) == []
