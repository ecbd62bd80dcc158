"""The manual's pictures: taken from a running demonstration, and none missing or left over.

MANUAL_PORTAL=http://127.0.0.1:8000 make test ARGS="tests/journeys/test_manual.py"     # while `make run` is up
"""

import csv
import os
import re
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

MANUAL = Path(settings.BASE_DIR) / "docs" / "manual"
PORTAL = os.environ.get("MANUAL_PORTAL", "")
# picture: who looks (nobody signs in for ''), address
PICTURES = {
    "home": ("", "/"),
    "standing": ("", "/rankings/2025/county_window/CNT-01/"),
    "login": ("", "/accounts/login/"),
    "my": ("window", "/my/"),
    "grid": ("window", "/my/submissions/2026Q3/"),
    "checks": ("city", "/admin/checks/"),
    "plan": ("bureau", "/admin/plans/"),
    "completeness": ("bureau", "/admin/completeness/"),
}


def test_the_manual_shows_every_picture_and_no_other():
    shown = set(re.findall(r"!\[[^\]]+\]\(images/(\w+)\.png\)", (MANUAL / "README.md").read_text(encoding="utf-8")))
    assert shown == set(PICTURES)
    assert {path.stem for path in (MANUAL / "images").iterdir()} == shown


@pytest.mark.skipif(not PORTAL, reason="takes pictures only where a demonstration runs: MANUAL_PORTAL")
def test_the_pictures_are_taken(desktop):
    desktop.set_viewport_size({"width": 1280, "height": 860})
    person = ""
    assert PICTURES
    for picture, (username, address) in PICTURES.items():
        if username != person:
            desktop.context.clear_cookies()
            sign_in(desktop, username)
            person = username
        response = desktop.goto(PORTAL + address)
        assert response is not None and response.status == 200, address
        desktop.screenshot(path=MANUAL / "images" / f"{picture}.png")


def sign_in(page, username: str) -> None:
    with (Path(settings.BASE_DIR) / "demo" / "accounts.csv").open(encoding="utf-8-sig", newline="") as stream:
        account = next(row for row in csv.DictReader(stream) if row["用户名"] == username)
    page.goto(f"{PORTAL}/accounts/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", account["口令"])
    page.click("main button[type=submit]")
    if account["二次验证密钥"]:
        counter = int(time.time()) // 30
        page.fill("#id_code", format_hotp_value(hotp_value(account["二次验证密钥"], counter)))
        page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/(my|admin)/"))
