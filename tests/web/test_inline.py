"""No page carries a script or a style of its own, nor a number as the database stores it: the content policy would stop
the first two without a word, people read the third. Sources are read, and every address is asked by every role."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory

from core.views import errors
from dev.sizes import label, modules, templates
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin
from tests.web.portal import build_portal
from tests.web.test_access import SESSION
from tests.web.world import ROLES, World, every_name

WORKERS = ("window", "county", "city_platform", "bureau")

# Print layouts: the PDF renderer reads their stylesheet, no browser does.
PRINTED = {"templates/documents/letter.html", "templates/documents/bulletin.html"}
# Python that names the tag without writing it into a page.
NAMED_ONLY = {"core/paper/punctuation.py": "skips stylesheets when it looks for punctuation"}

INLINE = re.compile(
    r"<script\b(?![^>]*\bsrc=)|<style\b|\s(?:on[a-z]+|style)\s*=\s*[\"'\\{]|\bjavascript:", re.IGNORECASE
)
STORED = re.compile(r"(?<![0-9A-Za-z.:])\d+\.\d{6}(?![0-9A-Za-z])")
KEPT = {"script", "style"}


class Reading(HTMLParser):
    """What a page has inline, and the numbers in it that are printed as stored."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on") or "javascript:" in (value or "").lower():
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        self.found += STORED.findall(data)


def inline_in(page: str) -> list[str]:
    reading = Reading()
    reading.feed(page)
    reading.close()
    return reading.found


@pytest.mark.parametrize(
    "page",
    [
        "<p><script>go()</script>",
        "<STYLE>p {}</STYLE>",
        "<p style='color:red'>",
        '<a href="JavaScript:go()">',
        "<p onclick=go()>",
        "<td>94.500000分</td>",
    ],
)
def test_what_is_inline_is_seen(page: str) -> None:
    assert len(inline_in(page)) == 1


def test_what_is_allowed_is_let_through():
    assert (
        inline_in('<script src="/a.js" defer></script><link rel="stylesheet" href="/a.css"><p class="on">9.5</p>') == []
    )


def test_no_template_has_anything_inline():
    found = {label(path) for path in templates() if INLINE.search(path.read_text(encoding="utf-8"))}

    assert len(templates()) > 100
    assert found == PRINTED


def strings_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_python_writes_nothing_inline():
    found = {label(path) for path in modules() if any(map(INLINE.search, strings_of(path)))}

    assert len(modules()) > 300
    assert found == NAMED_ONLY.keys()


@pytest.fixture
def world(db, settings, tmp_path) -> World:
    """A portal with a row in every list; the bulletin that the desk opens is a draft, for its form."""
    settings.MEDIA_ROOT = tmp_path
    world = build_portal(1)
    draft = Bulletin.objects.get(status=BulletinStatus.DRAFT)
    return replace(world, samples=world.samples | {"desk_bulletin": [draft.pk]})


def looked_at(response) -> list[str] | None:
    """What is inline in a page; None for what is no page."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and response.status_code not in (
        301,
        302,
    )
    return inline_in(response.content.decode()) if is_page else None


def faults(pages: Iterator[tuple[str, list[str] | None]]) -> dict[str, list[str]]:
    """What is inline, by page; there must be pages to look at."""
    found = {name: inline for name, inline in pages if inline is not None}
    assert len(found) > 100
    return {name: inline for name, inline in found.items() if inline}


def test_no_page_has_anything_inline(world):
    """One world for all roles: building it takes as long as reading it."""
    clients = {role: world.client(role) for role in ROLES}
    pages = ((f"{name} {role}", clients[role].get(world.address(name))) for role in ROLES for name in every_name())

    assert faults((page, looked_at(answer)) for page, answer in pages) == {}


def test_no_page_that_answers_a_form_has_anything_inline(world):
    """Forms sent empty come back with their faults."""
    clients, names = {role: world.client(role) for role in WORKERS}, sorted(set(every_name()) - SESSION)
    asked = ((name, role) for role in WORKERS for name in names)

    assert faults((f"{name} {role}", sent_empty(clients[role], world.address(name))) for name, role in asked) == {}


def sent_empty(client: Client, address: str) -> list[str] | None:
    """What is inline in the answer; whatever the form wrote is taken back."""
    with transaction.atomic():
        found = looked_at(client.post(address))
        transaction.set_rollback(True)
    return found


def test_no_error_page_has_anything_inline(bureau):
    cache.clear()
    client = Client(enforce_csrf_checks=True)
    wrong = {"login": bureau.username, "password": "错误的密码"}
    request = RequestFactory().get("/")
    answers = [
        errors.bad_request(request, Exception()),
        errors.server_error(request),
        client.get("/no-such-page/"),
        client.post("/accounts/login/", wrong),
        *[Client().post("/accounts/login/", wrong) for _ in range(6)][-1:],
    ]

    assert [answer.status_code for answer in answers] == [400, 500, 404, 403, 429]
    assert [looked_at(answer) for answer in answers] == [[]] * len(answers)
