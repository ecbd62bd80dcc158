"""Looking through everything that is stored, one file in memory at a time at most, and naming what is damaged."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from core.choices import Shelf
from core.files.intact import UNREADABLE, place_of
from core.models import Attachment, SealedFile

_TOGETHER = 50

# The database hashes where the bytes lie: nothing is sent. It reads one value at a time.
_DIGESTS = """
    SELECT sha256, encode(sha256(content), 'hex') FROM core_sealedfile
     WHERE sha256 > %s ORDER BY sha256 LIMIT %s
"""
_DIGEST = "SELECT encode(sha256(content), 'hex') FROM core_sealedfile WHERE sha256 = %s"


@dataclass(frozen=True)
class Looked:
    """One file that was looked at; `found` is the digest that its bytes have now, '' if there are none to be read."""

    shelf: Shelf
    sha256: str
    found: str

    @property
    def is_damaged(self) -> bool:
        return self.found != self.sha256


def count_stored() -> int:
    return SealedFile.objects.count() + Attachment.objects.values("sha256").distinct().count()


def look_at(shelf: Shelf, sha256: str) -> Looked:
    """One file, now."""
    return Looked(shelf, sha256, _sealed_digest(sha256) if shelf == Shelf.SEALED else _upload_digest(sha256))


def look_through() -> Iterator[Looked]:
    """Every sealed file, then every upload, each by its digest. Called outside a transaction: a value that cannot be
    read would end it."""
    last = ""
    while digests := _some_digests(last):
        for sha256, found in digests:
            yield Looked(Shelf.SEALED, sha256, found)
        last = digests[-1][0]
    uploads = Attachment.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    for sha256 in uploads.iterator(chunk_size=_TOGETHER * 10):
        yield look_at(Shelf.UPLOAD, sha256)


def _some_digests(after: str) -> list[tuple[str, str]]:
    """The next ones in the order of their digests; one by one where one of them cannot be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_DIGESTS, [after, _TOGETHER])
            return list(cursor.fetchall())
    except UNREADABLE:
        names = SealedFile.objects.filter(sha256__gt=after).order_by("sha256").values_list("sha256", flat=True)
        return [(sha256, _sealed_digest(sha256)) for sha256 in names[:_TOGETHER]]


def _sealed_digest(sha256: str) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_DIGEST, [sha256])
            row = cursor.fetchone()
    except UNREADABLE:
        return ""
    return str(row[0]) if row else ""


def _upload_digest(sha256: str) -> str:
    try:
        with place_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
