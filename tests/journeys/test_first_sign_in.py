"""A staff member's first sign-in with the second factor, in a real browser: the app's code, the recovery codes, the
next sign-in; the same without script; a passkey held by a virtual authenticator."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.browser.test_public_pages import found_by_axe
from tests.factories import PASSWORD, UserFactory
from tests.web.test_second_factor import STAFF, code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def required(no_second_factor, settings):
    settings.SECOND_FACTOR_ROLES = STAFF


@pytest.fixture
def newcomer(transactional_db, office):
    return UserFactory.create(role="bureau", must_change_password=True)


def password_step(page, live_server, user, password=PASSWORD):
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]:has-text('登录') >> nth=0")


def choose_password(page, own="自己的密码-2026-Zz"):
    expect(page.locator("h1")).to_have_text("修改密码")
    page.fill("#id_oldpassword", PASSWORD)
    page.fill("#id_password1", own)
    page.fill("#id_password2", own)
    page.click("text=保存新密码")
    return own


def enrol(page):
    """Read the secret as somebody without a camera would, and type the code of it."""
    secret = page.locator("code.secret").inner_text()
    page.fill("#id_code", code_of(secret))
    page.click("text=启用动态验证码")
    expect(page.locator("h1")).to_have_text("恢复代码")
    return secret, page.locator(".recovery-codes").inner_text().split()


def first_sign_in(page, live_server, user):
    password_step(page, live_server, user)
    own = choose_password(page)
    page.goto(f"{live_server.url}/admin/rankings/")
    expect(page.locator("h1")).to_have_text("设置动态验证码")
    secret, codes = enrol(page)
    page.click("a:has-text('已保存')")
    page.wait_for_url("**/admin/")
    page.context.clear_cookies()
    password_step(page, live_server, user, own)
    expect(page.locator("h1")).to_have_text("二次验证")
    page.fill("#id_code", "000000")
    page.click("main button:has-text('登录')")
    expect(page.locator("[role=alert]").first).to_contain_text("没有提交成功")
    page.fill("#id_code", code_of(secret, 1))
    page.click("main button:has-text('登录')")
    page.wait_for_url("**/admin/")
    return own, codes


def test_first_sign_in_with_the_second_factor(live_server, newcomer, desktop, complaints):
    own, codes = first_sign_in(desktop, live_server, newcomer)
    desktop.context.clear_cookies()
    password_step(desktop, live_server, newcomer, own)
    desktop.fill("#id_code", codes[0])
    desktop.click("main button:has-text('登录')")
    desktop.wait_for_url("**/admin/")
    assert complaints == []


def test_the_same_without_script(live_server, newcomer, page_without_script):
    _, codes = first_sign_in(page_without_script, live_server, newcomer)
    assert len(codes) == 10 and page_without_script.url == f"{live_server.url}/admin/"


def test_every_page_of_signing_in_is_clean_for_axe_and_narrow_enough(live_server, newcomer, phone, complaints):
    newcomer.must_change_password = False
    newcomer.save()
    password_step(phone, live_server, newcomer)
    found, wide = {}, {}
    for number, page in enumerate(pages_of_signing_in(phone, live_server)):
        found |= {number: serious} if (serious := found_by_axe(page)) else {}
        width = page.evaluate("document.documentElement.scrollWidth")
        wide |= {page.url: width} if width > 390 else {}
    assert found == {} and wide == {}
    assert complaints == []


def pages_of_signing_in(page, live_server):
    expect(page.locator("h1")).to_have_text("设置动态验证码")
    yield page
    enrol(page)
    yield page
    for address in (
        "",
        "passkeys/",
        "passkeys/add/",
        "recovery-codes/generate/",
        "totp/deactivate/",
        "reauthenticate/",
    ):
        page.goto(f"{live_server.url}/accounts/2fa/{address}")
        yield page
    for address in ("sessions/", "reauthenticate/", "password/change/", "identity/cancelled/"):
        page.goto(f"{live_server.url}/accounts/{address}")
        yield page
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    yield page


def test_a_passkey_is_added_and_signs_in_alone(live_server, newcomer, desktop, complaints):
    newcomer.must_change_password = False
    newcomer.save()
    devices = desktop.context.new_cdp_session(desktop)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    password_step(desktop, live_server, newcomer)
    desktop.click("a:has-text('改用通行密钥')")
    desktop.fill("#id_name", "演示电脑")
    desktop.check("#id_passwordless")
    desktop.click("#add-passkey")
    expect(desktop.locator("h1")).to_have_text("恢复代码")
    assert Authenticator.objects.filter(user=newcomer, type="webauthn").count() == 1
    desktop.goto(f"{live_server.url}/accounts/2fa/passkeys/")
    expect(desktop.locator("table")).to_contain_text("演示电脑")
    for through_password in (True, False):
        desktop.context.clear_cookies()
        if through_password:
            password_step(desktop, live_server, newcomer)
            expect(desktop.locator("h1")).to_have_text("二次验证")
        else:
            desktop.goto(f"{live_server.url}/accounts/login/")
        desktop.click("#use-passkey")
        desktop.wait_for_url(re.compile("/admin/$"))
    assert complaints == []
