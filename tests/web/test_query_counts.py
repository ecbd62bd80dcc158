"""Every page asks the database as much for one row as for three: all addresses, by whoever may see them."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.web.access import EXPECTED
from tests.web.portal import build_portal
from tests.web.world import ROLES, World

READERS = ("anonymous", "window", "bureau")
# Not there in the portal of the table of answers, but there in this one.
FILLED = {
    "consequences_of_year": "anonymous",
    "desk_consequences_letter": "bureau",
    "desk_preview_figures": "bureau",
    "desk_preview_recognitions": "bureau",
    "my_services_preview": "window",
}


def pages() -> dict[str, str]:
    """Each address that answers with a page, and the first of the readers who gets it."""
    found = dict(FILLED)
    for name, answers in EXPECTED.items():
        for role in READERS:
            if answers[ROLES.index(role)] == "200":
                found.setdefault(name, role)
    return found


def counted(rows: int) -> dict[str, int]:
    """How many queries each page takes in a portal of this size, which is gone afterwards."""
    with transaction.atomic():
        world = build_portal(rows)
        found = {name: queries_of(world, name, role) for name, role in pages().items()}
        transaction.set_rollback(True)
    return found


def queries_of(world: World, name: str, role: str) -> int:
    client, address = world.client(role), world.address(name)
    client.get(address)  # content types and the like are read once and kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, name
    return len(queries)


def test_every_page_asks_as_much_for_three_rows_as_for_one(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one, three = counted(1), counted(3)
    assert {name: (one[name], three[name]) for name in one if one[name] != three[name]} == {}
