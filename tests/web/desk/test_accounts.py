"""Accounts, the bureau's particulars and lockouts on the desk."""

import pytest
from django.urls import reverse

from core.choices import Role
from core.models import Office, User
from tests.factories import PASSWORD
from tests.forms import sent

LOGIN = "/accounts/login/"


@pytest.fixture
def bureau_client(people, signed_in):
    return signed_in(people[Role.BUREAU])


def test_a_new_account_signs_in_with_the_password_given_and_chooses_its_own(bureau_client, client):
    words = {
        "username": "newcomer",
        "full_name": "演示新人",
        "role": "county",
        "usable_password": "true",
        "password1": "演示新口令-2026",
        "password2": "演示新口令-2026",
    }
    assert bureau_client.post(reverse("admin:core_user_add"), words).status_code == 302
    assert User.objects.get(username="newcomer").password.startswith("argon2")
    answer = client.post(LOGIN, {"login": "newcomer", "password": "演示新口令-2026"}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_change_password")
    own = {"oldpassword": "演示新口令-2026", "password1": "自己的口令-2026", "password2": "自己的口令-2026"}
    client.post(reverse("account_change_password"), own)
    assert "工作台" in client.get(reverse("admin:index")).content.decode()


def test_a_weak_password_is_refused_in_chinese(bureau_client):
    words = {"username": "weak", "full_name": "演示", "role": "county", "password1": "12345", "password2": "12345"}
    answer = bureau_client.post(reverse("admin:core_user_add"), words)
    assert "密码" in answer.content.decode()
    assert not User.objects.filter(username="weak").exists()


def test_nobody_changes_their_own_role(bureau_client, people):
    own = people[Role.BUREAU]
    shown = reverse("admin:core_user_change", args=[own.pk])
    sent(bureau_client, shown, {"full_name": "演示改名", "role": "auditor"})
    own.refresh_from_db()
    assert (own.role, own.is_active, own.full_name) == (Role.BUREAU, True, "演示改名")


def test_accounts_are_switched_off_never_deleted(bureau_client, people):
    delete = reverse("admin:core_user_delete", args=[people[Role.COUNTY].pk])
    assert bureau_client.post(delete, {"post": "yes"}).status_code == 403


def test_an_auditor_sees_nothing_of_a_password(people, signed_in):
    page = signed_in(people[Role.AUDITOR]).get(reverse("admin:core_user_change", args=[people[Role.COUNTY].pk]))
    assert page.status_code == 200
    assert "argon2" not in page.content.decode()


def test_the_office_is_one_row_that_looking_does_not_create(bureau_client):
    shown = bureau_client.get(reverse("admin:core_office_changelist"), follow=True)
    assert "株洲市工业和信息化局文件" in shown.content.decode()
    assert not Office.objects.exists()
    assert sent(bureau_client, reverse("admin:core_office_change", args=[1]), {"name": "演示局"}).status_code == 302
    assert Office.objects.get().name == "演示局"
    assert bureau_client.get(reverse("admin:core_office_add")).status_code == 403


def test_a_lockout_is_said_in_chinese_reviewed_and_lifted_on_the_desk(bureau_client, people, client):
    city = people[Role.CITY_PLATFORM]
    wrong = {"login": city.username, "password": "不对的口令"}
    answers = [client.post(LOGIN, wrong) for _ in range(5)]
    assert answers[-1].status_code == 429
    assert "登录失败次数过多" in answers[-1].content.decode()
    right = {"login": city.username, "password": PASSWORD}
    assert client.post(LOGIN, right).status_code == 429
    listed = bureau_client.get(reverse("admin:axes_accessattempt_changelist"))
    assert city.username in listed.content.decode()
    assert "已锁定" in listed.content.decode()
    attempt = listed.context["cl"].queryset.get()
    lift = {"action": "lift", "_selected_action": [attempt.pk]}
    done = bureau_client.post(reverse("admin:axes_accessattempt_changelist"), lift, follow=True)
    assert "已解除1条登录锁定" in done.content.decode()
    assert client.post(LOGIN, right).status_code == 302


def test_an_auditor_reviews_lockouts_but_lifts_none(people, signed_in, client):
    client.post(LOGIN, {"login": people[Role.COUNTY].username, "password": "不对的口令"})
    auditor = signed_in(people[Role.AUDITOR])
    listed = auditor.get(reverse("admin:axes_accessattempt_changelist"))
    attempt = listed.context["cl"].queryset.get()
    auditor.post(reverse("admin:axes_accessattempt_changelist"), {"action": "lift", "_selected_action": [attempt.pk]})
    assert listed.context["cl"].queryset.all().exists()


def test_signing_out_and_changing_the_password_stay_on_the_desk(bureau_client):
    words = {"old_password": PASSWORD, "new_password1": "演示新口令-2027", "new_password2": "演示新口令-2027"}
    assert bureau_client.post(reverse("admin:password_change"), words).status_code == 302
    assert bureau_client.get(reverse("admin:index")).status_code == 200
    assert bureau_client.post(reverse("admin:logout")).status_code == 302
    assert bureau_client.get(reverse("admin:index")).status_code == 302
