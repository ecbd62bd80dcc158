"""A unit's managers keep their own people: invite, switch off, extend, renew; never another unit's, never a role."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from core.choices import Role
from core.errors import Refusal
from core.identity.changes import confirm_change, half_of_password
from core.models import ChangeRequest, User
from platforms.actions.people import extend, invite_colleague, renew_sign_in, switch_off, switch_on
from platforms.choices import PlatformType
from platforms.models import Membership
from tests.factories import MembershipFactory, PlatformFactory, RegionFactory, UserFactory
from tests.forms import Browser, press, sent

TODAY = timezone.localdate()
NEXT_YEAR = TODAY + timedelta(days=365)


def manager_of(role: str) -> Membership:
    if role == Role.COUNTY:
        return MembershipFactory.create(user__role=role, platform=None, region=RegionFactory.create(), is_manager=True)
    kind = PlatformType.CITY_PLATFORM if role == Role.CITY_PLATFORM else PlatformType.COUNTY_WINDOW
    return MembershipFactory.create(
        user__role=role, platform=PlatformFactory.create(platform_type=kind), is_manager=True
    )


def colleague_of(manager: Membership, **fields) -> Membership:
    return MembershipFactory.create(
        user__role=manager.user.role, platform=manager.platform, region=manager.region, **fields
    )


def client_of(user: User) -> Client:
    client = Browser()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


@pytest.fixture
def manager(db) -> Membership:
    return manager_of("window")


STAFF_PAGES = [("city_platform", "/my/people/"), ("city_platform", "/admin/people/"), ("county", "/admin/people/")]


@pytest.mark.parametrize(("role", "page"), STAFF_PAGES)
def test_among_staff_a_manager_asks_and_the_bureau_confirms(db, role, page, bureau):
    """Inviting, switching off, extending, renewing: nothing happens before the bureau says so."""
    manager = manager_of(role)
    client = client_of(manager.user)
    invitation = {"username": "yanshi.xinren", "full_name": "演示新人", "expires_on": f"{NEXT_YEAR:%Y-%m-%d}"}
    answer = client.post(page, invitation, follow=True)
    assert "由市工信局确认后生效" in answer.content.decode()
    assert not User.objects.filter(username="yanshi.xinren").exists()
    request = confirm_change(request=ChangeRequest.objects.get(), by=bureau)
    invited = User.objects.get(username="yanshi.xinren")
    membership = invited.membership
    assert (invited.role, membership.platform, membership.region) == (role, manager.platform, manager.region)
    assert half_of_password(request, manager.user) in client.get(f"/admin/changes/{request.pk}/").content.decode()
    for step, words in (("switch-off", {}), ("renew", {}), ("extend", {"expires_on": f"{TODAY:%Y-%m-%d}"})):
        before = User.objects.values().get(pk=invited.pk)
        press(client, f"{page}{membership.pk}/{step}/", words)
        assert User.objects.values().get(pk=invited.pk) == before, step
        confirm_change(request=ChangeRequest.objects.waiting().get(), by=bureau)
    invited.refresh_from_db()
    assert (invited.is_active, invited.expires_on) == (False, TODAY)


def test_a_manager_invites_and_the_colleague_signs_in_and_chooses_a_password(db):
    role, page = "window", "/my/people/"
    manager = manager_of(role)
    client = client_of(manager.user)
    invitation = {"username": "yanshi.xinren", "full_name": "演示新人", "expires_on": f"{NEXT_YEAR:%Y-%m-%d}"}
    response = client.post(page, invitation)
    password = response.context["password"]
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    invited = User.objects.get(username="yanshi.xinren")
    assert (invited.role, invited.expires_on, invited.must_change_password) == (role, NEXT_YEAR, True)
    membership = invited.membership
    assert (membership.platform, membership.region, membership.is_manager) == (manager.platform, manager.region, False)
    shown = client.get(page).content.decode()
    assert "演示新人" in shown and password not in shown
    newcomer = Browser()
    newcomer.post("/accounts/login/", {"login": "yanshi.xinren", "password": password})
    assert newcomer.get("/after-login/")["Location"] == "/accounts/password/change/"


def test_the_first_password_is_nowhere_but_on_that_page(manager):
    _, password = invite_colleague(username="xinren", full_name="演示新人", expires_on=NEXT_YEAR, by=manager.user)
    for model in ("UserEvent", "User"):
        rows = list(apps.get_model("core", model).objects.values())
        assert rows, model
        for row in rows:
            assert password not in str(row)


def test_what_is_wrong_with_an_invitation_is_said_in_chinese(manager):
    UserFactory.create(username="taken")
    client = client_of(manager.user)
    given = {"username": "taken", "full_name": "演示", "expires_on": f"{NEXT_YEAR:%Y-%m-%d}"}
    for change, said in (
        ({}, "已存在"),
        ({"username": "有 空格"}, "用户名"),
        ({"expires_on": f"{TODAY - timedelta(days=1):%Y-%m-%d}"}, "有效期应在今天之后"),
        ({"expires_on": "2099-01-01"}, "两年之内"),
        ({"full_name": ""}, "必填"),
    ):
        response = client.post("/my/people/", {**given, **change})
        assert response.status_code == 400 and said in response.content.decode(), change
    assert Membership.objects.kept_by(manager).count() == 1


def test_switching_off_ends_sessions_and_on_again_lets_in(manager):
    colleague = colleague_of(manager)
    theirs = client_of(colleague.user)
    assert theirs.get("/my/").status_code == 200
    page = client_of(manager.user)
    sent(page, "/my/people/", to=f"/my/people/{colleague.pk}/switch-off/")
    assert theirs.get("/my/").status_code == 302
    assert "已停用" in page.get("/my/people/").content.decode()
    sent(page, "/my/people/", to=f"/my/people/{colleague.pk}/switch-on/")
    colleague.user.refresh_from_db()
    assert colleague.user.is_active and theirs.get("/my/").status_code == 302


def test_extending_and_renewing(manager):
    colleague = colleague_of(manager)
    theirs, page = client_of(colleague.user), client_of(manager.user)
    sent(page, "/my/people/", {"expires_on": f"{NEXT_YEAR:%Y-%m-%d}"}, to=f"/my/people/{colleague.pk}/extend/")
    sent(page, "/my/people/", {"expires_on": "2099-01-01"}, to=f"/my/people/{colleague.pk}/extend/")
    colleague.user.refresh_from_db()
    assert colleague.user.expires_on == NEXT_YEAR
    password = sent(page, "/my/people/", to=f"/my/people/{colleague.pk}/renew/").context["password"]
    colleague.user.refresh_from_db()
    assert colleague.user.check_password(password) and colleague.user.must_change_password
    assert theirs.get("/my/").status_code == 302


def test_nobody_keeps_their_own_account(manager):
    page = client_of(manager.user)
    for step in ("switch-off", "renew"):
        sent(page, "/my/people/", to=f"/my/people/{manager.pk}/{step}/")
    manager.user.refresh_from_db()
    assert manager.user.is_active and not manager.user.must_change_password


@pytest.mark.parametrize("step", ["switch-off", "switch-on", "extend", "renew", "promote"])
def test_another_units_people_are_not_there(manager, step):
    """Another window's, the county's of the same region, and an account of a higher role bound to the same unit."""
    others = [
        colleague_of(manager_of("window")),
        MembershipFactory.create(user__role="county", platform=None, region=manager.platform.region),
        MembershipFactory.create(user__role="bureau", platform=manager.platform),
    ]
    client = client_of(manager.user)
    listed = client.get("/my/people/").content.decode()
    for other in others:
        response = client.post(f"/my/people/{other.pk}/{step}/", {"expires_on": f"{NEXT_YEAR:%Y-%m-%d}"})
        assert response.status_code == 404
        assert other.user.username not in listed
    assert User.objects.filter(is_active=False).count() == 0


@pytest.mark.parametrize("action", [switch_off, switch_on, renew_sign_in])
def test_the_actions_themselves_refuse_strangers(manager, action):
    other = colleague_of(manager_of("window"))
    with pytest.raises(PermissionDenied):
        action(membership=other, by=manager.user)
    with pytest.raises(PermissionDenied):
        action(membership=other, by=colleague_of(manager).user)
    with pytest.raises(PermissionDenied):
        extend(membership=other, expires_on=NEXT_YEAR, by=manager.user)
    with pytest.raises(Refusal):
        action(membership=manager, by=manager.user)


@pytest.mark.parametrize("page", ["/my/people/", "/admin/people/"])
def test_who_is_no_manager_finds_no_page(manager, page, bureau, auditor):
    for user in (colleague_of(manager).user, bureau, auditor, colleague_of(manager_of("county")).user):
        assert client_of(user).get(page).status_code in (302, 404)


def test_the_list_asks_as_often_for_three_as_for_one(manager, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(manager.user)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/my/people/")
        counts.append(len(asked))
        colleague_of(manager), colleague_of(manager)
    assert counts[0] == counts[1]


def test_history_names_who_did_it(manager):
    colleague = colleague_of(manager)
    switch_off(membership=colleague, by=manager.user)
    event = apps.get_model("core", "UserEvent").objects.filter(pgh_obj=colleague.user.pk).latest("pgh_id")
    assert event.pgh_context.metadata["user"] == manager.user.pk
    assert event.pgh_context.metadata["step"] == "停用账号"
