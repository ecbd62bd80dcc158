"""Changes to accounts that touch more than the account's own row; the record of damaged files."""

from collections.abc import Iterable

import pghistory
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from core.files.checking import Looked
from core.models import DamagedFile, User


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


def record_look(looked: Iterable[Looked], *, is_complete: bool = False) -> None:
    """Put damages on record, each file once however often it is found.

    A file on record that was looked at and is sound, or that a complete look does not name, is mended.
    """
    files = {(each.shelf, each.sha256): each for each in looked}
    damaged = {key: each for key, each in files.items() if each.is_damaged}
    with transaction.atomic():
        standing = {(row.shelf, row.sha256): row.pk for row in DamagedFile.objects.filter(mended_at=None)}
        mended = [pk for key, pk in standing.items() if key not in damaged and (is_complete or key in files)]
        DamagedFile.objects.filter(pk__in=mended, mended_at=None).update(mended_at=Now())
        rows = [DamagedFile(shelf=each.shelf, sha256=each.sha256, found=each.found) for each in damaged.values()]
        DamagedFile.objects.bulk_create(rows, ignore_conflicts=True)
