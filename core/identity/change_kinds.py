"""The changes that core itself knows: an account's particulars, its sign-in, the bureau's own particulars."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model

from core.identity.changes import ChangeKind, Line, Values, Wanted, first_password
from core.models import ChangeRequest, Office, User

ACCOUNT, SIGN_IN, FACTORS, OFFICE = "account", "sign_in", "factors", "office"
ACCOUNT_FIELDS = ("full_name", "role", "email", "is_active", "expires_on", "must_change_password")


def values_of(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """The fields by name, as JSON keeps them."""
    found = {name: row._meta.get_field(name).value_from_object(row) for name in names}  # type: ignore[union-attr]
    values: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return values


def lines_of(before: Model, after: Model, names: Iterable[str]) -> list[Line]:
    """What differs, as people read it."""
    fields = [before._meta.get_field(name) for name in names]
    told = [(str(each.verbose_name), _shown(before, each), _shown(after, each)) for each in fields]  # type: ignore[union-attr]
    return [line for line in told if line[1] != line[2]]


def _shown(row: Model, field: Any) -> str:
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return "" if value is None else str(value)


def wanted_of(kind: str, before: Model, after: Model, names: Iterable[str], *, account: User | None) -> Wanted:
    """The difference between a row as it stands and as a form would have it."""
    names = [name for name in names if values_of(before, [name]) != values_of(after, [name])]
    target = f"{kind}:{before.pk}"
    lines = lines_of(before, after, names)
    return Wanted(kind, target, account, values_of(after, names), values_of(before, names), lines)


def assign(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))


def sign_in_wanted(account: User, *, with_password: bool) -> Wanted:
    """A new first password and no second factor; or only the second factor gone, for who lost the phone."""
    kind = SIGN_IN if with_password else FACTORS
    lines = [("二次验证", "", "清除,下次登录时重新设置")]
    if with_password:
        lines.insert(0, ("密码", "", "换成新的初始密码,首次登录时须修改"))
    return Wanted(kind, f"sign_in:{account.pk}", account, {}, {}, lines)


def account_of(request: ChangeRequest) -> User:
    """The account that a request is about, locked."""
    assert request.account_id is not None  # noqa: S101  every kind that asks this names one
    account: User = User.objects.select_for_update().get(pk=request.account_id)
    return account


def _account_stands(request: ChangeRequest) -> Values:
    return values_of(account_of(request), request.stood)


def _apply_account(request: ChangeRequest) -> User:
    account = account_of(request)
    assign(account, request.wanted)
    account.full_clean(exclude=["password"])
    account.save(update_fields=list(request.wanted))
    return account


def _apply_sign_in(request: ChangeRequest) -> User:
    account = account_of(request)
    account.set_password(first_password(request))
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    return _apply_factors(request)


def _apply_factors(request: ChangeRequest) -> User:
    """Every factor and recovery code goes, and every session ends."""
    account = account_of(request)
    Authenticator.objects.filter(user=account).delete()
    User.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    return account


def _office() -> Office:
    return Office.objects.select_for_update().first() or Office()


def _office_stands(request: ChangeRequest) -> Values:
    return values_of(_office(), request.stood)


def _apply_office(request: ChangeRequest) -> None:
    found = _office()
    assign(found, request.wanted)
    found.full_clean()
    found.save()


def office_fields() -> list[str]:
    fields: list[Field[Any, Any]] = [each for each in Office._meta.concrete_fields if each.editable]
    return [each.name for each in fields]


CHANGE_KINDS = (
    ChangeKind(ACCOUNT, "修改账号", _account_stands, _apply_account),
    ChangeKind(SIGN_IN, "重设登录", lambda request: {}, _apply_sign_in, gives_password=True),
    ChangeKind(FACTORS, "清除二次验证", lambda request: {}, _apply_factors),
    ChangeKind(OFFICE, "修改机关信息", _office_stands, _apply_office),
)
