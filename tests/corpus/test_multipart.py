"""Requests that are not what a browser sends when it uploads a file: each is answered as the sender's mistake, in
Chinese, and nothing is handed in."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.utils import timezone

from core.files import turns
from core.files.uploads.gate import MAX_BYTES
from core.models import User
from core.typed.pages import signed_page
from evaluation.summaries.models import AnnualSummary
from tests.core.files.uploads.build import docx_bytes
from tests.factories import MembershipFactory

ADDRESS = f"/my/summaries/{timezone.localdate().year}/"
BOUNDARY = "edge"
NO_FILE = "请选择要上传的文件"
NOT_UNDERSTOOD = "请求无法识别"
WHOSE_PAGE = "没有提交"  # what is no form of a page of ours does not say whose it is


def part(head: str, body: bytes = b"") -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n"


def file_part(body: bytes, name: str = "总结.docx", more: str = "") -> bytes:
    return part(f'name="file"; filename="{name}"{more}', body)


END = f"--{BOUNDARY}--\r\n".encode()
MANY_FILES = b"".join(part(f'name="f{n}"; filename="a"') for n in range(1000))
FORM = f"multipart/form-data; boundary={BOUNDARY}"
CASES = {
    "no file name": (FORM, lambda: part('name="file"', docx_bytes()) + END, NO_FILE),
    "an empty file name": (FORM, lambda: file_part(docx_bytes(), "") + END, NO_FILE),
    "an empty field": (FORM, lambda: part('name="file"') + END, NO_FILE),
    "an empty file": (FORM, lambda: file_part(b"") + END, "文件是空的"),
    "another field": (FORM, lambda: part('name="other"; filename="总结.docx"', docx_bytes()) + END, NO_FILE),
    "no parts at all": (FORM, lambda: END, NO_FILE),
    "an empty body": (FORM, lambda: b"", NO_FILE),
    "two files in one field": (FORM, lambda: file_part(docx_bytes()) * 2 + END, NOT_UNDERSTOOD),
    "a name of 300 characters": (FORM, lambda: file_part(docx_bytes(), "长" * 295 + ".docx") + END, "文件名过长"),
    "a body cut short": (FORM, lambda: file_part(docx_bytes())[:-3000], NO_FILE),
    "one byte over the limit": (FORM, lambda: file_part(bytes(MAX_BYTES + 1)) + END, "文件超过20MB"),
    "a field over the limit": (FORM, lambda: part('name="note"', b"x" * (2 * 1024 * 1024 + 1)) + END, NOT_UNDERSTOOD),
    "10,000 fields": (FORM, lambda: part('name="note"', b"x") * 10_000 + END, NOT_UNDERSTOOD),
    "1,000 files": (
        FORM,
        lambda: b"".join(part(f'name="f{n}"; filename="a"') for n in range(1000)) + END,
        NOT_UNDERSTOOD,
    ),
    "no boundary": ("multipart/form-data", lambda: file_part(docx_bytes()) + END, NOT_UNDERSTOOD),
    "another boundary": ("multipart/form-data; boundary=other", lambda: file_part(docx_bytes()) + END, NO_FILE),
    "the document itself": ("application/octet-stream", docx_bytes, NO_FILE),
    "JSON": ("application/json", lambda: b'{"file": "x"}', NO_FILE),
    "plain form": ("application/x-www-form-urlencoded", lambda: b"file=x", NO_FILE),
    "a set of characters that is none": (
        "application/x-www-form-urlencoded; charset=utf-99",
        lambda: b"file=x",
        f"{NO_FILE}|{NOT_UNDERSTOOD}",
    ),
    "text that is no base64": (
        FORM,
        lambda: file_part(b"\xff!").replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1) + END,
        NOT_UNDERSTOOD,
    ),
}


@pytest.fixture
def window(db, settings, tmp_path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(
        MembershipFactory.create(platform__code="CNT-08").user, backend="core.identity.roles.RoleBackend"
    )
    return client


def opened(client: Client, content_type: str, body: bytes) -> bytes:
    """The body as a form of a page that this person has just opened sends it: whose page it is stands first. What is no
    form cannot say so."""
    if content_type != FORM or not body:
        return body
    user = get_user(client)
    assert isinstance(user, User)
    return part('name="page_of"', signed_page(RequestFactory().get(ADDRESS), user).encode()) + body


@pytest.mark.parametrize("case", CASES)
def test_odd_requests_are_refused_in_chinese(window, case):
    content_type, body, words = CASES[case]
    answer = window.generic("POST", ADDRESS, opened(window, content_type, body()), content_type=content_type)
    assert 400 <= answer.status_code < 500
    page = answer.content.decode()
    assert re.search(f"{words}|{WHOSE_PAGE}", page), re.sub(r"\s+|<[^>]*>", " ", page)[-1500:]
    assert not AnnualSummary.objects.exists()


def test_whoever_finds_no_turn_is_told_on_the_page_and_nothing_is_kept(window, monkeypatch):
    full = replace(turns.queue, at_once=0, waiting=0)
    monkeypatch.setattr(turns, "queue", full)
    body = opened(window, FORM, file_part(docx_bytes()) + END)
    answer = window.generic("POST", ADDRESS, body, content_type=FORM)
    assert "现在上传的人较多" in answer.content.decode()
    assert not AnnualSummary.objects.exists()
    monkeypatch.setattr(turns, "queue", replace(full, at_once=1))
    assert window.generic("POST", ADDRESS, body, content_type=FORM).status_code == 302


def test_the_type_that_a_part_gives_itself_is_not_believed(window):
    body = file_part(docx_bytes()).replace(b"\r\n\r\n", b"\r\nContent-Type: text/html\r\n\r\n", 1) + END
    body = opened(window, FORM, body)
    assert window.generic("POST", ADDRESS, body, content_type=FORM).status_code == 302
    assert AnnualSummary.objects.get().attachment.media_type.endswith("wordprocessingml.document")
