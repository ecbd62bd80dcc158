"""Signing in: one door, Chinese throughout, no way out of the house. How often one may try: test_limits.py."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from core.identity.second_factor import check_second_factor_roles
from core.models import SignInFailure
from tests.factories import PASSWORD, MembershipFactory, UserFactory


def sign_in(client: Client, username: str, password: str = PASSWORD, address="10.1.1.1", **query):
    return client.post("/accounts/login/", {"login": username, "password": password, **query}, REMOTE_ADDR=address)


def test_each_role_lands_at_its_work(bureau):
    window = MembershipFactory.create().user
    for user, target in ((bureau, "/admin/"), (window, "/my/")):
        client = Client()
        assert sign_in(client, user.username)["Location"] == "/after-login/"
        assert client.get("/after-login/")["Location"] == target


def test_the_session_key_changes_at_signing_in(bureau):
    client = Client()
    client.session.save()
    session = client.session
    session["before"] = "1"
    session.save()
    assert session.session_key
    client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, bureau.username)
    assert client.session.session_key != session.session_key


def test_an_expired_and_a_switched_off_account_are_refused(db):
    yesterday = timezone.localdate() - timedelta(days=1)
    for user in (UserFactory.create(expires_on=yesterday), UserFactory.create(is_active=False)):
        client = Client()
        sign_in(client, user.username)
        assert "_auth_user_id" not in client.session
    assert sign_in(Client(), UserFactory.create(expires_on=timezone.localdate()).username).status_code == 302


def test_a_session_ends_when_its_account_expires(bureau):
    client = Client()
    sign_in(client, bureau.username)
    assert client.get("/admin/").status_code == 200
    bureau.expires_on = timezone.localdate() - timedelta(days=1)
    bureau.save()
    assert client.get("/admin/").status_code == 302


def test_an_unknown_name_and_a_wrong_password_read_the_same(bureau):
    def said(name):
        page = sign_in(Client(), name, "错误的密码", address="10.1.1.3").content.decode()
        return page[page.index("alert-title") : page.index("</ul>", page.index("alert-title"))]

    assert said(bureau.username) == said("nobody-of-this-name")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http:evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "///evil.example/%2e%2e",
        "http://testserver@evil.example/",
        " //evil.example",
        "\t//evil.example",
        "/%09/evil.example",
    ],
)
def test_next_never_leads_out_of_the_house(bureau, target):
    location = sign_in(Client(), bureau.username, next=target).headers["Location"]
    assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_next_leads_to_a_page_of_ours(bureau):
    assert sign_in(Client(), bureau.username, next="/admin/jobs/")["Location"] == "/admin/jobs/"


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "3rdparty/", "identity/"],
)
def test_nothing_else_of_the_sign_in_library_is_there(bureau, address):
    client = Client()
    client.force_login(bureau, backend="core.identity.roles.RoleBackend")
    assert client.get(f"/accounts/{address}").status_code == 404


def test_signing_in_and_out_ask_for_the_token(bureau):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, bureau.username).status_code == 403
    strict.force_login(bureau, backend="core.identity.roles.RoleBackend")
    assert strict.post("/accounts/logout/").status_code == 403


def test_demo_accounts_are_named_in_demo_mode_alone(db, settings):
    rows = list(csv.DictReader(io.StringIO((Path(configured.BASE_DIR) / "demo/accounts.csv").read_text("utf-8"))))
    assert rows[0]["口令"] not in Client().get("/accounts/login/").content.decode()
    settings.DEMO_MODE = True
    page = Client().get("/accounts/login/").content.decode()
    for row in rows:
        assert f"<code>{row['用户名']}</code>" in page and row["口令"] in page


@pytest.mark.parametrize(
    ("proxies", "header", "locked"),
    [
        (0, "10.2.2.2", "127.0.0.1"),
        (1, "10.2.2.2", "10.2.2.2"),
        (1, "1.1.1.1, 10.2.2.2", "10.2.2.2"),
        (2, "1.1.1.1, 10.2.2.2, 10.3.3.3", "10.2.2.2"),
        (1, "", "127.0.0.1"),
    ],
)
def test_behind_our_proxies_the_clients_own_address_counts(bureau, settings, proxies, header, locked):
    """With the header believed from anybody, a guesser would write a new address for every guess."""
    settings.TRUSTED_PROXIES = proxies
    given = {"login": bureau.username, "password": "错误的密码"}
    Client().post("/accounts/login/", given, headers={"X-Forwarded-For": header})
    assert SignInFailure.objects.exclude(place="").get().place == locked


def test_a_misspelt_role_is_told_before_anything_starts(settings):
    assert check_second_factor_roles() == []
    settings.SECOND_FACTOR_ROLES = ["bureau", "burau"]
    assert [error.id for error in check_second_factor_roles()] == ["core.E002"]
