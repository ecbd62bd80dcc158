"""Every public page of two demonstration years, taken in, scored, published and issued by the real actions, says what
its golden file under `pages/` says.

`REWRITE_GOLDEN=1 python3 -m dev test tests/golden` writes the files anew; read the difference before it is kept.
"""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from core import jobs
from core.choices import JobState
from core.models import User
from core.periods import Quarter
from evaluation.bulletin.actions import draft_bulletin, issue_bulletin, request_compiling, write_bulletin
from evaluation.intake.actions import import_reading, read_figures
from platforms.choices import EVALUATED_TYPES
from tests.evaluation.year.demo import demo_hub, load_year, published
from tests.evaluation.year.systems import DEMO, system_in_force
from tests.golden.printing import printed
from tests.web.test_public_list import PUBLIC

PAGES = Path(__file__).parent / "pages"
TYPES = ("city_platform", "cluster_window", "county_window")
# Platform, indicator and what its line in the file of 2025 says instead; None for a line that never came.
AWKWARD = {
    ("CNT-03", "A17"): None,
    ("CNT-04", "C22"): '{"state": "missing"}',
    ("CNT-06", "D12"): '{"state": "not_applicable"}',
}
# CLU-07 was accepted too late to take part; every county, for the three above are among them.
STANDINGS = {
    "city_platform": ("CITY-01",),
    "cluster_window": ("CLU-01", "CLU-07"),
    "county_window": tuple(f"CNT-{number:02}" for number in range(1, 10)),
}
ADDRESSES = (
    "/",
    "/rankings/",
    *(f"/rankings/2025/{kind}/" for kind in TYPES),
    *(f"/rankings/2025/{kind}/{code}/" for kind, codes in STANDINGS.items() for code in codes),
    "/rankings/2024/county_window/",
    "/rankings/2025/county_window/editions/1/",
    "/rankings/2025/county_window/editions/1/CNT-01/",
    "/bulletins/",
    "/bulletins/2025Q1/",
    "/consequences/",
    "/indicator-systems/",
    *(f"/indicator-systems/{kind}-2025/v1/" for kind in TYPES),
    "/open-data/",
    "/open-data/2025/county_window/latest/",
    "/open-data/2025/county_window/v1/",
)
EXCEPTIONS = {
    "bulletin_pdf": "the sealed file; tests/documents reads what is printed",
    "consequences_of_year": "nothing is decided for the year; tests/rewards/test_public.py reads a decided one",
    "scoring_program": "an archive of sources; tests/web/test_scoring_program.py",
    "open_data_latest_file": "the sealed bytes; tests/web/test_published_results.py",
    "open_data_file": "the sealed bytes; tests/web/test_published_results.py",
    "policy": "the policy's wording, no result of a year",
    "privacy": "the office's own text, no result of a year",
    "health": "for machines, no page",
    "account_login": "sign-in, no result of a year",
    "account_logout": "sign-in, no result of a year",
    "account_inactive": "sign-in, no result of a year",
    "socialaccount_login_cancelled": "sign-in, no result of a year",
    "openid_connect_login": "sign-in, no result of a year",
    "openid_connect_callback": "sign-in, no result of a year",
}


def awkward_figures() -> bytes:
    """The demonstration's annual figures of 2025 with the three awkward ones."""
    rows = list(csv.reader(io.StringIO((DEMO / "figures-2025.csv").read_text(encoding="utf-8-sig"))))
    assert AWKWARD.keys() <= {(row[0], row[1]) for row in rows}
    said = [(*row[:3], AWKWARD.get((row[0], row[1]), row[3])) for row in rows]
    text = io.StringIO()
    csv.writer(text).writerows(row for row in said if row[3] is not None)
    return text.getvalue().encode("utf-8-sig")


@pytest.fixture
def year(bureau: User, second_bureau: User, city_platform_user: User) -> None:
    """Figures of two years, the counties' ranking of the first and all of the second, a quarter's bulletin issued."""
    load_year(bureau, 2024)
    published("county_window", 2024)
    for platform_type in EVALUATED_TYPES:
        system_in_force(bureau, platform_type)
    for number in range(1, 5):
        import_reading(reading=demo_hub(Quarter(2025, number)), by=None)
    import_reading(reading=read_figures(content=awkward_figures(), file_name="figures-2025.csv"), by=None)
    for kind in TYPES:
        published(kind)
    bulletin = write_bulletin(
        bulletin=draft_bulletin(year=2025, quarter=1, by=city_platform_user),
        serial_number=2,
        issued_on=date(2025, 4, 17),
        problems="",
        requirements="",
        by=city_platform_user,
    )
    job = request_compiling(bulletin=bulletin, submission="a", by=city_platform_user)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    bulletin.refresh_from_db()
    issue_bulletin(bulletin=bulletin, by=second_bureau)


def golden_file(address: str) -> Path:
    return PAGES / f"{address.strip('/').replace('/', '.') or 'home'}.txt"


def test_every_public_page_says_what_its_golden_file_says(year: None) -> None:
    client = Client()
    for address in ADDRESSES:
        response = client.get(address)
        assert response.status_code == 200, address
        text = printed(response.content)
        if os.environ.get("REWRITE_GOLDEN"):
            PAGES.mkdir(exist_ok=True)
            golden_file(address).write_text(text, encoding="utf-8")
        assert text == golden_file(address).read_text(encoding="utf-8"), address


def test_every_public_page_is_read_or_excepted_with_a_reason() -> None:
    read = {resolve(address).url_name for address in ADDRESSES}
    assert read | EXCEPTIONS.keys() == PUBLIC
    assert not read & EXCEPTIONS.keys() and all(EXCEPTIONS.values())


def test_every_golden_file_belongs_to_a_page() -> None:
    assert {path.name for path in PAGES.iterdir()} == {golden_file(address).name for address in ADDRESSES}
