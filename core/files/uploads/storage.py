"""Keeping handed-in bytes: under their digest, outside the web root, never half-written."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from core.characters import read_back
from core.choices import Shelf
from core.errors import Refusal
from core.files.checking import look_at
from core.files.intact import open_intact, place_of
from core.models import Attachment, User

NO_ROOM = "服务器暂时无法保存文件(磁盘空间可能不足),文件未被接收;请稍后再试或联系系统管理员"
_NAME_LENGTH = 120


def store(*, name: str, content: bytes, media_type: str, by: User) -> Attachment:
    """Write the bytes (temp file, fsync, rename) and record them. The row comes after the file, so a row always has its
    file; a file without a row is harmless and the next upload of the same bytes reuses it. One that is damaged is
    written anew."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        _write(sha256, content)
    except OSError:
        raise Refusal(NO_ROOM) from None
    return Attachment.objects.create(
        sha256=sha256, name=shown_name(name), media_type=media_type, size=len(content), uploaded_by=by
    )


def open_stored(attachment: Attachment) -> BinaryIO:
    """`Damaged` if the bytes are not those that were stored."""
    return open_intact(attachment.sha256)


def _write(sha256: str, content: bytes) -> None:
    if not look_at(Shelf.UPLOAD, sha256).is_damaged:
        return
    path = place_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def shown_name(name: str) -> str:
    """The name people see: no path, no control or direction marks, short; only shown, never used to find the file."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return read_back(base)[-_NAME_LENGTH:] or "未命名"
