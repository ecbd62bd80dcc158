"""The identity centre: there when settings name it, opens linked accounts, creates none, asks for the factor too."""

import json
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as configured
from django.test import Client
from requests import ConnectionError as NoAnswer

from core.models import User
from tests.factories import PASSWORD, MembershipFactory, UserFactory

CENTRE = "https://centre.example"
START = "/accounts/oidc/identity/login/"
CONFIGURATION = {
    "issuer": CENTRE,
    "authorization_endpoint": f"{CENTRE}/authorize",
    "token_endpoint": f"{CENTRE}/token",
    "userinfo_endpoint": f"{CENTRE}/me",
    "jwks_uri": f"{CENTRE}/keys",
}


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, content):
        self.content = content

    def json(self):
        return self.content

    def raise_for_status(self):
        pass


class Centre:
    """What the portal asks the centre for, answered without a network."""

    answers = {"/token": {"access_token": "t", "token_type": "Bearer"}, "/me": {"sub": "person-1", "name": "演示"}}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def get(self, url, **_):
        return Answer(self.answers.get(urlsplit(url).path, CONFIGURATION))

    def request(self, method, url, **_):
        return self.get(url)


@pytest.fixture
def centre(settings, monkeypatch):
    app = {"provider_id": "identity", "name": "演示统一身份", "client_id": "portal", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{**app, "settings": {"server_url": CENTRE}}], "OAUTH_PKCE_ENABLED": True}
    }
    monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda self: Centre())


def sign_in(user) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def through(client: Client, address: str = START):
    """Out to the centre and back with its answer."""
    left = client.post(address)
    target = left.context["redirect_to"]
    asked = parse_qs(urlsplit(target).query)
    assert target.startswith(f"{CENTRE}/authorize?") and asked["code_challenge_method"] == ["S256"]
    return client.get(f"{START}callback/", {"code": "c", "state": asked["state"][0]})


def test_without_settings_there_is_no_centre(bureau):
    page = Client().get("/accounts/login/").content.decode()
    assert "/oidc/" not in page
    assert Client().get(START).status_code == 404
    assert sign_in(bureau).get("/accounts/identity/").status_code == 404


@pytest.mark.parametrize("named", [True, False])
def test_the_environment_alone_switches_it_on(named):
    given = {"OIDC_SERVER_URL": CENTRE, "OIDC_NAME": "演示中心", "OIDC_CLIENT_ID": "p", "OIDC_CLIENT_SECRET": "s"}
    code = "import json; from zhuzhou_sme import settings as s; print(json.dumps(s.SOCIALACCOUNT_PROVIDERS))"
    environment = {**os.environ, **(given if named else {}), "PYTHONIOENCODING": "utf-8"}
    out = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=configured.BASE_DIR, capture_output=True, check=True
    ).stdout
    apps = json.loads(out)["openid_connect"]["APPS"]
    assert [app["name"] for app in apps] == (["演示中心"] if named else [])


def test_the_button_and_the_way_out_over_a_page_of_ours(db, centre):
    client = Client()
    page = client.get("/accounts/login/").content.decode()
    assert "用演示统一身份登录" in page and f'action="{START}"' in page
    assert client.get(START).status_code == 200
    left = client.post(START)
    assert left.status_code == 200 and "no-store" in left["Cache-Control"]
    assert "form-action 'self'" in left["Content-Security-Policy"]


def test_an_unknown_identity_opens_nothing_and_creates_nothing(db, centre):
    MembershipFactory.create()
    client = Client()
    before = User.objects.count()
    response = through(client)
    assert "还没有关联本站账号" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_the_same_name_or_mail_is_no_link(db, centre, monkeypatch):
    UserFactory.create(username="person-1", email="a@example.org")
    me = {"sub": "person-1", "preferred_username": "person-1", "email": "a@example.org", "email_verified": True}
    monkeypatch.setitem(Centre.answers, "/me", me)
    client = Client()
    through(client)
    assert "_auth_user_id" not in client.session


def test_a_linked_account_signs_in_and_unlinks(db, centre):
    user = MembershipFactory.create().user
    client = sign_in(user)
    page = client.get("/accounts/identity/")
    through(client, page.context["connect_address"])
    assert SocialAccount.objects.get().user == user
    assert "person-1" in client.get("/accounts/identity/").content.decode()
    later = Client()
    assert through(later)["Location"] == "/after-login/"
    assert later.get("/my/").status_code == 200
    client.post("/accounts/identity/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.count() == 0


def test_the_second_factor_is_asked_for_after_the_centre_too(db, centre):
    user = UserFactory.create(role="bureau")
    client = sign_in(user)
    through(client, client.get("/accounts/identity/").context["connect_address"])
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    later = Client()
    assert through(later)["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in later.session


def test_an_expired_account_stays_shut(db, centre):
    from datetime import date

    user = MembershipFactory.create().user
    client = sign_in(user)
    through(client, client.get("/accounts/identity/").context["connect_address"])
    User.objects.filter(pk=user.pk).update(expires_on=date(2020, 1, 1))
    later = Client()
    assert through(later)["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in later.session


def test_a_centre_that_does_not_answer_is_said_in_chinese(db, centre, monkeypatch):
    def silent(self):
        raise NoAnswer

    monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", silent)
    response = Client().post(START)
    assert response.status_code == 502 and "统一身份没有确认成功" in response.content.decode()


def test_giving_up_at_the_centre_leads_back(db, centre):
    client = Client()
    asked = parse_qs(urlsplit(client.post(START).context["redirect_to"]).query)
    given = {"error": "access_denied", "state": asked["state"][0]}
    response = client.get(f"{START}callback/", given, follow=True)
    assert "已取消登录" in response.content.decode()
