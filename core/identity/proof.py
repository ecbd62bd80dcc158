"""What a session has proved: that a factor of its account was given in it, since the account last changed its factors.
The account's `session_epoch` stands for the enrolment: the database raises it with every factor that comes or goes."""

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.signals import authenticator_used
from django.contrib.auth import HASH_SESSION_KEY, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from core.models import User

_PROOF = "second_factor"
_HALF_OPEN = "half_open"


def has_proved(request: HttpRequest, user: User) -> bool:
    """Whether a factor was given in this session, for this account and its present enrolment."""
    mark = request.session.get(_PROOF) or {}
    return (mark.get("user"), mark.get("epoch")) == (user.pk, user.session_epoch)


def remember_proof(request: HttpRequest, user: User, **_: object) -> None:
    request.session[_PROOF] = {"user": user.pk, "epoch": user.session_epoch, "at": int(time.time())}


authenticator_used.connect(remember_proof, dispatch_uid="core.identity.proof")


def leave_half_open(request: HttpRequest, user: User) -> None:
    """The password was right and a code may follow: it counts for as long as the account stays as it is."""
    request.session[_HALF_OPEN] = user.get_session_auth_hash()


def is_still_half_open(request: HttpRequest, user: User) -> bool:
    return constant_time_compare(request.session.get(_HALF_OPEN, ""), user.get_session_auth_hash())


class ChangesFactors:
    """A page on which a factor comes or goes. Whoever does it stays, their other sessions are over (the trigger of
    `core.models.SecondFactor`); a session that was over a moment earlier changes nothing."""

    request: HttpRequest
    proves = False

    def form_valid(self, form: object) -> HttpResponse:
        was_proved = self.proves or has_proved(self.request, cast(User, self.request.user))
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=cast(User, self.request.user).pk)
            if not constant_time_compare(self.request.session[HASH_SESSION_KEY], user.get_session_auth_hash()):
                logout(self.request)
                return redirect("account_login")
            answer = cast(Callable[[Any], HttpResponse], super().form_valid)(form)  # type: ignore[misc]
        self._go_on(is_proved=was_proved)
        return answer

    def _go_on(self, *, is_proved: bool) -> None:
        user = cast(User, self.request.user)
        user.refresh_from_db(fields=["session_epoch"])
        update_session_auth_hash(self.request, user)
        if is_proved:
            remember_proof(self.request, user)
