"""Sessions end when the role, the organisation, the activity or the day of expiry says so; one's own are listed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.models import User
from tests.factories import PASSWORD, MembershipFactory, PlatformFactory, UserFactory


@pytest.fixture
def member(db):
    return MembershipFactory.create()


@pytest.fixture
def client(member) -> Client:
    client = sign_in(member.user)
    assert client.get("/my/").status_code == 200
    return client


def sign_in(user, agent="演示浏览器") -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def has_ended(client: Client) -> bool:
    response = client.get("/my/")
    return response.status_code == 302 and response["Location"].startswith("/accounts/login/")


def test_the_role(client, member):
    User.objects.filter(pk=member.user.pk).update(role="auditor")
    assert has_ended(client)


def test_the_activity_even_when_it_is_given_back_at_once(client, member):
    for is_active in (False, True):
        User.objects.filter(pk=member.user.pk).update(is_active=is_active)
    assert has_ended(client)


def test_the_platform(client, member):
    member.platform = PlatformFactory.create()
    member.save()
    assert has_ended(client)


def test_becoming_a_manager_and_losing_the_membership(client, member):
    member.is_manager = True
    member.save()
    assert has_ended(client)
    again = sign_in(member.user)
    assert not has_ended(again)
    member.delete()
    assert has_ended(again)


def test_a_membership_handed_to_another_account_ends_both(client, member):
    other = UserFactory.create(role="window")
    theirs = sign_in(other)
    member.user = other
    member.save()
    assert has_ended(client) and has_ended(theirs)


def test_the_day_of_expiry(client, member):
    User.objects.filter(pk=member.user.pk).update(expires_on=timezone.localdate())
    assert not has_ended(client)
    User.objects.filter(pk=member.user.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert has_ended(client)


def test_saving_an_account_read_earlier_does_not_bring_sessions_back(client, member):
    read_before = User.objects.get(pk=member.user.pk)
    member.delete()
    read_before.full_name = "演示改名"
    read_before.save()
    assert has_ended(client)


def test_other_changes_leave_sessions_alone(client, member):
    member.user.full_name = "演示改名"
    member.user.save()
    member.save()
    assert not has_ended(client)


def test_the_epoch_is_no_business_of_history(member):
    from django.apps import apps

    events = apps.get_model("core", "UserEvent").objects.filter(pgh_obj=member.user.pk)
    before = events.count()
    member.delete()
    assert events.count() == before


def test_one_sees_ones_sessions_and_ends_the_others(client, member):
    other = sign_in(member.user, agent="演示浏览器二号")
    page = client.get("/accounts/sessions/").content.decode()
    assert "演示浏览器二号" in page and "正在使用的这个" in page
    assert client.post("/accounts/sessions/").status_code == 302
    assert has_ended(other) and not has_ended(client)


def test_nobody_sees_another_persons_sessions(client, member):
    stranger = sign_in(MembershipFactory.create().user, agent="别人的浏览器")
    assert "别人的浏览器" not in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert not has_ended(stranger)
