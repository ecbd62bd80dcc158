"""Accounts, the bureau's particulars and lockouts on the desk."""

import pytest
from django.urls import reverse

from core.choices import Role
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture
def bureau_client(people, signed_in):
    return signed_in(people[Role.BUREAU])


def test_accounts_are_switched_off_never_deleted(bureau_client, people):
    delete = reverse("admin:core_user_delete", args=[people[Role.COUNTY].pk])
    assert bureau_client.post(delete, {"post": "yes"}).status_code == 403


def test_an_auditor_sees_nothing_of_a_password(people, signed_in):
    page = signed_in(people[Role.AUDITOR]).get(reverse("admin:core_user_change", args=[people[Role.COUNTY].pk]))
    assert page.status_code == 200
    assert "argon2" not in page.content.decode()


def test_a_lockout_is_said_in_chinese_reviewed_and_lifted_on_the_desk(bureau_client, people, client):
    city = people[Role.CITY_PLATFORM]
    wrong = {"login": city.username, "password": "不对的口令"}
    answers = [client.post(LOGIN, wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "登录失败次数过多，请在30秒后再试" in answers[-1].content.decode()
    right = {"login": city.username, "password": PASSWORD}
    assert client.post(LOGIN, right).status_code == 429
    listed = bureau_client.get(reverse("admin:core_signinfailure_changelist"))
    assert city.username in listed.content.decode()
    assert "暂停至" in listed.content.decode()
    attempt = listed.context["cl"].queryset.get(place="127.0.0.1")
    lift = {"action": "lift", "_selected_action": [attempt.pk]}
    done = bureau_client.post(reverse("admin:core_signinfailure_changelist"), lift, follow=True)
    assert "已解除1条登录锁定" in done.content.decode()
    assert client.post(LOGIN, right).status_code == 302


def test_an_auditor_reviews_lockouts_but_lifts_none(people, signed_in, client):
    client.post(LOGIN, {"login": people[Role.COUNTY].username, "password": "不对的口令"})
    auditor = signed_in(people[Role.AUDITOR])
    listed = auditor.get(reverse("admin:core_signinfailure_changelist"))
    attempt = listed.context["cl"].queryset.get(place="127.0.0.1")
    auditor.post(reverse("admin:core_signinfailure_changelist"), {"action": "lift", "_selected_action": [attempt.pk]})
    assert listed.context["cl"].queryset.filter(pk=attempt.pk).exists()


def test_signing_out_and_changing_the_password_stay_on_the_desk(bureau_client):
    words = {"old_password": PASSWORD, "new_password1": "演示新口令-2027", "new_password2": "演示新口令-2027"}
    assert bureau_client.post(reverse("admin:password_change"), words).status_code == 302
    assert bureau_client.get(reverse("admin:index")).status_code == 200
    assert bureau_client.post(reverse("admin:logout")).status_code == 302
    assert bureau_client.get(reverse("admin:index")).status_code == 302
