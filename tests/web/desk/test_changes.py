"""Accounts, sign-in, memberships and the office's particulars: one asks, another confirms, the person is told, and the
log is read by both and by the auditor."""

import re

import environ
import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.utils import ConnectionHandler
from django.test import Client
from django.urls import reverse

from core.choices import ChangeStatus, Role
from core.errors import Refusal
from core.identity.change_kinds import sign_in_wanted
from core.identity.changes import (
    ask_change,
    confirm_change,
    first_password,
    half_of_password,
    reject_change,
    withdraw_change,
)
from core.models import ChangeRequest, Office, User
from platforms.models import Membership
from tests.factories import MembershipFactory, PlatformFactory, RegionFactory, UserFactory
from tests.forms import sent
from tests.harness.races import at_once

LOGIN = "/accounts/login/"
ADD = "admin:core_user_add"


@pytest.fixture
def second(db):
    return UserFactory.create(role=Role.BUREAU)


@pytest.fixture
def first_client(people, signed_in):
    return signed_in(people[Role.BUREAU])


@pytest.fixture
def second_client(second, signed_in):
    return signed_in(second)


def newcomer(**changes):
    words = {"username": "xinren", "full_name": "演示新人", "role": "bureau", "expires_on": "", "asked_reason": "调入"}
    return words | changes


def page_of(request):
    return reverse("desk_change", args=[request.pk])


def step(client, request, name, **words):
    return client.post(reverse("desk_change_step", args=[request.pk, name]), words, follow=True)


def shown_half(client, request):
    return re.search(r"<code>(\w{4}-\w{4})</code>", client.get(page_of(request)).content.decode())


def test_one_person_makes_no_account(first_client, people):
    """The attack: a bureau account creates a second one and signs in as both."""
    answer = first_client.post(reverse(ADD), newcomer(), follow=True)
    assert not User.objects.filter(username="xinren").exists()
    request = ChangeRequest.objects.get()
    assert "已提交申请" in answer.content.decode()
    assert "确认</button>" not in answer.content.decode()
    assert step(first_client, request, "confirm").status_code == 403
    with pytest.raises(PermissionDenied):
        confirm_change(request=request, by=people[Role.BUREAU])
    assert not User.objects.filter(username="xinren").exists()


