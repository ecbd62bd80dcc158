"""The demonstration's accounts: staff sign in with the code that the page shows, the newcomer enrols, units have
managers, and loading again changes nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from core.identity.organisations import organisation_of
from core.models import User
from demo.accounts import load_accounts
from demo.platforms import load_platforms
from platforms.models import Membership

PASSWORD = "zhuzhou-demo-2026"


@pytest.fixture
def accounts(db, settings) -> dict[str, User]:
    settings.DEMO_MODE = True
    settings.SECOND_FACTOR_ROLES = ["bureau", "city_platform", "county", "auditor"]
    cache.clear()
    assert [line.split(":")[0] for line in load_platforms()] == ["divisions.csv", "platforms.csv"]
    return load_accounts()


def sign_in(name: str) -> Client:
    client = Client()
    response = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    if response["Location"] == "/accounts/2fa/authenticate/":
        page = client.get(response["Location"])
        assert "演示验证码" in page.content.decode()
        client.post(response["Location"], {"code": page.context["demo_code"]})
    return client


def test_each_account_reaches_its_work_and_the_newcomer_enrols(accounts):
    assert accounts
    for name, user in accounts.items():
        target = sign_in(name).get("/after-login/")["Location"]
        if name == "bureau3":
            assert target == "/accounts/2fa/totp/activate/"
        else:
            assert target == ("/admin/" if user.is_staff else "/my/"), name


def test_units_have_their_managers(accounts):
    bound = {
        each.user.username: str(each.platform or each.region) for each in Membership.objects.filter(is_manager=True)
    }
    assert set(bound) == {"city", "county", "window"}
    assert accounts["city"].membership.platform.code == "CITY-01"
    assert organisation_of(accounts["bureau"]) == "株洲市工业和信息化局"


def test_loading_again_changes_nothing(accounts):
    def contents():
        return list(Authenticator.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())

    before = contents()
    load_accounts()
    assert contents() == before
