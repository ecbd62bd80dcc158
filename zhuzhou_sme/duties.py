"""Who may do what, read from what decides it: the declared sights, the TRANSITIONS tables and the predicates behind
their permissions. Nothing is granted here."""

import ast
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Choices

from core.choices import Role
from core.declared import house
from core.identity.roles import SENTENCES
from core.workflow import Transition


@dataclass(frozen=True)
class Asked:
    """What a permission asks, in words, and the roles that can ever meet it."""

    words: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Duty:
    """One step of a workflow: who takes it, in words and by role."""

    label: str
    sources: str
    target: str
    words: str
    roles: frozenset[Role]
    reason_needed: bool


@dataclass(frozen=True)
class RoleRow:
    label: str
    sentence: str
    views: list[str]
    changes: list[str]


def role_rows() -> list[RoleRow]:
    return [
        RoleRow(role.label, sentence, _names(house().seen_by(role)), _names(house().changed_by(role)))
        for role, sentence in SENTENCES.items()
    ]


def duties() -> list[tuple[str, list[Duty]]]:
    """Every workflow by its name, with its steps in the table's order."""
    return [(flow.title, [_duty(move, flow.labels) for move in flow.table.moves]) for flow in house().workflows]


def asked_by(permission: str) -> Asked:
    """What a permission asks, from the predicate that decides it: `a & b` both, `a | b` either."""
    return _read(ast.parse(house().permissions[permission].rule.name, mode="eval").body)


def _read(node: ast.expr) -> Asked:
    if isinstance(node, ast.Name):
        condition = house().conditions[node.id]
        return Asked(condition.words, condition.roles)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        left, right = _read(node.left), _read(node.right)
        if isinstance(node.op, ast.BitAnd):
            return Asked(f"{left.words}({right.words})", left.roles & right.roles)
        return Asked(f"{left.words}、{right.words}", left.roles | right.roles)
    raise ValueError(f"a predicate that this page cannot read: {ast.unparse(node)}")


def _duty(move: Transition, labels: type[Choices]) -> Duty:
    asked, names = asked_by(move.permission), dict(labels.choices)
    return Duty(
        label=move.label,
        sources="、".join(str(names[source]) for source in move.sources),
        target=str(names[move.target]),
        words=asked.words,
        roles=asked.roles,
        reason_needed=move.reason_needed,
    )


def _names(models: frozenset[str]) -> list[str]:
    return sorted({str(apps.get_model(name)._meta.verbose_name) for name in models})
