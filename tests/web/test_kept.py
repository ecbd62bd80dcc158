"""What was typed is not lost: the session ended, the token changed, somebody else was faster. It comes back after
signing in, to the account that typed it and to nobody else, without script."""

import html
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.models import KeptForm, User
from platforms.models import ServiceRecord
from tests.evaluation.collection.conftest import quarter
from tests.factories import PASSWORD, MembershipFactory, PlatformFactory, UserFactory
from tests.factories.collection import credit_code
from tests.forms import form_on, send
from tests.web.test_two_writers import moved
from tests.web.test_workspace_quarter import GRID

__all__ = ["quarter"]
ADD = "/my/services/add/"
TYPED = {
    "enterprise_name": "演示甲公司",
    "credit_code": credit_code(1),
    "served_on": "2026-03-05",
    "kind": "policy",
    "activity": "演示活动",
}


def signed_in(user, **options) -> Client:
    client = Client(**options)
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


def sign_in(client: Client, user: User, address: str):
    return client.post(address, {"login": user.username, "password": PASSWORD})


@pytest.fixture
def window(db):
    return MembershipFactory.create().user


def sent_without_session(user, page=ADD, typed=TYPED, **options):
    """The page was opened, the session ended, the form is sent; the browser with its answer."""
    client = signed_in(user, **options)
    opened = client.get(page)
    Session.objects.all().delete()
    return client, send(client, opened, page, typed)


def test_after_signing_in_the_page_has_what_was_typed_and_nothing_is_stored_yet(window):
    client, answer = sent_without_session(window)
    assert answer["Location"] == f"/accounts/login/?next={ADD}"
    assert not ServiceRecord.objects.exists()
    led = sign_in(client, window, answer["Location"])
    page = client.get(led["Location"])
    text = html.unescape(page.content.decode())
    assert "没有提交成功的内容已放回下面的表单" in text and "文件须重新选择" in text
    assert {name: form_on(page, ADD)[name] for name in TYPED} == TYPED
    assert not ServiceRecord.objects.exists()
    assert send(client, page, ADD).status_code == 302
    assert ServiceRecord.objects.get().enterprise.name == "演示甲公司"
    assert not KeptForm.objects.exists(), "removed after use"


def test_a_colleague_at_the_same_computer_gets_nothing_of_it(window):
    client, answer = sent_without_session(window)
    other = MembershipFactory.create(platform=window.membership.platform).user
    led = sign_in(client, other, answer["Location"])
    assert "演示甲公司" not in client.get(led["Location"]).content.decode()
    assert KeptForm.objects.get().owner == window
    mine = signed_in(window)
    assert "演示甲公司" in mine.get(ADD).content.decode()


def test_after_a_day_it_is_gone(window):
    sent_without_session(window)
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(days=1, seconds=1))
    client = signed_in(window)
    page = client.get(ADD)
    assert "演示甲公司" not in page.content.decode()
    send(client, page, ADD, {"kind": ""})
    assert not KeptForm.objects.exists()


def test_its_owner_may_let_it_go(window):
    sent_without_session(window)
    client = signed_in(window)
    page = client.get(ADD)
    answer = send(client, page, ADD, to="/accounts/kept/let-go/")
    assert answer["Location"] == ADD
    assert not KeptForm.objects.exists()
    assert "演示甲公司" not in client.get(ADD).content.decode()


def test_only_a_page_of_ours_is_kept_and_no_password_ever(window):
    client = Client()
    for page_of in ("", "x", "WzEsIngiLCIvIl0:1x:y"):
        client.post(ADD, {**TYPED, "page_of": page_of})
    assert not KeptForm.objects.exists()
    bureau = UserFactory.create(role="bureau")
    page = "/admin/core/user/add/"
    typed = {"username": "xinren", "full_name": "演示新人", "password1": "秘密-2026-Zz", "password2": "秘密-2026-Zz"}
    sent_without_session(bureau, page, typed)
    kept = KeptForm.objects.get()
    assert kept.fields["full_name"] == ["演示新人"]
    assert "秘密" not in str(kept.fields) and "password" not in str(kept.fields)


def test_what_nobody_types_is_not_kept(window):
    sent_without_session(window, typed={**TYPED, "note": "演" * 200_001})
    assert not KeptForm.objects.exists()


def test_a_form_sent_twice_is_kept_once(window):
    sent_without_session(window)
    sent_without_session(window, typed={**TYPED, "enterprise_name": "演示乙公司"})
    assert KeptForm.objects.get().fields["enterprise_name"] == ["演示乙公司"]


