"""Every public page of the golden year says what its golden file says (tests/golden/golden.py)."""

from django.test import Client
from django.urls import resolve

from tests.golden.golden import Golden, faults
from tests.golden.printing import printed
from tests.golden.year import Year
from tests.web.test_public_list import PUBLIC

TYPES = ("city_platform", "cluster_window", "county_window")
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
    "/rankings/2023/county_window/",
    "/rankings/2023/county_window/editions/1/",
    "/bulletins/",
    "/bulletins/2025Q1/",
    "/bulletins/2025Q1/bulletin.pdf",
    "/consequences/",
    "/consequences/2025/",
    "/indicator-systems/",
    *(f"/indicator-systems/{kind}-2025/v1/" for kind in TYPES),
    "/open-data/",
    "/open-data/2025/county_window/latest/",
    "/open-data/2025/county_window/v1/",
)
EXCEPTIONS = {
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


def test_every_public_page_says_what_its_golden_file_says(year: Year) -> None:
    client, golden = Client(), Golden("public")
    for address in ADDRESSES:
        response = client.get(address)
        assert response.status_code == 200, address
        golden.compare(address.strip("/").replace("/", ".") or "home", printed(response, is_whole=address == "/"))
    assert faults(golden) == []


def test_every_public_page_is_read_or_excepted_with_a_reason() -> None:
    read = {resolve(address).url_name for address in ADDRESSES}
    assert read | EXCEPTIONS.keys() == PUBLIC
    assert not read & EXCEPTIONS.keys() and all(EXCEPTIONS.values())
