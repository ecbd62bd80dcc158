"""Uploads before anybody has judged them: on disk under a random name in a closed folder, gone with the request."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from core.errors import Refusal
from core.files.uploads.gate import MAX_BYTES
from core.files.uploads.quarantine import QuarantinedFile, read_upload
from tests.corpus.documents import EICAR


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "quarantine"


def received(name: str, content: bytes):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile(name, content)})
    return request, request.FILES["file"]


def test_every_upload_lands_under_a_random_name_that_nobody_else_may_read(folder):
    _, upload = received("../../年度总结.docx", b"few bytes")
    assert isinstance(upload, QuarantinedFile)
    (kept,) = folder.iterdir()
    assert "总结" not in kept.name and kept.name.endswith(".upload")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_upload(upload) == ("年度总结.docx", b"few bytes")


def test_nothing_is_left_when_the_request_ends(folder):
    request, _ = received("总结.docx", b"few bytes")
    request.close()
    assert list(folder.iterdir()) == []


def test_an_oversized_file_is_refused_unread(folder, monkeypatch):
    _, upload = received("总结.docx", b"few bytes")
    upload.size = MAX_BYTES + 1
    monkeypatch.setattr(QuarantinedFile, "read", property(lambda _: pytest.fail("was read")), raising=False)
    with pytest.raises(Refusal, match="超过20MB"):
        read_upload(upload)


def test_what_the_scanner_refuses_never_leaves_the_quarantine(folder, settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    _, upload = received("总结.docx", b"few bytes")
    with pytest.raises(Refusal, match="未被接收"):
        read_upload(upload)


def test_the_test_virus_is_refused_at_every_upload_and_raises_the_alarm(folder, caplog):
    _, upload = received("表.csv", "企业名称\r\n".encode() + EICAR)
    with pytest.raises(Refusal, match="病毒特征"):
        read_upload(upload)
    assert "upload refused" in caplog.text


def test_two_files_in_one_field_are_not_taken_for_one(folder):
    files = [SimpleUploadedFile(name, b"few bytes") for name in ("甲.docx", "乙.docx")]
    request = RequestFactory().post("/", {"file": files})
    with pytest.raises(BadRequest):
        _ = request.FILES
    assert list(folder.iterdir()) == []
