"""Every page behind the sign-in that no other browser test opens, by the first role that may: nothing that the policy
forbids, nothing that axe finds, nothing wider than a phone."""

import re

import pytest

from tests.browser.test_desk import found_by_axe
from tests.browser.test_workspace import sign_in
from tests.web.access import EXPECTED
from tests.web.desk.test_access import GET
from tests.web.portal import build_portal
from tests.web.world import ROLES, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READERS = ("bureau", "city_platform", "county", "window")
OPENED_ELSEWHERE = GET.keys()  # test_desk.py, on a year's data
NO_PAGES = {
    "desk_consequences_letter",
    "desk_evidence_file",
    "desk_reminder_workbook",
    "desk_summary_stamped",
    "my_evidence",
    "my_submission_document",
    "my_summary_file",
    "my_summary_outline",
    "my_summary_stamped",
    "my_summary_text",
}


def opened_by(role: str) -> list[str]:
    """What answers this role with a page, and none of those before it; the admin's own pages stand in GET."""
    before = READERS[: READERS.index(role)]
    return [
        name
        for name, answers in EXPECTED.items()
        if name.startswith(("desk_", "my_"))
        and name not in OPENED_ELSEWHERE | NO_PAGES
        and answers[ROLES.index(role)] == "200"
        and not any(answers[ROLES.index(other)] == "200" for other in before)
    ]


@pytest.fixture
def portal(transactional_db, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_portal(2)


def test_nothing_is_found_on_any_page(live_server, portal, desktop, complaints):
    assert sum(len(opened_by(role)) for role in READERS) > 30
    found: dict[str, object] = {}
    for role in READERS:
        desktop.context.clear_cookies()
        sign_in(desktop, live_server, portal.people[role])
        desktop.wait_for_url(re.compile(f"{live_server.url}/(admin|my)/.*"))
        for name in opened_by(role):
            complaints.clear()  # axe itself makes the policy complain
            desktop.set_viewport_size({"width": 390, "height": 844})
            answer = desktop.goto(live_server.url + portal.address(name))
            assert answer is not None and answer.status == 200, name
            width = desktop.evaluate("document.documentElement.scrollWidth")
            seen = [*complaints, *([f"{width} wide"] if width > 390 else [])]
            desktop.set_viewport_size({"width": 1366, "height": 768})
            seen += found_by_axe(desktop)
            found |= {name: seen} if seen else {}
    assert found == {}
