"""A NUL in an address, a parameter or a cookie is 404 or 400 with a plain page, on every page there is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.world import build_world, every_name


@pytest.fixture
def addresses(site) -> list[str]:
    world = build_world(site)
    return [reverse(name, args=world.samples.get(name, [])) for name in every_name()]


def test_in_the_path_is_404_and_in_a_parameter_400_everywhere(addresses, bureau):
    """Every address of the resolver, with a NUL at the end of each of its parts in turn."""
    client, found = Client(raise_request_exception=False), {}
    client.force_login(bureau, backend="core.identity.roles.RoleBackend")
    for address in addresses:
        parts = address.strip("/").split("/")
        broken = ["/" + "/".join([*parts[:n], f"{part}%00", *parts[n + 1 :]]) + "/" for n, part in enumerate(parts)]
        asked = {each: 404 for each in broken} | {f"{address}?{query}": 400 for query in QUERIES}
        found |= {each: got for each, due in asked.items() if (got := client.get(each).status_code) != due}
    assert found == {}
    assert len(addresses) > 150


QUERIES = ("q=%00", "period=2025Q1%00", "year=%00&type=x", "p=%00", "o=1%00", "role__exact=%00", "%00=1", "next=/%00")


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete", "options"])
def test_by_every_method_and_for_strangers(db, method):
    client = Client(raise_request_exception=False)
    for address, status in (("/my/%00", 404), ("/accounts/login/%00/", 404), ("/accounts/login/?next=%00", 400)):
        assert getattr(client, method)(address).status_code == status


def test_in_a_cookie_no_session_is_asked_for(db):
    """Cookies write what no header may hold as \\000."""
    client = Client(raise_request_exception=False, headers={"Cookie": 'sessionid="a\\000b"'})
    answer = client.get("/admin/")
    assert answer.status_code == 400 and "请求无法识别" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/accounts/login/", {"login": "a\0b", "password": "x"}),
        ("/accounts/login/", {"login": "a", "password": "x\0"}),
        ("/admin/jobs/", {"submission": "\0"}),
        ("/admin/core/signinfailure/", {"action": "lift", "_selected_action": "\0"}),
        ("/admin/core/user/add/", {"username": "a\0", "full_name": "\0", "role": "bureau"}),
        ("/accounts/password/change/", {"oldpassword": "\0", "password1": "\0", "password2": "\0"}),
        ("/accounts/reauthenticate/", {"password": "\0"}),
    ],
)
def test_in_a_form_it_is_never_an_error_of_ours(bureau, address, fields):
    client = Client(raise_request_exception=False)
    if "login" not in address:
        client.force_login(bureau, backend="core.identity.roles.RoleBackend")
    assert client.post(address, fields).status_code in {200, 302, 400, 404, 405}


def test_the_pages_are_plain_and_ours(db):
    client = Client(raise_request_exception=False)
    assert "没有找到这个页面" in client.get("/rankings/%00/").content.decode()
    assert "请求无法识别" in client.get("/?q=%00").content.decode()
