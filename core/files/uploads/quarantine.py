"""Where an upload lands while nobody has judged it: a closed folder, under a random name, never under its own. Reading
it is the only way out: by then its size is known and the scanner, if there is one, has passed it."""

import logging
import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest

from core.errors import Refusal
from core.files.uploads.gate import MAX_BYTES
from core.files.uploads.scanner import scan
from core.files.uploads.storage import NO_ROOM, shown_name

logger = logging.getLogger(__name__)


class QuarantinedFile(TemporaryUploadedFile):
    """Bytes on disk that vanish when the request ends."""

    def __init__(self, name: Any, content_type: Any, size: int, charset: str | None, extra: Any = None) -> None:
        folder = Path(settings.MEDIA_ROOT) / "quarantine"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115  closed with the upload
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)


class LostFile(UploadedFile):  # type: ignore[type-arg]
    """In the place of an upload for which there was no room. The form that asked for it says so."""


class QuarantineHandler(TemporaryFileUploadHandler):
    """Streams every upload, however small, into the quarantine. No form of ours takes two files in one field; of two
    that were sent all the same, one would be taken and the other silently dropped."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._fields: set[str] = set()

    def new_file(self, *arguments: Any, **options: Any) -> None:
        FileUploadHandler.new_file(self, *arguments, **options)
        if self.field_name in self._fields:
            raise BadRequest("two files in one field")
        self._fields.add(self.field_name)
        try:
            self.file = QuarantinedFile(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        except OSError as error:
            self._lose(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """What comes after the disk is full is read and dropped, so that the rest of the form arrives."""
        if isinstance(self.file, LostFile):
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._lose(error)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        try:
            self.file.seek(0)
        except OSError as error:  # the last bytes were still on their way to the disk
            self._lose(error)
        self.file.size = file_size
        received: UploadedFile[Any] = self.file
        return received

    def _lose(self, error: OSError) -> None:
        """Give the room back at once."""
        logger.error("no room for an upload: %s", error)
        if hasattr(self, "file"):
            with suppress(OSError):  # the file goes with its handle, its last bytes need not be written
                self.file.close()
        about = (self.content_type, 0, self.charset, self.content_type_extra)
        self.file: Any = LostFile(BytesIO(), self.file_name, *about)


def read_upload(upload: "UploadedFile[Any]") -> tuple[str, bytes]:
    """Name and bytes for the gate. An oversized file is refused unread, one that the scanner knows is refused by
    name."""
    if isinstance(upload, LostFile):
        raise Refusal(NO_ROOM)
    if (upload.size or 0) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB,不予接收")
    upload.seek(0)
    content = upload.read()
    scan(content)
    return shown_name(upload.name or ""), content
