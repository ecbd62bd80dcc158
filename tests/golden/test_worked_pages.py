"""What the desk, the county and a platform read in the golden year: every page, document and workbook behind the
sign-in says what its golden file says (tests/golden/golden.py)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.golden.golden import Golden, faults
from tests.golden.printing import printed
from tests.golden.year import Year
from tests.web.access import EXPECTED
from tests.web.world import BACKEND, ROLES, every_name

READERS = ("bureau", "city_platform", "window", "county")
WHOLE = {"admin:index", "my_home", "my_submissions"}
SENT_BACK = "the very bytes that were taken in"
EXCEPTIONS = {
    "admin:jsi18n": "a script",
    "admin:core_signin_change": "sign-ins are of the running day; tests/web/test_sign_in.py",
    "admin:core_signin_changelist": "sign-ins are of the running day; tests/web/test_sign_in.py",
    "admin:core_signin_history": "sign-ins are of the running day; tests/web/test_sign_in.py",
    "admin:core_signinfailure_change": "lockouts are of the running day; tests/web/test_limits.py",
    "admin:core_signinfailure_delete": "lockouts are of the running day; tests/web/test_limits.py",
    "admin:core_signinfailure_history": "lockouts are of the running day; tests/web/test_limits.py",
    "components": "the gallery; tests/web/test_components.py",
    "desk_evidence_file": SENT_BACK,
    "desk_summary_file": SENT_BACK,
    "desk_summary_stamped": SENT_BACK,
    "my_evidence": SENT_BACK,
    "my_summary_file": SENT_BACK,
    "my_summary_stamped": SENT_BACK,
    "my_services_job": "a job under way; tests/web/test_enterprises.py",
    "usersessions_list": "addresses and times of the run's own sessions",
}
# Where one page looks otherwise in another state: who reads it, and what the year calls the sample.
OTHER_STATES = (
    ("bureau", "desk_bulletin issued"),
    ("city_platform", "desk_check waiting"),
    ("bureau", "desk_check silent"),
    ("window", "my_submission locked"),
    ("bureau", "desk_consequences_letter rewards"),
    ("bureau", "desk_consequences_letter yellow-cards"),
    ("bureau", "desk_consequences_letter operator-replacements"),
)


def _answers(name: str, role: str) -> bool:
    row = EXPECTED[name]
    return row[ROLES.index(role)] == "200" and row[0] != "200" and name not in EXCEPTIONS


def read_by(role: str) -> list[str]:
    """A page is read by the first of the readers who may; a county reads all it may, for it sees its own places."""
    before = READERS[: READERS.index(role)] if role != "county" else ()
    names = [name for name in every_name() if _answers(name, role) and not any(_answers(name, one) for one in before)]
    return [*names, *(sample for reader, sample in OTHER_STATES if reader == role)]


def test_every_page_behind_the_sign_in_says_what_its_golden_file_says(year: Year) -> None:
    goldens = []
    for role in READERS:
        client, golden = Client(), Golden(role)
        client.force_login(year.people[role], backend=BACKEND)
        for sample in read_by(role):
            response = client.get(reverse(sample.partition(" ")[0], args=year.samples.get(sample, [])))
            assert response.status_code == 200, f"{role}: {sample}"
            name = sample.replace(":", ".").replace(" ", ".")
            golden.compare(name, printed(response, is_whole=sample in WHOLE))
        goldens.append(golden)
    assert faults(*goldens) == []


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_what_is_left_out_has_a_reason_and_is_still_there(name: str) -> None:
    assert EXCEPTIONS[name] and name in EXPECTED
