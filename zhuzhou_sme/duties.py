"""Who may do what, read from the code that decides it: the role table, the TRANSITIONS tables and the predicates behind
their permissions. Nothing is granted here; the conditions only get their Chinese words."""

import ast
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db.models import Choices
from rules.permissions import permissions

from core.choices import Role
from core.identity.roles import ROLES, RoleDescription
from core.workflow import Transition, Transitions
from zhuzhou_sme.management.commands.draw_workflows import WORKFLOWS

EVERYBODY = frozenset(Role.values)
MEMBERS = frozenset({Role.WINDOW, Role.CITY_PLATFORM, Role.COUNTY})


@dataclass(frozen=True)
class Condition:
    """What a predicate asks, and the roles that can ever meet it."""

    words: str
    roles: frozenset[str] = EVERYBODY


CONDITIONS = {
    "is_bureau": Condition("市工信局", frozenset({Role.BUREAU})),
    "is_city_platform": Condition("市平台", frozenset({Role.CITY_PLATFORM})),
    "is_county": Condition("县(市、区)工信部门", frozenset({Role.COUNTY})),
    "is_window": Condition("窗口平台", frozenset({Role.WINDOW})),
    "is_auditor": Condition("审计监督", frozenset({Role.AUDITOR})),
    "is_bureaus_to_score": Condition("评市平台"),
    "is_city_platforms_to_score": Condition("评窗口平台"),
    "has_not_scored": Condition("未参与评分的人"),
    "has_not_compiled": Condition("未参与编制的人"),
    "has_not_prepared": Condition("未参与起草的人"),
    "has_not_saved": Condition("未填写这项数据的人"),
    "is_own_platform": Condition("本平台的账号", frozenset({Role.WINDOW, Role.CITY_PLATFORM})),
    "belongs_to_platform": Condition("绑定平台的账号", frozenset({Role.WINDOW, Role.CITY_PLATFORM})),
    "is_own_regions": Condition("本县(市、区)的平台"),
    "is_own_submission": Condition("报送数据的平台", frozenset({Role.WINDOW, Role.CITY_PLATFORM})),
    "is_checked_by": Condition(
        "审核方(市平台的由市工信局、窗口平台的由市平台)", frozenset({Role.BUREAU, Role.CITY_PLATFORM})
    ),
    "keeps_own_people": Condition("单位管理员", MEMBERS),
}


@dataclass(frozen=True)
class Duty:
    """One step of a workflow: who takes it, in words and by role."""

    label: str
    sources: str
    target: str
    words: str
    roles: frozenset[str]
    reason_needed: bool


@dataclass(frozen=True)
class RoleRow:
    label: str
    sentence: str
    views: list[str]
    changes: list[str]


def role_rows() -> list[RoleRow]:
    return [
        RoleRow(Role(code).label, role.sentence, _names(role, "views"), _names(role, "changes"))
        for code, role in ROLES.items()
    ]


def duties() -> list[tuple[str, list[Duty]]]:
    """Every workflow by its name, with its steps in the table's order."""
    flows = []
    for title, module, name, labels in WORKFLOWS:
        table: Transitions = getattr(import_module(module), name)
        flows.append((title, [_duty(move, labels) for move in table.moves]))
    return flows


def asked_by(permission: str) -> Condition:
    """What a permission asks, from the predicate that decides it: `a & b` both, `a | b` either."""
    return _read(ast.parse(permissions[permission].name, mode="eval").body)


def _read(node: ast.expr) -> Condition:
    if isinstance(node, ast.Name):
        return CONDITIONS.get(node.id, Condition("按具体事项判断"))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        left, right = _read(node.left), _read(node.right)
        if isinstance(node.op, ast.BitAnd):
            return Condition(f"{left.words}({right.words})", left.roles & right.roles)
        return Condition(f"{left.words}、{right.words}", left.roles | right.roles)
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


def _names(role: RoleDescription, kind: str) -> list[str]:
    names: frozenset[str] = getattr(role, kind)
    return sorted({str(apps.get_model(name)._meta.verbose_name) for name in names})
