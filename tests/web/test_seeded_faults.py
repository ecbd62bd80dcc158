"""Each check taken away in turn is noticed by the same knocks that hold the tables."""

import pytest

from tests.web.knocking import Visitor
from tests.web.seeded_faults import SEEDED
from tests.web.test_every_knock import differences_at, visitors_to
from tests.web.world import World, build_world


@pytest.fixture
def world(site, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(site)


def test_there_are_at_least_twelve_and_no_two_alike():
    assert len({seeded.name for seeded in SEEDED}) == len(SEEDED) >= 12


def test_each_is_caught(world):
    """The control: without the fault, the same knock agrees with the table."""
    visitors: list[Visitor] = visitors_to(world)
    missed = []
    for seeded in SEEDED:
        assert differences_at(world, visitors, seeded.knock, seeded.address) == [], seeded.name
        with seeded.fault():
            if not differences_at(world, visitors, seeded.knock, seeded.address):
                missed.append(seeded.name)
    assert missed == []
