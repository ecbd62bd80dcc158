"""What a confirmed request about accounts does where the register is needed: a new account with the unit it works for,
and another unit."""

from collections.abc import Iterable

from core.identity.change_kinds import account_of, assign
from core.identity.changes import ChangeKind, first_password
from core.models import ChangeRequest, User
from platforms.models import Membership
from platforms.queries.accounts import ACCOUNT_VALUES, MEMBERSHIP, NEW_ACCOUNT, UNIT_VALUES, unit_values_of


def _apply_new_account(request: ChangeRequest) -> User:
    user = User(must_change_password=True)
    assign(user, _picked(request, ACCOUNT_VALUES))
    user.set_password(first_password(request))
    user.full_clean()
    user.save()
    if unit := _picked(request, UNIT_VALUES):
        _join(user, unit)
    return user


def _apply_membership(request: ChangeRequest) -> User:
    user = account_of(request)
    Membership.objects.filter(user=user).delete()
    if request.wanted:
        _join(user, request.wanted)
    return user


def _join(user: User, unit: dict[str, object]) -> None:
    own = Membership(user=user)
    assign(own, unit)
    own.full_clean()
    own.save()


def _picked(request: ChangeRequest, names: Iterable[str]) -> dict[str, object]:
    return {name: request.wanted[name] for name in names if name in request.wanted}


CHANGE_KINDS = (
    ChangeKind(NEW_ACCOUNT, "新建账号", lambda request: {}, _apply_new_account, gives_password=True),
    ChangeKind(MEMBERSHIP, "调整账号归属", lambda request: unit_values_of(account_of(request)), _apply_membership),
)
