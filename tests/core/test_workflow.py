"""Every workflow table of the project: what is not in it is refused, by the methods and by the database alone."""

import sys
from itertools import product
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction
from django_fsm import FSMField, TransitionNotAllowed

from core.declared import house
from core.declared.faults import status_tables
from core.errors import Refusal
from core.workflow import Transition, Transitions

Workflow = tuple[type[models.Model], str, Transitions]


def workflows() -> list[Workflow]:
    """Model, status column and table of each model that has a workflow field."""
    found = []
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FSMField) and not model.__name__.endswith("Event"):
                found.append((model, field.name, table_of(model)))
    return found


def table_of(model: type[models.Model]) -> Transitions:
    modules = [sys.modules[cls.__module__] for cls in model.__mro__ if issubclass(cls, models.Model)]
    tables = [value for module in modules for value in vars(module).values() if isinstance(value, Transitions)]
    assert tables, f"{model.__name__} has a status but no TRANSITIONS table"
    return tables[0]


def states_of(model: type[models.Model], column: str) -> list[str]:
    return [str(value) for value, _ in getattr(model._meta.get_field(column), "choices", None) or ()]


ALL = workflows()
NAMES = [model.__name__ for model, _, _ in ALL]
MOVES = [
    pytest.param(model, column, table, source, target, id=f"{model.__name__}-{source}-{target}")
    for model, column, table in ALL
    for source, target in product(states_of(model, column), repeat=2)
    if source != target
]
METHODS = [
    pytest.param(model, column, move, state, id=f"{model.__name__}.{move.name}-from-{state}")
    for model, column, table in ALL
    for move in table.moves
    for state in states_of(model, column)
]


def test_all_workflows_are_found():
    assert set(NAMES) >= {
        "IndicatorSystem",
        "ImportBatch",
        "Ranking",
        "Bulletin",
        "Reward",
        "YellowCard",
        "OperatorReplacement",
    }


@pytest.mark.parametrize(("model", "column", "table"), ALL, ids=NAMES)
def test_every_table_is_drawn_and_names_known_states(model, column, table):
    assert table in [flow.table for flow in house().workflows]
    assert status_tables(model) == [table]
    states = set(states_of(model, column))
    assert {table.initial, *(state for pair in table.pairs for state in pair)} <= states
    assert all(move.label and move.permission for move in table.moves)


@pytest.mark.parametrize(("model", "column", "move", "state"), METHODS)
def test_a_method_moves_only_from_its_sources(model, column, move, state):
    instance = model(**{column: state})
    method = getattr(instance, move.name)
    if state in move.sources:
        method()
        assert getattr(instance, column) == move.target
    else:
        with pytest.raises(TransitionNotAllowed):
            method()
        assert getattr(instance, column) == state


@pytest.fixture
def bare_table(db, model, column):
    """The model's columns without its other constraints, under the model's own guard: one row in each state. It is a
    temporary table of the same name, which stands before the real one, so that the model itself writes to it."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        guard = guard_of(cursor, table, column)
        cursor.execute(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM public.{table} WITH NO DATA")
        rows = [(key_of(model, number), str(state)) for number, state in enumerate(states_of(model, column))]
        cursor.executemany(f"INSERT INTO {table} (id, {column}) VALUES (%s, %s)", rows)
        cursor.execute(guard)
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE pg_temp.{table}")


def key_of(model, number):
    return str(UUID(int=number)) if isinstance(model._meta.pk, models.UUIDField) else number


def guard_of(cursor, table, column):
    """The real trigger's own definition, for the temporary table."""
    cursor.execute(
        "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
        [f"public.{table}", f"pgtrigger\\_{column}\\_moves%"],
    )
    ((definition, enabled),) = cursor.fetchall()
    assert enabled == "O"
    assert f" ON public.{table} " in definition
    return definition.replace(f" ON public.{table} ", f" ON pg_temp.{table} ")


def sql(model, column, source, target):
    """Raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE {column} = %s", [target, source])
        return cursor.rowcount


def update(model, column, source, target):
    """A queryset, past every method of the model."""
    return model._base_manager.filter(**{column: source}).update(**{column: target})


def bulk_update(model, column, source, target):
    """Many rows in one statement, past every method of the model."""
    row = model(pk=states_of(model, column).index(source), **{column: target})
    return model._base_manager.bulk_update([row], [column])


def insert(model, column, state):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({column}) VALUES (%s)", [state])
        return cursor.rowcount


def accepts(write, *arguments):
    try:
        with transaction.atomic():
            assert write(*arguments) == 1
    except DatabaseError as error:
        assert "no move from" in str(error) or "a new row must start as" in str(error)
        return False
    return True


@pytest.mark.parametrize("write", [sql, update, bulk_update], ids=lambda write: write.__name__)
@pytest.mark.parametrize(("model", "column", "table", "source", "target"), MOVES)
def test_the_database_lets_through_the_table_and_nothing_else(bare_table, write, model, column, table, source, target):
    assert accepts(write, model, column, source, target) == ((source, target) in table.pairs)


@pytest.mark.parametrize(("model", "column", "table"), ALL, ids=NAMES)
def test_the_database_takes_new_rows_in_the_initial_state_only(bare_table, model, column, table):
    assert [state for state in states_of(model, column) if accepts(insert, model, column, state)] == [table.initial]


class Paper:
    """Something with a status, for the check that stands before every move."""

    status = "draft"

    def __str__(self):
        return "演示文件"

    def get_status_display(self):
        return "草稿"


class Person:
    def __init__(self, may):
        self.may = may

    def has_perm(self, permission, instance):
        return self.may


TABLE = Transitions("draft", Transition("issue", "印发", ("draft",), "issued", "x.issue", reason_needed=True))


def test_the_check_before_a_move_says_what_is_in_the_way():
    paper = Paper()
    with pytest.raises(PermissionDenied, match="没有“印发”的权限"):
        TABLE.check(paper, "issue", by=Person(False), reason="x")
    with pytest.raises(Refusal, match="印发须写明理由"):
        TABLE.check(paper, "issue", by=Person(True), reason="  ")
    TABLE.check(paper, "issue", by=Person(True), reason="演示")
    paper.status = "issued"
    with pytest.raises(Refusal, match="“演示文件”当前为“草稿”,不能印发"):
        TABLE.check(paper, "issue", by=Person(True), reason="演示")
