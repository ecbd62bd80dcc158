"""The second factor: whoever must have one reaches nothing before enrolling, codes open once, secrets stay hidden."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
import redis
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from core.choices import Role
from core.identity.change_kinds import sign_in_wanted
from core.identity.changes import ask_change, confirm_change
from core.identity.obligations import CHANGING, ENROLLING, LEAVING
from core.identity.second_factor import SecondFactorAdapter, demo_code, has_factor, use_up
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from tests.web.test_access import english

STAFF = ["bureau", "city_platform", "county", "auditor"]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ENROLMENT = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def required(no_second_factor, settings):
    settings.SECOND_FACTOR_ROLES = STAFF


@pytest.fixture(autouse=True)
def nothing_used_before():
    cache.clear()


def code_of(secret: str, step: int = 0) -> str:
    """RFC 6238 written out again, as a phone would compute it."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def staff(role: str):
    return MembershipFactory.create(user__role=role).user if role == Role.WINDOW else UserFactory.create(role=role)


def enrolled(role: str = "bureau"):
    user = staff(role)
    TOTP.activate(user, SECRET)
    user.refresh_from_db()  # enrolling raised the epoch of its sessions
    return user


def password_step(user, client=None, **query) -> Client:
    client = client or Client()
    response = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD, **query})
    assert response.status_code == 302
    return client


def both_steps(user, code: str) -> Client:
    client = password_step(user)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/jobs/", "/admin/no-such-page/", "/my/", "/after-login/", "/components/", "/accounts/sessions/"],
)
def test_staff_without_a_factor_reach_enrolment_alone(db, role, address):
    client = password_step(staff(role))
    for response in (client.get(address), client.post(address), client.get(address, headers={"Accept": "text/json"})):
        assert response.status_code == 404 or response["Location"] == ENROLMENT, address


@pytest.mark.parametrize("role", STAFF)
def test_the_desks_own_door_leads_to_enrolment_too(db, role):
    client = Client()
    response = client.get("/admin/login/", follow=True)
    assert response.request["PATH_INFO"] == "/accounts/login/"
    password_step(staff(role), client, next="/admin/")
    assert client.get("/admin/login/", follow=True).request["PATH_INFO"] == ENROLMENT


def test_public_pages_and_signing_out_stay_open(db):
    client = password_step(staff("bureau"))
    for address in ("/", "/rankings/", "/policy/"):
        assert client.get(address).status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert not signed_in(client)


def test_a_window_may_but_need_not(db):
    client = password_step(staff("window"))
    assert client.get("/my/").status_code == 200
    assert client.get(ENROLMENT).status_code == 200


def test_which_roles_must_is_a_setting(db, settings):
    settings.SECOND_FACTOR_ROLES = ["window"]
    assert password_step(staff("auditor")).get("/admin/").status_code == 200
    assert password_step(staff("window")).get("/my/")["Location"] == ENROLMENT


