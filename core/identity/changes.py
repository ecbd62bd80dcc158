"""Changes that two people make: one asks, another confirms, whoever is concerned is told. Accounts, their sign-in, whom
they work for, the bureau's particulars. What a change does is said by its kind, which its own app declares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from core.characters import checked
from core.declared import Question, house
from core.errors import Fault, Refusal
from core.models import ChangeRequest, User
from core.models.change_request import TRANSITIONS

Values = Mapping[str, object]
Line = tuple[str, str, str]
"""A label, what stood, what is wanted."""
OPEN_ALREADY = "这一事项已有一份待确认的申请,请先由另一人确认,或由申请人撤回后再申请"
READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for one another when they are read out."""


@dataclass(frozen=True)
class ChangeKind:
    """`stands` reads what the request changes, under the keys of its `stood`; `apply` makes the change and returns the
    account that it is about, if any. `gives_password`: the person signs in with the two halves of a first password."""

    code: str
    label: str
    stands: Callable[[ChangeRequest], Values]
    apply: Callable[[ChangeRequest], User | None]
    gives_password: bool = False


KINDS: Question[ChangeKind] = Question("which changes two people make")


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for, made by the app that knows the kind."""

    kind: str
    target: str
    account: User | None
    values: Values
    stood: Values
    lines: Sequence[Line] = field(repr=False)


def kind_of(request: ChangeRequest) -> ChangeKind:
    return next(kind for kind in house().answers_to(KINDS) if kind.code == request.kind)


def about(request: ChangeRequest) -> str:
    """Whom or what it concerns, in words."""
    if request.account is not None:
        return f"{request.account.full_name}({request.account.username})"
    return str(request.wanted.get("full_name", "机关信息"))


def obstacle_of(wanted: Wanted) -> str:
    """Why this cannot be asked for now, '' when it can."""
    if not wanted.lines:
        return "没有任何改动,不需要申请"
    if ChangeRequest.objects.waiting().filter(target=wanted.target).exists():
        return OPEN_ALREADY
    return ""


def ask_change(*, wanted: Wanted, reason: str, by: User) -> ChangeRequest:
    """Put a change before a second person; nothing happens yet. One thing has one open request."""
    if not by.has_perm("core.ask_change"):
        raise PermissionDenied(f"{by}不能提出变更申请")
    if obstacle := obstacle_of(wanted):
        raise Refusal(obstacle)
    reason = _reason(reason, "reason")
    if not reason:
        raise Refusal("请写明申请理由")
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            return _stored(wanted, reason, by)
    except IntegrityError:
        raise Refusal(OPEN_ALREADY) from None


def confirm_change(*, request: ChangeRequest, by: User) -> ChangeRequest:
    """Stand behind somebody else's request and do what it says.

    1. The request is locked; whoever asked and whoever it concerns do not confirm it, here and in the database.
    2. What it changes must stand as it stood when it was asked for.
    3. The change and the decision commit together; the history names both people.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, change=str(request.pk), asked_by=request.asked_by_id):
        locked = _lock(request, "confirm", by, "")
        kind = kind_of(locked)
        if dict(kind.stands(locked)) != locked.stood:
            raise Refusal("提出申请以后,这里的内容已被另外改动。请不同意这份申请,由申请人按现在的内容重新提出")
        locked.account = _applied(kind, locked)
        locked.confirm()
        return _decided(locked, by, "")


def reject_change(*, request: ChangeRequest, reason: str, by: User) -> ChangeRequest:
    reason = _reason(reason, "decision_reason")
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        locked = _lock(request, "reject", by, reason)
        locked.reject()
        return _decided(locked, by, reason)


def withdraw_change(*, request: ChangeRequest, by: User) -> ChangeRequest:
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = _lock(request, "withdraw", by, "")
        locked.withdraw()
        return _decided(locked, by, "")


def acknowledge_change(*, request: ChangeRequest, by: User) -> None:
    """The person concerned has read what was done to their account; only they can say so, once."""
    ChangeRequest.objects.to_be_told(by).filter(pk=request.pk).update(told_at=Now())


def done_by_the_server(*, wanted: Wanted, reason: str) -> ChangeRequest:
    """A change by somebody at the server's own keyboard, for the beginning and for when nobody is left to confirm.
    Done at once and in the same log; the caller's transaction holds it."""
    request = _stored(wanted, _reason(reason, "reason"), None)
    request.account = _applied(kind_of(request), request)
    request.confirm()
    return _decided(request, None, "")


def half_of_password(request: ChangeRequest, person: User) -> str:
    """The half of a first password that this person may pass on; '' for everybody else, and once it is no longer used.

    Whoever asked knows the first half, whoever confirmed the second: neither can sign in as the person. Both follow
    from the portal's secret, so they are stored nowhere.
    """
    if not (request.is_confirmed and request.account and kind_of(request).gives_password):
        return ""
    if not request.account.must_change_password or _is_older(request):
        return ""
    sides = {request.asked_by_id: "first", request.decided_by_id: "second"}
    return half(request, sides[person.pk]) if person.pk in sides else ""


def first_password(request: ChangeRequest) -> str:
    return f"{half(request, 'first')}-{half(request, 'second')}"


def half(request: ChangeRequest, side: str) -> str:
    digest = salted_hmac("core.identity.changes", f"{request.pk}:{side}", algorithm="sha256").digest()
    letters = "".join(READABLE[byte % len(READABLE)] for byte in digest[:8])
    return f"{letters[:4]}-{letters[4:]}"


def _is_older(request: ChangeRequest) -> bool:
    """A later request gave the account another first password."""
    codes = [kind.code for kind in house().answers_to(KINDS) if kind.gives_password]
    later = ChangeRequest.objects.filter(account=request.account, kind__in=codes, decided_at__gt=request.decided_at)
    return bool(later.exists())


def _reason(text: str, column: str) -> str:
    """Put right, and no longer than its column holds."""
    reason = checked(text, "理由", lines=True)
    kept: Any = ChangeRequest._meta.get_field(column)
    longest = kept.max_length
    if len(reason) > longest:
        raise Refusal([Fault(f"理由有{len(reason)}字", expected=f"不超过{longest}字")])
    return reason


def _stored(wanted: Wanted, reason: str, by: User | None) -> ChangeRequest:
    return ChangeRequest.objects.create(
        kind=wanted.kind,
        target=wanted.target,
        account=wanted.account,
        wanted=dict(wanted.values),
        stood=dict(wanted.stood),
        lines=[list(line) for line in wanted.lines],
        reason=reason,
        asked_by=by,
    )


def _lock(request: ChangeRequest, move: str, by: User, reason: str) -> ChangeRequest:
    locked: ChangeRequest = ChangeRequest.objects.select_for_update().get(pk=request.pk)
    TRANSITIONS.check(locked, move, by=by, reason=reason)
    return locked


def _applied(kind: ChangeKind, request: ChangeRequest) -> User | None:
    try:
        with transaction.atomic():
            return kind.apply(request)
    except ValidationError as error:
        raise Refusal([Fault(message) for message in error.messages]) from None


def _decided(request: ChangeRequest, by: User | None, reason: str) -> ChangeRequest:
    request.decided_by, request.decided_at, request.decision_reason = by, Now(), reason
    request.save(update_fields=["account", "status", "decided_by", "decided_at", "decision_reason"])
    request.refresh_from_db()
    return request