def test_an_admin_form_comes_back_with_its_version(db):
    bureau, platform = UserFactory.create(role="bureau"), PlatformFactory.create(contact_person="张三")
    page = f"/admin/platforms/platform/{platform.pk}/change/"
    client, answer = sent_without_session(bureau, page, {"contact_person": "李四"})
    assert answer["Location"] == f"/accounts/login/?next={page}"
    platform.contact_phone = "13900000000"
    platform.save()
    sign_in(client, bureau, answer["Location"])
    back = client.get(page)
    assert form_on(back, page)["contact_person"] == "李四"
    assert "现在为：张三" in back.content.decode()
    told = send(client, back, page)
    assert (told.status_code, "您打开页面之后已有改动" in told.content.decode()) == (200, True)
    platform.refresh_from_db()
    assert platform.contact_person == "张三", "the version that was seen then is not the one of now"
    assert send(client, told, page).status_code == 302
    platform.refresh_from_db()
    assert (platform.contact_person, platform.contact_phone) == ("李四", "13900000000"), "what nobody touched stands"


def test_the_grid_comes_back_with_the_versions_that_were_seen(quarter):
    client, answer = sent_without_session(quarter.window, GRID, {"K7.cell.value": "7", "step": "save"})
    figure = quarter.figure("K7")
    type(figure).objects.filter(pk=figure.pk).update(value="6")
    sign_in(client, quarter.window, answer["Location"])
    back = client.get(GRID)
    assert form_on(back, GRID)["K7.cell.value"] == "7"
    told = send(client, back, GRID, {"step": "save"})
    assert (told.status_code, quarter.figure("K7").value) == (400, "6")
    assert "用我的" in told.content.decode()


def test_the_grid_that_comes_back_to_somebody_who_was_moved_is_not_saved_there(quarter):
    client, answer = sent_without_session(quarter.window, GRID, {"K7.cell.value": "7", "step": "save"})
    moved(quarter)
    sign_in(client, quarter.window, answer["Location"])
    back = client.get(GRID)
    told = send(client, back, GRID, {"step": "save"})
    assert (told.status_code, quarter.figure("K7").value) == (409, None)


def test_the_scripts_save_is_told_and_keeps_the_words_itself(quarter):
    client = Client(headers={"Accept": "*/*"})
    answer = client.post(f"{GRID}save", {"K7.cell.value": "7"})
    assert (answer.status_code, answer.json()) == (401, {"refused": ["登录已过期"]})
    assert not KeptForm.objects.exists()


def test_a_token_that_changed_keeps_what_was_typed(window):
    client = signed_in(window, enforce_csrf_checks=True)
    opened = client.get(ADD)
    fields = {**form_on(opened, ADD), **TYPED, "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(ADD, fields)
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, f'href="{ADD}"' in page, "已经保留" in page) == (403, True, True)
    back = client.get(ADD)
    assert form_on(back, ADD)["enterprise_name"] == "演示甲公司"
    assert send(client, back, ADD).status_code == 302
    assert ServiceRecord.objects.exists()


def test_a_token_that_changed_without_session_leads_over_signing_in(window):
    client = signed_in(window, enforce_csrf_checks=True)
    opened = client.get(ADD)
    Session.objects.all().delete()
    client.cookies.clear()
    answer = client.post(ADD, {**form_on(opened, ADD), **TYPED})
    assert answer.status_code == 403
    assert f"/accounts/login/?next={ADD}" in html.unescape(answer.content.decode())
    assert KeptForm.objects.get().owner == window


def test_a_forged_form_of_another_site_is_not_kept(window):
    client = signed_in(window, enforce_csrf_checks=True)
    answer = client.post(ADD, TYPED)
    assert (answer.status_code, KeptForm.objects.exists()) == (403, False)


def test_a_form_from_anothers_page_is_not_taken_for_mine(window):
    opened = signed_in(window).get(ADD)
    other = signed_in(MembershipFactory.create().user)
    answer = send(other, opened, ADD, TYPED)
    assert (answer.status_code, "另一个账号" in answer.content.decode()) == (409, True)
    assert not ServiceRecord.objects.exists()


def test_a_form_that_does_not_say_whose_it_is_is_not_written_into_a_platform(window):
    answer = signed_in(window).post(ADD, TYPED)
    assert (answer.status_code, ServiceRecord.objects.exists()) == (409, False)


def test_an_open_page_renews_its_token_and_learns_whose_it_is(window):
    client = signed_in(window)
    page_of = form_on(client.get(ADD), ADD)["page_of"]
    address = "/accounts/page-session/"
    here = client.get(address, {"page_of": page_of})
    assert here.json()["state"] == "here" and len(here.json()["token"]) == 64
    assert "no-store" in here["Cache-Control"]
    other = signed_in(MembershipFactory.create().user)
    assert other.get(address, {"page_of": page_of}).json()["state"] == "other"
    assert client.get(address).json()["state"] == "other"
    assert Client().get(address, {"page_of": page_of}).status_code == 302
