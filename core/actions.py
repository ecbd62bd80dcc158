"""Changes to accounts that touch more than the account's own row."""

from collections.abc import Iterable

import pghistory
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from core.models import User


def clear_second_factors(*, accounts: Iterable[User], by: User) -> int:
    """For people who lost their phone: every factor and recovery code goes, and every session ends. Returns how many
    accounts had one; the history names who did it."""
    with transaction.atomic(), pghistory.context(user=by.pk, step="清除二次验证"):
        people = [account.pk for account in accounts]
        factors = Authenticator.objects.filter(user_id__in=people)
        cleared = int(factors.values("user_id").distinct().count())
        factors.delete()
        User.objects.filter(pk__in=people).update(session_epoch=F("session_epoch") + 1)
    return cleared
