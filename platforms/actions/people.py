"""A unit keeps its own people: a manager invites, switches off, extends; the role never changes and no other unit's
account is touched."""

from datetime import date

import pghistory
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from core.characters import checked
from core.errors import Fault, Refusal
from core.models import User
from platforms.models import Membership

READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for one another when they are read out."""


def invite_colleague(*, username: str, full_name: str, expires_on: date, by: User) -> tuple[Membership, str]:
    """An account of the manager's own role and unit, with a first password that is returned once, stored as a hash
    and changed at the first sign-in. Raises `Refusal` when the name is taken or not usable."""
    own, full_name = _keepers_own(by), checked(full_name, "姓名")
    password = first_password()
    user = User(username=username, full_name=full_name, role=by.role, expires_on=expires_on, must_change_password=True)
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


def switch_off(*, membership: Membership, by: User) -> None:
    """The account stays for the history; its sessions end at once."""
    _set_active(membership, by, is_active=False, step="停用账号")


def switch_on(*, membership: Membership, by: User) -> None:
    _set_active(membership, by, is_active=True, step="恢复账号")


def extend(*, membership: Membership, expires_on: date, by: User) -> None:
    """A new last day, later or earlier."""
    with transaction.atomic(), pghistory.context(user=by.pk, step="调整有效期"):
        user = _locked(membership, by)
        user.expires_on = expires_on
        user.save(update_fields=["expires_on"])


def renew_sign_in(*, membership: Membership, by: User) -> str:
    """For who forgot the password or lost the phone: a new first password, no second factor, every session ended."""
    password = first_password()
    with transaction.atomic(), pghistory.context(user=by.pk, step="重设登录"):
        user = _locked(membership, by)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        Authenticator.objects.filter(user=user).delete()
    return password


def first_password() -> str:
    return "-".join(get_random_string(4, READABLE) for _ in range(4))


def _set_active(membership: Membership, by: User, *, is_active: bool, step: str) -> None:
    with transaction.atomic(), pghistory.context(user=by.pk, step=step):
        user = _locked(membership, by)
        user.is_active = is_active
        user.save(update_fields=["is_active"])


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
