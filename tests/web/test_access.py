"""Every address × every role: the written table holds, an unlisted address fails, reading changes nothing, refused
people change nothing, and nobody reads English."""

import html
import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse

from tests.factories import MembershipFactory, RegionFactory
from tests.forms import press
from tests.web.access import EXPECTED
from tests.web.world import ROLES, World, build_world, every_name

# What reading may write: the session, and the times of signing in that the limits and the account keep.
NOT_BUSINESS = {
    "django_session",
    "usersessions_usersession",
    "core_signin",
    "core_signinfailure",
    "core_knownaddress",
}
REFUSED = {"in", "door", "400", "403", "404", "405", "409"}
# A POST to these only reads: the admin's lists take their actions by POST, exports their choice of columns.
READING = re.compile(r"admin:(.*_(changelist|history|export)|index|app_list|jsi18n|login|logout|password_change.*)")
# One's own sign-in: a POST without the password, a code or a passkey leads on and changes nothing.
OWN_SIGN_IN = re.compile(r"account_reauthenticate|mfa_.*|usersessions_list|kept_let_go")
SESSION = {
    "account_login",
    "account_logout",
    "account_change_password",
    "account_inactive",
    "after_login",
    "admin:logout",
}


# What a person of the role does there about their own platform; a county about its region's.
OWN_WORK = {
    "window": {"my_guidance_acknowledge", "my_service_withdraw", "my_services_preview"},
    "county": {"desk_remind"},
}


