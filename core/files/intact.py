"""Stored bytes are given out only if they are what their digest says: every reader of a kept file asks here.

Each reading compares, because a byte can turn after the last comparison too; it costs far less than fetching the bytes
did. Whoever finds a damage gives nothing out, says so in the log and has the worker put it on record."""

import hashlib
import logging
from pathlib import Path
from typing import BinaryIO

from celery import current_app
from django.conf import settings
from django.db import DataError, InternalError
from kombu.exceptions import OperationalError

from core.choices import Shelf
from core.errors import Unequipped
from core.models import SealedFile

logger = logging.getLogger(__name__)

UNREADABLE = (DataError, InternalError)
"""What PostgreSQL raises when a stored value cannot be put together any more."""
_TOLD_AT_MOST = 1000
_told: set[tuple[Shelf, str]] = set()


class Damaged(Unequipped):
    """The bytes are not those that were stored. Nothing can be done with them until they are restored from a backup."""

    def __init__(self, shelf: Shelf, sha256: str) -> None:
        super().__init__(
            f"{shelf.label}(摘要{sha256[:12]}…)与保存时不一致或已丢失,已停止使用;请系统管理员从备份恢复这份文件"
        )
        self.shelf, self.sha256 = shelf, sha256


def sealed_bytes(file: SealedFile) -> bytes:
    """The content of a sealed file, compared with its digest; `Damaged` if they differ."""
    try:
        content = bytes(file.content)
    except UNREADABLE:
        raise _damaged(Shelf.SEALED, file.sha256) from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _damaged(Shelf.SEALED, file.sha256)
    return content


def open_intact(sha256: str) -> BinaryIO:
    """An upload, open at its beginning, after all of it was compared with its digest; `Damaged` if they differ."""
    try:
        file = place_of(sha256).open("rb")
    except OSError:
        raise _damaged(Shelf.UPLOAD, sha256) from None
    try:
        is_intact = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        file.seek(0)
    except OSError:
        is_intact = False
    if not is_intact:
        file.close()
        raise _damaged(Shelf.UPLOAD, sha256)
    return file


def place_of(sha256: str) -> Path:
    """Where an upload lies: under its digest, outside the web root."""
    return Path(settings.MEDIA_ROOT) / "attachments" / sha256[:2] / sha256


def _damaged(shelf: Shelf, sha256: str) -> Damaged:
    """Say it once per process. A message, because whoever reads may write nothing; if it is lost, the nightly check
    finds the same."""
    if (shelf, sha256) not in _told and len(_told) < _TOLD_AT_MOST:
        _told.add((shelf, sha256))
        logger.error("stored file damaged, not given out: %s %s", shelf.value, sha256)
        try:
            current_app.send_task("core.tasks.note_damage", args=[shelf.value, sha256], retry=False)
        except (OperationalError, OSError) as error:
            logger.warning("the damage waits for the nightly check, the broker did not answer: %s", error)
    return Damaged(shelf, sha256)
