"""A unit keeps its own people: a manager invites, switches off, extends; the role never changes and no other unit's
account is touched. Among staff (counties, the city platform) the manager only asks, and the bureau confirms."""

from datetime import date

import pghistory
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from core.characters import checked
from core.errors import Fault, Refusal
from core.identity.change_kinds import ACCOUNT, sign_in_wanted, wanted_of
from core.identity.changes import READABLE, ask_change
from core.models import ChangeRequest, User
from core.models.user import DESK_ROLES
from platforms.models import Membership
from platforms.queries.accounts import new_account_wanted

Done = ChangeRequest | None
"""The request that the bureau is to confirm, where the manager cannot do it alone."""


def invite_colleague(
    *, username: str, full_name: str, expires_on: date, by: User
) -> tuple[Membership, str] | ChangeRequest:
    """An account of the manager's own role and unit, with a first password that is returned once, stored as a hash
    and changed at the first sign-in. Raises `Refusal` when the name is taken or not usable."""
    own, full_name = _keepers_own(by), checked(full_name, "姓名")
    user = User(username=username, full_name=full_name, role=by.role, expires_on=expires_on, must_change_password=True)
    if by.role in DESK_ROLES:
        return _ask_for(user, own, by)
    password = first_password()
    user.set_password(password)
    try:
        user.full_clean()
        with transaction.atomic(), pghistory.context(user=by.pk, step="邀请同事"):
            user.save()
            membership = Membership.objects.create(user=user, platform=own.platform, region=own.region)
    except ValidationError as error:
        raise Refusal([Fault(message) for message in error.messages]) from None
    except IntegrityError:
        raise Refusal(f"用户名“{username}”已被使用,请换一个") from None
    return membership, password


def switch_off(*, membership: Membership, by: User) -> Done:
    """The account stays for the history; its sessions end at once."""
    return _changed(membership, by, step="停用账号", is_active=False)


def switch_on(*, membership: Membership, by: User) -> Done:
    return _changed(membership, by, step="恢复账号", is_active=True)


def extend(*, membership: Membership, expires_on: date, by: User) -> Done:
    """A new last day, later or earlier."""
    return _changed(membership, by, step="调整有效期", expires_on=expires_on)


def renew_sign_in(*, membership: Membership, by: User) -> str | ChangeRequest:
    """For who forgot the password or lost the phone: a new first password, no second factor, every session ended."""
    password = first_password()
    with transaction.atomic(), pghistory.context(user=by.pk, step="重设登录"):
        user = _locked(membership, by)
        if by.role in DESK_ROLES:
            return ask_change(wanted=sign_in_wanted(user, with_password=True), reason="单位管理员:重设登录", by=by)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        Authenticator.objects.filter(user=user).delete()
    return password


def first_password() -> str:
    return "-".join(get_random_string(4, READABLE) for _ in range(4))


def _changed(membership: Membership, by: User, *, step: str, **fields: object) -> Done:
    with transaction.atomic(), pghistory.context(user=by.pk, step=step):
        stored, user = _locked(membership, by), _locked(membership, by)
        for name, value in fields.items():
            setattr(user, name, value)
        if by.role not in DESK_ROLES:
            user.save(update_fields=list(fields))
            return None
        wanted = wanted_of(ACCOUNT, stored, user, fields, account=stored)
        return ask_change(wanted=wanted, reason=f"单位管理员:{step}", by=by)


def _ask_for(user: User, own: Membership, by: User) -> ChangeRequest:
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Refusal([Fault(message) for message in error.messages]) from None
    unit = Membership(platform=own.platform, region=own.region)
    return ask_change(wanted=new_account_wanted(user=user, own=unit), reason="单位管理员:邀请同事", by=by)


def _locked(membership: Membership, by: User) -> User:
    """The account, locked, if this person keeps it; nobody keeps their own."""
    if not Membership.objects.kept_by(_keepers_own(by)).filter(pk=membership.pk).exists():
        raise PermissionDenied(f"{by}不能管理这个账号")
    if membership.user_id == by.pk:
        raise Refusal("不能停用、调整自己的账号,请由市工信局或本单位另一位管理员办理")
    return User.objects.select_for_update().get(pk=membership.user_id)


def _keepers_own(by: User) -> Membership:
    if not by.has_perm("platforms.keep_people"):
        raise PermissionDenied(f"{by}不是单位管理员")
    own: Membership = by.membership
    return own