@pytest.fixture
def world(site, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(site)


def answer(response: HttpResponse) -> str:
    location = response.headers.get("Location", "")
    if location.startswith("/accounts/login/"):
        return "in"
    return "door" if location.startswith("/admin/login/") else str(response.status_code)


def test_every_address_is_in_the_table():
    """A new address must be written down with who may see it."""
    assert set(every_name()) == set(EXPECTED)
    assert all(len(row) == len(ROLES) for row in EXPECTED.values())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_and_reading_changes_nothing(world, role):
    client, wrong = world.client(role), []
    tables = business_tables()
    before = contents(tables)
    for name in every_name():
        response = client.get(world.address(name))
        expected = EXPECTED[name][ROLES.index(role)]
        if answer(response) != expected:
            wrong.append(f"{name}: {answer(response)}, not {expected}")
        after = contents(tables)
        if after != before:
            wrong.append(f"{name} changed {[table for table in tables if after[table] != before[table]]}")
            before = after
    assert not wrong


@pytest.mark.parametrize("role", ["anonymous", "expired", "window", "county", "auditor"])
def test_who_only_reads_changes_nothing_by_post(world, role):
    client, wrong = world.client(role), []
    tables = business_tables()
    before = contents(tables)
    for name in set(every_name()) - SESSION - OWN_WORK.get(role, set()):
        with transaction.atomic():
            found = answer(press(client, world.address(name)))
            if contents(tables) != before:
                wrong.append(f"{name} wrote")
            transaction.set_rollback(True)
        if found not in REFUSED and not READING.fullmatch(name) and not OWN_SIGN_IN.fullmatch(name):
            wrong.append(f"{name}: {found}")
    assert not wrong


def test_a_window_at_the_desks_door_is_told_kindly(world):
    response = world.client("window").get("/admin/", follow=True)
    assert response.status_code == 403
    assert "这里是管理部门的工作台" in response.content.decode()


def test_a_stranger_at_the_desks_door_signs_in_first(world):
    response = world.client("anonymous").get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("view", ["change", "history"])
@pytest.mark.parametrize("model", ["platforms_platform", "platforms_operatorterm", "platforms_recognition"])
def test_another_countys_rows_are_not_there(world, view, model):
    name = f"admin:{model}_{view}"
    address = world.address(name)
    stranger = MembershipFactory.create(user__role="county", platform=None, region=RegionFactory.create())
    client = world.client("anonymous")
    client.force_login(stranger.user, backend="core.identity.roles.RoleBackend")
    assert client.get(address).status_code == 404
    listed = client.get(world.address(f"admin:{model}_changelist")).content.decode()
    assert world.site.platforms[0].name not in listed


def test_another_windows_summary_is_not_there(world):
    stranger = MembershipFactory.create(platform=world.site.platforms[1])
    client = world.client("anonymous")
    client.force_login(stranger.user, backend="core.identity.roles.RoleBackend")
    for name in ("my_receipt", "my_summary_file"):
        assert client.get(world.address(name)).status_code == 404


def test_changing_the_role_or_switching_off_ends_what_a_session_may_do(world):
    client = world.client("bureau")
    person = world.people["bureau"]
    person.role = "auditor"
    person.save()
    assert answer(client.get(world.address("desk_rankings"))) == "in"
    person.refresh_from_db()
    client = world.client("bureau")
    assert client.get(world.address("admin:core_user_add")).status_code == 403
    person.is_active = False
    person.save()
    assert answer(client.get(world.address("desk_rankings"))) == "in"


# Words that are names of formats and things, and not English sentences.
NAMES = {
    "Python",
    "csv",
    "xlsx",
    "CSV",
    "DOCX",
    "Excel",
    "GB",
    "ICP",
    "IP",
    "JSON",
    "KB",
    "MB",
    "PDF",
    "PIN",
    "SHA",
    "TOTP",
    "USB",
    "WPS",
    "Word",
    "XLSX",
}
# What a library or the example system leaves on single pages: the descriptions of Django's yes and no pictures, the
# gallery's file names, the conditions that the example system gives codes.
LEFT_BY_OTHERS = {"True", "False", "Search"}
EXAMPLE_CODES = {"absent", "late", "max", "min", "municipal", "provincial", "returned", "website"}
KEPT = re.compile(
    r"<(script|style|code|pre)\b.*?</\1>|<!--.*?-->|<[^>]*class=\"[^\"]*digest[^>]*>[^<]*", re.DOTALL | re.IGNORECASE
)
SPOKEN = re.compile(r"\b(?:title|alt|placeholder|aria-label|data-label)=\"([^\"]*)\"")
CODES = re.compile(r"[\w.@:/#+-]*(?:\d|_|\.(?:json|csv|xlsx|docx|pdf|po))[\w.@:/#+-]*|[\w.-]+@[\w.-]+")


def english(page: str) -> set[str]:
    """Words in Latin letters that a person reads or hears on a page, without codes and names of formats."""
    page = KEPT.sub(" ", page)
    spoken = " ".join(SPOKEN.findall(page))
    buttons = " ".join(re.findall(r"<input[^>]*type=\"submit\"[^>]*value=\"([^\"]*)\"", page))
    text = html.unescape(re.sub(r"<[^>]+>", " ", page) + " " + spoken + " " + buttons)
    return {
        word
        for word in re.findall(r"[A-Za-z]{2,}", CODES.sub(" ", text))
        if word not in NAMES | LEFT_BY_OTHERS | EXAMPLE_CODES
    }


@pytest.mark.parametrize("role", ["anonymous", "window", "county", "city_platform", "bureau", "auditor"])
def test_nothing_english_is_left(world, role):
    client, left = world.client(role), {}
    for name in sorted(set(every_name()) - {"policy", "admin:jsi18n", "health", "components"}):
        response = client.get(world.address(name))
        if response.headers.get("Content-Type", "").startswith("text/html") and response.status_code != 302:
            words = english(response.content.decode())
            if words:
                left[name] = words
    assert not left, "\n".join(f"{name}: {sorted(words)}" for name, words in left.items())


def business_tables() -> list[str]:
    """Every table, history included, but for sessions and the record of signing in."""
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if not is_virtual(model)}
    return sorted(names & set(connection.introspection.table_names()) - NOT_BUSINESS)


def is_virtual(model) -> bool:
    return model._meta.proxy or not model._meta.managed


def contents(tables: list[str]) -> dict[str, str]:
    """A fingerprint of each table; the place of a row in the file counts, so that a rewrite of equal values shows."""
    parts = [
        f"SELECT '{table}', count(*) || '-' || coalesce(sum(hashtext(t.ctid::text || t.xmin::text)), 0) "
        f'FROM "{table}" t'
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())
