"""Characters that no file can hold or no font prints: stored from before, they break no page and no document; typed
into a search box or an address, they are left out."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from platforms.models import Platform
from tests.web.knocking import Visitor
from tests.web.states import SENT, STATES
from tests.web.world import World, build_world, every_name

# A control character, a mark that turns the direction, no character, a character of no font, a letter with its accent
# apart, one for private use.
STORED = "\x0b\x1b\x85\u202e\u2028\uffff\ufdd0\U00020003e\u0301\ue000\U0001f600"
ASKED = "\x00\x0b\u202e\uffff\U00020003\ud800"


@pytest.fixture
def world(site, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(site)


def store_everywhere(world: World) -> None:
    """By the owner's role and past every check, as a table from before would have it."""
    for platform in world.site.platforms:
        Platform.objects.filter(pk=platform.pk).update(
            name=f"旧{STORED}平台{platform.pk}",
            contact_person=f"张{STORED}三",
            contact_phone=STORED,
            service_field=STORED,
        )


@pytest.mark.parametrize("role", ["window", "county", "bureau", "auditor"])
def test_what_is_stored_from_before_breaks_no_page_and_no_file(world, role):
    store_everywhere(world)
    client, broken = world.client(role), []
    client.raise_request_exception = False
    for name in every_name():
        response = client.get(world.address(name))
        if response.status_code >= 500:
            broken.append(f"{name}: {response.status_code}")
    assert not broken


@pytest.mark.parametrize("role", ["anonymous", "window", "bureau"])
def test_what_is_asked_of_an_address_breaks_no_page(world, role):
    """All at once, and each alone where a page reads it: one that refuses the first would hide the next."""
    client, broken = world.client(role), []
    client.raise_request_exception = False
    typed = quote(ASKED, errors="surrogatepass")
    words = ("q", "year", "period", "platform", "type", "state", "role__exact", "o", "p", "page", "against")
    for name in every_name():
        for asked in ("&".join(f"{word}={typed}" for word in words), f"q={typed}", f"type={typed}", f"page={typed}"):
            response = client.get(f"{world.address(name)}?{asked}")
            if response.status_code >= 500:
                broken.append(f"{name}: {response.status_code} for ?{asked[:4]}")
    assert not broken


TEXTS = ("reason", "text", "problems", "requirements", "remark", "name", "A13.remark")
ODD_TEXTS = {**SENT, "kind": "note", **dict.fromkeys(TEXTS, "演\x0b示\U00020003")}
FOUND = "\x0b|\U00020003|\\\\u000b"  # as it is, or as JSON writes it


GIVEN_BACK = {"core_keptform"}
"""What could not be taken goes back to whoever typed it, as it was typed, and to nobody else."""
STEPPING = ("window", "county", "city_platform", "bureau")


def look_for_odd_rows(tables: set[str]) -> None:
    """Every column of every row of what was written, the texts inside JSON too."""
    with connection.cursor() as cursor:
        for table in tables - GIVEN_BACK:
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t WHERE t::text ~ %s", [FOUND])
            assert cursor.fetchall() == [], table


def test_nothing_odd_that_is_sent_is_stored(world):
    """In the usual state and in every other, by everybody who takes steps, under every name that a page reads a text
    by."""
    visitors, written = [Visitor(world, role) for role in STEPPING], 0

    def knock(name: str, arguments: list[Any]) -> None:
        nonlocal written
        for visitor in visitors:
            found = visitor.knock("POST", name, arguments, ODD_TEXTS, look=look_for_odd_rows)
            written += found.endswith("+")

    for name in every_name():
        knock(name, world.samples.get(name, []))
    for state in STATES:
        with transaction.atomic():
            for label, arguments in state.reach(world).items():
                knock(label.partition(" ")[0], arguments)
            transaction.set_rollback(True)
    assert written > 10, "what asks for no text was stored"
