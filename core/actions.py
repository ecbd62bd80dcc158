"""The record of damaged files."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Now

from core.files.checking import Looked
from core.models import DamagedFile


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
