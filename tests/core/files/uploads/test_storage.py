"""Stored bytes: whole or not at all, under their digest, with a name that is only shown."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from core.errors import Refusal
from core.files.uploads import storage
from core.models import Attachment

CONTENT = b"%PDF-1.7 demonstration"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_bytes_come_back_and_nobody_else_can_read_them(bureau, media):
    attachment = storage.store(name="总结.pdf", content=CONTENT, media_type="application/pdf", by=bureau)
    with storage.open_stored(attachment) as file:
        assert file.read() == CONTENT
    (stored,) = files(media)
    assert stored.name == hashlib.sha256(CONTENT).hexdigest()
    assert stored.stat().st_mode & 0o077 == 0


def test_the_same_bytes_are_kept_once(bureau, media):
    for name in ("a.pdf", "b.pdf"):
        storage.store(name=name, content=CONTENT, media_type="application/pdf", by=bureau)
    assert len(files(media)) == 1
    assert Attachment.objects.count() == 2


def test_a_full_disk_leaves_neither_row_nor_partial_file(bureau, media, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refusal, match="磁盘空间"):
        storage.store(name="a.pdf", content=CONTENT, media_type="application/pdf", by=bureau)
    assert files(media) == []
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\总结.docx", "总结.docx"),
        ("a\x00b\u202efdp.exe", "abfdp.exe"),
        ("", "未命名"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_names_are_only_shown(bureau, media, name, shown):
    attachment = storage.store(name=name, content=CONTENT, media_type="application/pdf", by=bureau)
    assert attachment.name == shown
    assert files(media)[0].parent.parent == media / "attachments"