def test_two_make_one_and_neither_can_sign_in_as_it(first_client, second_client, people, second):
    first_client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    assert shown_half(first_client, request) is None
    assert "已确认" in step(second_client, request, "confirm").content.decode()
    one, two = shown_half(first_client, request)[1], shown_half(second_client, request)[1]
    assert one != two
    for known in (one, two, f"{two}-{one}", f"{one}-{one}"):
        assert Client().post(LOGIN, {"login": "xinren", "password": known}).status_code == 200
    client = Client()
    answer = client.post(LOGIN, {"login": "xinren", "password": f"{one}-{two}"}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_change_password")
    own = {"oldpassword": f"{one}-{two}", "password1": "自己的口令-2026", "password2": "自己的口令-2026"}
    client.post(reverse("account_change_password"), own)
    assert shown_half(first_client, request) is None
    assert shown_half(second_client, request) is None
    home = client.get(reverse("admin:index")).content.decode()
    assert "您的账号有变更:新建账号" in home
    assert people[Role.BUREAU].full_name in home
    assert second.full_name in home


def test_the_person_concerned_says_that_they_have_read_it_and_nobody_else_can(people, second, signed_in):
    window = people[Role.WINDOW]
    MembershipFactory.create(user=window)
    wanted = sign_in_wanted(window, with_password=False)
    request = confirm_change(request=ask_change(wanted=wanted, reason="手机丢失", by=people[Role.BUREAU]), by=second)
    window.refresh_from_db()
    told, others = reverse("account_change_told", args=[request.pk]), signed_in(people[Role.BUREAU])
    assert others.post(told).status_code == 404
    mine = signed_in(window)
    assert "您的账号有变更：清除二次验证" in mine.get("/my/").content.decode()
    assert mine.get(told).status_code == 405
    mine.post(told)
    assert "您的账号有变更" not in mine.get("/my/").content.decode()
    request.refresh_from_db()
    assert request.told_at is not None


@pytest.mark.parametrize("reader", [Role.BUREAU, Role.AUDITOR])
def test_the_log_is_read_by_both_and_by_the_auditor(first_client, second_client, people, signed_in, reader):
    first_client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    step(second_client, request, "reject", reason="岗位未定")
    client = signed_in(people[reader])
    assert "新建账号" in client.get(reverse("admin:core_changerequest_changelist")).content.decode()
    page = client.get(page_of(request)).content.decode()
    assert "岗位未定" in page
    assert "调入" in page
    assert not User.objects.filter(username="xinren").exists()


def test_others_see_what_they_asked_for_themselves_alone(first_client, people, signed_in):
    first_client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    for role in (Role.COUNTY, Role.CITY_PLATFORM):
        assert signed_in(people[role]).get(page_of(request)).status_code == 404
    assert signed_in(people[Role.WINDOW]).get(page_of(request)).status_code == 302


def test_a_role_is_changed_by_two_and_ends_the_sessions(first_client, second_client, people, signed_in):
    county = people[Role.COUNTY]
    theirs = signed_in(county)
    assert theirs.get("/admin/").status_code == 200
    words = {"full_name": county.full_name, "role": "bureau", "email": "", "is_active": "on", "expires_on": ""}
    sent(first_client, reverse("admin:core_user_change", args=[county.pk]), words | {"asked_reason": "借调"})
    county.refresh_from_db()
    assert county.role == Role.COUNTY
    request = ChangeRequest.objects.get()
    assert ["角色", "县(市、区)工信部门", "市工信局"] in request.lines
    step(second_client, request, "confirm")
    county.refresh_from_db()
    assert county.role == Role.BUREAU
    assert theirs.get("/admin/").status_code == 302


def test_nobody_decides_about_themselves(second, people):
    """Neither may the person concerned confirm it; the database holds the same."""
    wanted = sign_in_wanted(second, with_password=True)
    request = ask_change(wanted=wanted, reason="忘记", by=people[Role.BUREAU])
    with pytest.raises(PermissionDenied):
        confirm_change(request=request, by=second)
    for column in ("asked_by_id", "account_id"):
        statement = f"UPDATE core_changerequest SET status = 'confirmed', decided_at = now(), decided_by_id = {column}"
        with pytest.raises(DatabaseError, match="core_change_request"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_reset_by_two_clears_factors_and_ends_sessions(first_client, second_client, people, signed_in):
    auditor = people[Role.AUDITOR]
    Authenticator.objects.create(user=auditor, type="totp", data={"secret": "x"})
    theirs = signed_in(auditor)
    page = reverse("desk_ask_sign_in", args=[auditor.pk])
    assert "忘记密码" in first_client.get(page).content.decode()
    assert first_client.post(page, {"with_password": "1"}).status_code == 400
    first_client.post(page, {"with_password": "1", "asked_reason": "忘记密码"})
    assert auditor.authenticator_set.exists()
    request = ChangeRequest.objects.get()
    step(second_client, request, "confirm")
    assert not auditor.authenticator_set.exists()
    assert theirs.get("/admin/").status_code == 302
    auditor.refresh_from_db()
    assert auditor.check_password(first_password(request))
    assert auditor.must_change_password


def test_a_later_first_password_hides_the_halves_of_an_earlier_one(people, second):
    bureau, auditor = people[Role.BUREAU], people[Role.AUDITOR]
    wanted = sign_in_wanted(auditor, with_password=True)
    requests = [confirm_change(request=ask_change(wanted=wanted, reason="一", by=bureau), by=second) for _ in "12"]
    assert half_of_password(requests[0], bureau) == ""
    assert half_of_password(requests[1], bureau)
    assert half_of_password(requests[1], auditor) == ""


def test_the_password_pages_of_the_library_are_gone(first_client, people):
    assert first_client.get(f"/admin/core/user/{people[Role.COUNTY].pk}/password/").status_code in (302, 404)
    page = first_client.get(reverse("admin:core_user_change", args=[people[Role.COUNTY].pk])).content.decode()
    assert "argon2" not in page
    assert "申请重设登录" in page


def test_an_account_belongs_elsewhere_by_two(first_client, second_client, people):
    window = people[Role.WINDOW]
    own, other = MembershipFactory.create(user=window), PlatformFactory.create()
    words = {"platform": other.pk, "region": "", "asked_reason": "换平台"}
    sent(first_client, reverse("admin:platforms_membership_change", args=[own.pk]), words)
    assert Membership.objects.get(user=window).platform == own.platform
    request = ChangeRequest.objects.get()
    step(second_client, request, "confirm")
    assert Membership.objects.get(user=window).platform == other
    page = reverse("admin:platforms_membership_change", args=[Membership.objects.get(user=window).pk])
    sent(first_client, page, words | {"is_ended": "on"})
    step(second_client, ChangeRequest.objects.waiting().get(), "confirm")
    assert not Membership.objects.filter(user=window).exists()


def test_the_office_is_changed_by_two(first_client, second_client):
    shown = first_client.get(reverse("admin:core_office_changelist"), follow=True)
    assert "株洲市工业和信息化局文件" in shown.content.decode()
    assert not Office.objects.exists()
    sent(first_client, reverse("admin:core_office_change", args=[1]), {"name": "演示局", "asked_reason": "更名"})
    assert not Office.objects.exists()
    request = ChangeRequest.objects.get()
    assert request.lines == [["机关全称", "株洲市工业和信息化局", "演示局"]]
    step(second_client, request, "confirm")
    assert Office.objects.get().name == "演示局"
    assert first_client.get(reverse("admin:core_office_add")).status_code == 403


def test_what_changed_meanwhile_is_not_overwritten(first_client, second_client, people):
    county = people[Role.COUNTY]
    words = {"full_name": "演示改名", "role": "county", "email": "", "is_active": "on", "expires_on": ""}
    sent(first_client, reverse("admin:core_user_change", args=[county.pk]), words | {"asked_reason": "改名"})
    User.objects.filter(pk=county.pk).update(full_name="又一个名字")
    request = ChangeRequest.objects.get()
    assert "已被另外改动" in step(second_client, request, "confirm").content.decode()
    county.refresh_from_db()
    assert county.full_name == "又一个名字"
    request.refresh_from_db()
    assert request.status == ChangeStatus.PROPOSED


def test_one_thing_has_one_open_request_and_the_form_keeps_what_was_typed(first_client, people):
    first_client.post(reverse(ADD), newcomer())
    answer = first_client.post(reverse(ADD), newcomer(full_name="演示别人"))
    assert answer.status_code == 200
    assert "已有一份待确认的申请" in answer.content.decode()
    assert "演示别人" in answer.content.decode()
    request = ChangeRequest.objects.get()
    withdraw_change(request=request, by=people[Role.BUREAU])
    first_client.post(reverse(ADD), newcomer(full_name="演示别人"))
    assert ChangeRequest.objects.waiting().get().wanted["full_name"] == "演示别人"


def test_a_name_that_was_taken_meanwhile_is_said(first_client, second_client):
    first_client.post(reverse(ADD), newcomer())
    UserFactory.create(username="xinren")
    assert "已存在" in step(second_client, ChangeRequest.objects.get(), "confirm").content.decode()
    assert ChangeRequest.objects.waiting().exists()


def test_wrong_words_are_said_where_they_stand(first_client):
    for words, said in (
        (newcomer(asked_reason=""), "必填"),
        (newcomer(role="county"), "须选择所属县"),
        (newcomer(role="window"), "须选择所属平台"),
        (newcomer(username="有 空格"), "用户名"),
        (
            newcomer(role="window", platform=PlatformFactory.create().pk, region=RegionFactory.create().pk),
            "只能填写一项",
        ),
        (newcomer(role="auditor", platform=PlatformFactory.create().pk), "不归属平台"),
    ):
        answer = first_client.post(reverse(ADD), words)
        assert answer.status_code == 200, words
        assert said in answer.content.decode(), words
    assert not ChangeRequest.objects.exists()


def test_rejecting_needs_a_reason_and_withdrawing_is_the_askers(first_client, second, people):
    first_client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    with pytest.raises(Refusal, match="须写明理由"):
        reject_change(request=request, reason=" ", by=second)
    with pytest.raises(PermissionDenied):
        withdraw_change(request=request, by=second)
    withdraw_change(request=request, by=people[Role.BUREAU])
    with pytest.raises(Refusal, match="当前为“已撤回”"):
        confirm_change(request=request, by=second)


@pytest.mark.parametrize(("reason", "said"), [("长" * 501, "不超过500字"), ("不同\x0b意", "U+000B")])
def test_a_reason_that_cannot_be_kept_is_said_and_nothing_is_decided(first_client, second_client, reason, said):
    first_client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    assert said in step(second_client, request, "reject", reason=reason).content.decode()
    assert ChangeRequest.objects.waiting().exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_make_one_account():
    asker, *others = UserFactory.create_batch(3, role=Role.BUREAU)
    client = Client()
    client.force_login(asker, backend="core.identity.roles.RoleBackend")
    client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    answers = at_once(*(lambda by=by: confirm_change(request=request, by=by) for by in others))
    assert sorted(type(each).__name__ for each in answers) == ["ChangeRequest", "Refusal"]
    assert User.objects.filter(username="xinren").count() == 1


def test_an_auditor_and_a_window_ask_for_nothing(people):
    for role in (Role.AUDITOR, Role.WINDOW):
        wanted = sign_in_wanted(people[Role.COUNTY], with_password=True)
        with pytest.raises(PermissionDenied):
            ask_change(wanted=wanted, reason="演示", by=people[role])


def test_the_first_two_accounts_come_together_and_only_once(db, capsys):
    with pytest.raises(CommandError, match="须是两个人"):
        call_command("create_first_accounts", "wang", "演示王", "wang", "演示李")
    call_command("create_first_accounts", "wang", "演示王", "li", "演示李")
    printed = capsys.readouterr().out
    passwords = re.findall(r"初始密码:(\S+)", printed)
    for name, password in zip(("wang", "li"), passwords, strict=True):
        user = User.objects.get(username=name)
        assert user.check_password(password)
        assert (user.role, user.must_change_password) == (Role.BUREAU, True)
    assert ChangeRequest.objects.filter(asked_by=None, decided_by=None, status="confirmed").count() == 2
    with pytest.raises(CommandError, match="另一人确认"):
        call_command("create_first_accounts", "zhao", "演示赵", "qian", "演示钱")
    with pytest.raises(CommandError, match="create_first_accounts"):
        User.objects.create_superuser("root", password="x")


def test_when_nobody_is_left_the_server_resets_a_sign_in_and_the_log_says_so(people, capsys):
    call_command("renew_sign_in", people[Role.BUREAU].username, reason="另一人离岗")
    (password,) = re.findall(r"初始密码:(\S+)", capsys.readouterr().out)
    user = User.objects.get(pk=people[Role.BUREAU].pk)
    assert user.check_password(password)
    assert ChangeRequest.objects.get().account == user
    with pytest.raises(CommandError, match="没有用户名"):
        call_command("renew_sign_in", "niemand", reason="演示")


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_staff_account_that_nobody_confirmed(as_run_time_role):
    """As the portal connects: whatever the code does, a role of the desk needs a confirmed request."""
    window = UserFactory.create(role=Role.WINDOW)
    with pytest.raises(DatabaseError, match="two people"):
        as_run_time_role(f"UPDATE core_user SET role = 'bureau' WHERE id = {window.pk}")
    columns = "password, username, full_name, role, must_change_password, email, is_active, session_epoch, date_joined"
    with pytest.raises(DatabaseError, match="two people"):
        as_run_time_role(
            f"INSERT INTO core_user ({columns}) VALUES ('x', 'ghost', 'x', 'bureau', false, '', true, 0, now())"
        )
    as_run_time_role(f"UPDATE core_user SET full_name = '演示改名' WHERE id = {window.pk}")
    window.refresh_from_db()
    assert window.full_name == "演示改名"


@pytest.fixture
def as_run_time_role():
    """One statement over a connection of the run-time role's own, as in production."""
    own = environ.Env().db_url("DATABASE_URL")
    other = ConnectionHandler(
        {"default": {**connection.settings_dict, "USER": own["USER"], "PASSWORD": own["PASSWORD"]}}
    )

    def run(statement):
        with other["default"].cursor() as cursor:
            cursor.execute(statement)

    yield run
    other.close_all()


def test_nothing_of_a_first_password_is_stored(first_client, second_client):
    first_client.post(reverse(ADD), newcomer())
    request = ChangeRequest.objects.get()
    step(second_client, request, "confirm")
    password = first_password(request)
    stored = str(list(ChangeRequest.objects.values())) + str(list(User.objects.values()))
    for half in (password[:9], password[10:]):
        assert half not in stored


def test_the_desk_says_how_many_wait_for_me(first_client, second_client):
    assert "等您确认" not in second_client.get("/admin/").content.decode()
    first_client.post(reverse(ADD), newcomer())
    assert "有1项变更申请等您确认" in second_client.get("/admin/").content.decode()
    assert "等您确认" not in first_client.get("/admin/").content.decode()
