"""What is asked for when somebody is to have an account or another unit, in words and as values. Reads only; what a
confirmed request does stands in `actions.accounts`."""

from core.identity.change_kinds import values_of
from core.identity.changes import Line, Values, Wanted
from core.models import User
from platforms.models import Membership

NEW_ACCOUNT, MEMBERSHIP = "new_account", "membership"
ACCOUNT_VALUES = ("username", "full_name", "role", "expires_on")
UNIT_VALUES = ("platform", "region", "is_manager")
_NOBODY = "不归属任何单位"


def new_account_wanted(*, user: User, own: Membership | None) -> Wanted:
    """An unsaved account and, for one that works for a unit, its unsaved membership."""
    values = values_of(user, ACCOUNT_VALUES) | (values_of(own, UNIT_VALUES) if own else {})
    lines: list[Line] = [
        ("用户名", "", user.username),
        ("姓名", "", user.full_name),
        ("角色", "", str(user.get_role_display())),
        ("单位", "", _unit(own) if own else ""),
        ("有效期至", "", str(user.expires_on or "长期有效")),
    ]
    return Wanted(NEW_ACCOUNT, f"new:{user.username}", None, values, {}, lines)


def membership_wanted(*, user: User, new: Membership | None) -> Wanted:
    """`new` is unsaved; None ends the account's membership."""
    stored = Membership.objects.select_related("platform", "region").filter(user=user).first()
    before, after = _unit(stored) if stored else _NOBODY, _unit(new) if new else _NOBODY
    lines = [("归属", before, after)] if before != after else []
    values = values_of(new, UNIT_VALUES) if new else {}
    return Wanted(MEMBERSHIP, f"membership:{user.pk}", user, values, unit_values_of(user), lines)


def _unit(own: Membership) -> str:
    """For a list of lines: the unit, and whether its accounts are kept by this one."""
    return f"{own.unit}{'(单位管理员)' if own.is_manager else ''}"


def unit_values_of(user: User) -> Values:
    own = Membership.objects.filter(user=user).first()
    return values_of(own, UNIT_VALUES) if own else {}