def test_enrolling_right_after_the_password_opens_the_desk(db):
    user = staff("bureau")
    client = password_step(user)
    page = client.get(ENROLMENT)
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode() and "data:" not in page.content.decode()
    assert "'self'" in page["Content-Security-Policy"] and "data:" not in page["Content-Security-Policy"]
    wrong = client.post(ENROLMENT, {"code": "000000"})
    assert "验证没有通过" in wrong.content.decode()
    response = client.post(ENROLMENT, {"code": code_of(secret)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get(response["Location"])
    assert codes.status_code == 200 and len(codes.context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200


def test_stored_secrets_are_sealed_and_history_holds_none(db):
    user = staff("bureau")
    client = password_step(user)
    secret = client.get(ENROLMENT).context["form"].secret
    client.post(ENROLMENT, {"code": code_of(secret)})
    app = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(app.data) and app.wrap().validate_code(code_of(secret, 1))
    events = apps.get_model("core", "SecondFactorEvent")
    assert set(events.objects.filter(user=user).values_list("type", "pgh_label")) == {
        ("totp", "insert"),
        ("recovery_codes", "insert"),
    }
    assert not {"data", "secret"} & {field.name for field in events._meta.fields}
    with connection.cursor() as cursor:
        for table in (each.name for each in connection.introspection.get_table_list(cursor) if each.type == "t"):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{secret}%"])
            assert cursor.fetchone() == (0,), table


def test_a_sealed_secret_opens_with_the_key_that_was_replaced(db, settings):
    user = enrolled()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
    settings.SECRET_KEY_FALLBACKS = [old]
    assert Authenticator.objects.get(user=user).wrap().validate_code(code_of(SECRET))


@pytest.mark.parametrize("role", [*STAFF, "window"])
def test_an_enrolled_account_needs_the_code_as_well(db, role):
    user = enrolled(role)
    client = password_step(user, next="/accounts/sessions/")
    assert not signed_in(client)
    assert client.get("/admin/")["Location"].startswith(("/accounts/login/", "/admin/login/"))
    assert client.get("/my/")["Location"].startswith("/accounts/login/")
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert "演示验证码" not in page
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "验证没有通过" in wrong.content.decode() and not signed_in(client)
    response = client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert response["Location"] == "/accounts/sessions/" and signed_in(client)


def test_a_code_opens_once(db):
    user, code = enrolled(), code_of(SECRET)
    first, second = password_step(user), password_step(user)
    first.post("/accounts/2fa/authenticate/", {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")  # what the library forgets after half a minute
    second.post("/accounts/2fa/authenticate/", {"code": code})
    assert signed_in(first) and not signed_in(second)


@pytest.mark.parametrize(("step", "accepted"), [(-3, False), (-2, False), (-1, True), (0, True), (1, True), (3, False)])
def test_clocks_may_differ_by_half_a_minute(db, step, accepted):
    client = password_step(enrolled())
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET, step)})
    assert signed_in(client) is accepted


def test_a_recovery_code_stands_in_once(db):
    user = staff("auditor")
    client = password_step(user)
    secret = client.get(ENROLMENT).context["form"].secret
    client.post(ENROLMENT, {"code": code_of(secret)})
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert client.get("/accounts/2fa/recovery-codes/download/").content.decode().split() == codes
    for expected in (True, False):
        again = password_step(user)
        again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert signed_in(again) is expected


def test_new_recovery_codes_replace_the_old(db):
    user = enrolled("window")
    client = password_step(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    first = client.post("/accounts/2fa/recovery-codes/generate/", follow=True).context["unused_codes"]
    second = client.post("/accounts/2fa/recovery-codes/generate/", follow=True).context["unused_codes"]
    assert len(first) == 10 and not set(first) & set(second)


def test_whoever_must_have_a_factor_keeps_one_and_others_may_drop_it(db):
    for role, remains in (("bureau", True), ("window", False)):
        user = enrolled(role)
        client = password_step(user)
        client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
        page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
        assert ("您的角色必须使用二次验证" in page) is remains
        client.post("/accounts/2fa/totp/deactivate/")
        assert Authenticator.objects.filter(user=user, type="totp").exists() is remains


def test_changing_how_one_signs_in_asks_again_in_an_old_session(db):
    user = staff("window")
    client = Client()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    response = client.get(ENROLMENT)
    assert response["Location"].startswith("/accounts/reauthenticate/")
    refused = client.post(response["Location"], {"password": "错误的密码"})
    assert refused.status_code == 200
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == ENROLMENT
    assert client.get(ENROLMENT).status_code == 200


def test_the_demonstration_shows_a_code_that_works_and_another_after_it_was_used(db, settings):
    settings.DEMO_MODE = True
    user = enrolled()
    codes = []
    for _ in range(2):
        client = password_step(user)
        codes.append(client.get("/accounts/2fa/authenticate/").context["demo_code"])
        client.post("/accounts/2fa/authenticate/", {"code": codes[-1]})
        assert signed_in(client)
    assert codes[0] != codes[1]


def test_no_code_is_computed_outside_the_demonstration(db, settings):
    """Neither by the function nor for any page: a template that would show it has nothing to show."""
    window = enrolled("window")
    for is_demo, shown in ((True, True), (False, False)):
        settings.DEMO_MODE = is_demo
        assert bool(demo_code(window)) is shown
        client = password_step(window)
        page = client.get("/accounts/2fa/authenticate/")
        assert bool(page.context["demo_code"]) is shown
        assert ("演示验证码" in page.content.decode()) is shown
        again = Client()
        again.force_login(window, backend="core.identity.roles.RoleBackend")
        page = again.get("/accounts/2fa/reauthenticate/")
        assert page.status_code == 200
        assert bool(page.context["demo_code"]) is shown
    settings.DEMO_MODE = True
    assert demo_code(staff("window")) == "", "an account without an app has no code"


def test_a_demonstration_calls_itself_one_in_the_app(db, settings):
    for is_demo in (True, False):
        settings.DEMO_MODE = is_demo
        assert SecondFactorAdapter()._get_site_name().endswith("(演示)") is is_demo


def test_a_code_is_used_up_for_its_account_alone(db):
    first, second = enrolled(), enrolled()
    assert [use_up(first, "123456"), use_up(first, " 123456 "), use_up(second, "123456")] == [True, False, True]


def test_a_used_code_is_remembered_for_as_long_as_it_would_open(db, settings):
    """Three steps of half a minute: the one before, its own and the one after."""
    user = enrolled()
    use_up(user, "123456")
    key = cache.make_key(f"core.second_factor.used:{user.pk}:123456")
    left = redis.Redis.from_url(settings.REDIS_URL).ttl(key)
    assert 45 < left <= 90


def test_recovery_codes_alone_are_no_factor_and_a_passkey_is_one(db):
    user = staff("bureau")
    for kind, counts in (("recovery_codes", False), ("webauthn", True)):
        Authenticator.objects.create(user=user, type=kind, data={"seed": "", "used_mask": 0, "name": "演示"})
        assert has_factor(user) is counts
    assert not has_factor(staff("bureau"))


def test_who_must_have_one_may_drop_one_of_two(db):
    user = enrolled()
    app = Authenticator.objects.get(user=user)
    assert not SecondFactorAdapter().can_delete_authenticator(app)
    Authenticator.objects.create(user=enrolled(), type="webauthn", data={"name": "别人的"})
    assert not SecondFactorAdapter().can_delete_authenticator(app), "somebody else's key is no factor of one's own"
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "演示"})
    assert SecondFactorAdapter().can_delete_authenticator(app)


def test_a_sealed_secret_does_not_open_with_another_key(db, settings):
    sealed = SecondFactorAdapter().encrypt(SECRET)
    assert SECRET not in sealed and SecondFactorAdapter().decrypt(sealed) == SECRET
    settings.SECRET_KEY = "another-key-" * 6
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(sealed)


def test_two_administrators_clear_the_factors_of_who_lost_the_phone(db, bureau, second_bureau):
    user = enrolled()
    client = password_step(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert client.get("/admin/").status_code == 200
    asked = ask_change(wanted=sign_in_wanted(user, with_password=False), reason="手机丢失", by=bureau)
    assert client.get("/admin/").status_code == 200
    confirm_change(request=asked, by=second_bureau)
    assert client.get("/admin/").status_code == 302 and "login" in client.get("/admin/")["Location"]
    assert password_step(user).get("/admin/")["Location"] == ENROLMENT


def test_a_first_password_is_changed_before_anything_else(db):
    user = staff("window")
    user.must_change_password = True
    user.save()
    client = password_step(user)
    change = "/accounts/password/change/"
    assert client.get("/my/")["Location"] == change
    assert client.get("/accounts/2fa/")["Location"] == change
    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "新密码不能与原密码相同" in client.post(change, same).content.decode()
    own = {"oldpassword": PASSWORD, "password1": "自己的密码-2026-Zz", "password2": "自己的密码-2026-Zz"}
    assert client.post(change, own).status_code == 302
    assert client.get("/my/").status_code == 200


METHODS = ["get", "post", "put", "patch", "delete", "head", "options"]
CHANGE = "/accounts/password/change/"
INSIDE = ["/admin/", "/admin/jobs/", "/my/", "/after-login/", "/components/", "/accounts/sessions/", "/accounts/2fa/"]
INSIDE += [ENROLMENT, "/accounts/2fa/passkeys/add/", "/accounts/reauthenticate/", "/accounts/2fa/recovery-codes/"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("role", ["bureau", "window"])
def test_whoever_must_change_the_password_does_nothing_else_by_any_method(db, role, method):
    user = enrolled(role)
    client = password_step(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    type(user).objects.filter(pk=user.pk).update(must_change_password=True)
    led = {address: getattr(client, method)(address).headers.get("Location") for address in INSIDE}
    assert led == dict.fromkeys(INSIDE, CHANGE)
    assert client.get("/").status_code == 200
    assert client.get(CHANGE).status_code == 200


@pytest.mark.parametrize("method", METHODS)
def test_whoever_lacks_a_factor_does_nothing_else_by_any_method(db, method):
    client = password_step(staff("bureau"))
    open_while_enrolling = {ENROLMENT, "/accounts/2fa/", "/accounts/2fa/passkeys/add/", "/accounts/reauthenticate/"}
    closed = [address for address in INSIDE if address not in open_while_enrolling]
    led = {address: getattr(client, method)(address).headers.get("Location") for address in closed}
    assert led == dict.fromkeys(closed, ENROLMENT)


def test_what_stays_open_is_the_way_out_and_what_is_owed():
    assert frozenset({"admin:logout"}) == LEAVING
    assert frozenset({"admin:logout", "account_change_password"}) == CHANGING
    enrolling = {"account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}
    assert CHANGING | enrolling == ENROLLING


def test_the_password_comes_before_the_factor_and_both_before_the_desk(db):
    user = staff("bureau")
    user.must_change_password = True
    user.save()
    client = password_step(user)
    assert [client.get(address)["Location"] for address in ("/admin/", ENROLMENT)] == [CHANGE, CHANGE]
    new = "自己的密码-2026-Zz"
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert not user.must_change_password
    assert client.get("/admin/")["Location"] == ENROLMENT


@pytest.mark.parametrize("way_out", ["/admin/logout/", "/accounts/logout/"])
def test_the_way_out_stays_open_to_whoever_owes_something(db, way_out):
    user = enrolled()
    type(user).objects.filter(pk=user.pk).update(must_change_password=True)
    client = password_step(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    client.post(way_out)
    assert not signed_in(client)


def test_nothing_english_on_the_pages_of_signing_in(db):
    user = staff("bureau")
    client = password_step(user)
    pages = {ENROLMENT: client.get(ENROLMENT)}
    secret = pages[ENROLMENT].context["form"].secret
    pages["wrong code"] = client.post(ENROLMENT, {"code": ""})
    client.post(ENROLMENT, {"code": code_of(secret)})
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "演示钥匙", "credential": {}})
    client = both_steps(user, code_of(secret, 1))
    own = ["", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "reauthenticate/"]
    own += [f"passkeys/{key.pk}/edit/", f"passkeys/{key.pk}/remove/", "passkeys/"]
    pages |= {page: client.get(f"/accounts/2fa/{page}") for page in own}
    key.delete()
    client = both_steps(user, code_of(secret, -1))
    pages |= {page: client.get(f"/accounts/2fa/{page}") for page in ("passkeys/add/", "passkeys/")}
    second = password_step(user)
    pages["second step"] = second.post("/accounts/2fa/authenticate/", {"code": "x"})
    assert {page: answer.status_code for page, answer in pages.items() if answer.status_code != 200} == {}
    assert {page: words for page, answer in pages.items() if (words := english(answer.content.decode()))} == {}
