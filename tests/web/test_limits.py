"""How often one may try a password or a code: by account and place, with a growing delay, and others do not pay."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db.models import F
from django.test import Client

from core.identity import limits, slots
from core.identity.devices import cookie_of
from core.models import KnownAddress, SignInFailure, User
from tests.factories import PASSWORD, UserFactory
from tests.harness.races import at_once
from tests.web.test_access import english
from tests.web.test_second_factor import SECRET, code_of, enrolled, password_step, signed_in

WRONG = "错误的密码"
HOME, ELSEWHERE = "10.1.1.1", "10.66.6.6"


@pytest.fixture(autouse=True)
def nothing_used_before():
    cache.clear()


def tries(name: str, password: str = WRONG, address: str = HOME, client: Client | None = None):
    given = {"login": name, "password": password}
    return (client or Client()).post("/accounts/login/", given, REMOTE_ADDR=address)


def statuses(name: str, times: int, address: str = HOME) -> list[int]:
    return [tries(name, address=address).status_code for _ in range(times)]


def later(**time: int) -> None:
    """The clock of the limits, moved on."""
    passed = timedelta(**time)
    SignInFailure.objects.update(latest=F("latest") - passed, waits_until=F("waits_until") - passed)


def test_five_are_free_and_then_the_wait_doubles_to_a_quarter_of_an_hour(bureau):
    assert statuses(bureau.username, 6) == [200] * 5 + [429]
    waits = []
    for _ in range(8):
        refused = tries(bureau.username, PASSWORD)
        assert refused.status_code == 429, "the right password waits as well"
        waits.append(round(int(refused["Retry-After"]), -1))
        later(seconds=int(refused["Retry-After"]))
        assert tries(bureau.username).status_code == 200
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    later(minutes=15)
    assert tries(bureau.username, PASSWORD).status_code == 302
    assert statuses(bureau.username, 5) == [200] * 5, "a right one forgives those before"


def test_a_refused_try_neither_counts_nor_prolongs_the_wait(bureau):
    statuses(bureau.username, 5)
    before = SignInFailure.objects.get(place=HOME)
    assert statuses(bureau.username, 5) == [429] * 5
    after = SignInFailure.objects.get(place=HOME)
    assert (after.failures, after.waits_until) == (before.failures, before.waits_until)


def test_the_page_says_how_long_in_chinese_and_asks_no_session(bureau):
    statuses(bureau.username, 5)
    refused = tries(bureau.username)
    page = refused.content.decode()
    assert "登录失败次数过多，请在30秒后再试" in page and not english(page)
    assert refused["Cache-Control"] == "no-store" and not refused.cookies
    assert refused["X-Frame-Options"] == "DENY" and "Content-Security-Policy" in refused.headers


def test_nothing_is_hashed_and_two_questions_are_asked_at_most(bureau, monkeypatch, django_assert_max_num_queries):
    statuses(bureau.username, 5)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *_: pytest.fail("hashed"))
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *_: pytest.fail("hashed"))
    with django_assert_max_num_queries(1):
        assert tries(bureau.username).status_code == 429


def test_a_name_that_nobody_has_waits_the_same(bureau):
    def refusals(name: str) -> list[tuple[int, str]]:
        answers = [tries(name, address=ELSEWHERE) for _ in range(7)]
        return [(answer.status_code, answer.headers.get("Retry-After", "")[:1]) for answer in answers]

    assert refusals(bureau.username) == refusals("nobody-of-this-name")


def test_a_colleague_at_the_same_address_stops_nobody(bureau):
    """An office behind one address: neither another account nor the owner at a device of their own is stopped."""
    owner = Client()
    assert tries(bureau.username, PASSWORD, client=owner).status_code == 302
    owner.post("/accounts/logout/")
    for colleague in [UserFactory.create(role="bureau") for _ in range(3)]:
        statuses(colleague.username, 6)
    statuses(bureau.username, 6)
    other = UserFactory.create(role="bureau")
    assert tries(other.username, PASSWORD).status_code == 302
    assert tries(bureau.username, PASSWORD).status_code == 429, "somebody without the device waits"
    assert tries(bureau.username, PASSWORD, client=owner).status_code == 302


def test_sixty_sign_ins_a_minute_from_one_office_pass(db):
    """Today's limit counted every sign-in of an address, the right ones too."""
    people = [UserFactory.create(role="bureau") for _ in range(3)]
    assert {tries(people[n % 3].username, PASSWORD).status_code for n in range(66)} == {302}


def test_guessing_from_many_addresses_slows_strangers_and_never_who_is_at_home(bureau):
    owner = Client()
    assert tries(bureau.username, PASSWORD, client=owner).status_code == 302
    answers = [tries(bureau.username, address=f"10.66.0.{n}").status_code for n in range(30)]
    assert answers == [200] * 20 + [429] * 10
    assert tries(bureau.username, PASSWORD, address="10.66.1.1").status_code == 429, "a new place waits"
    assert tries(bureau.username, PASSWORD, address=HOME).status_code == 302, "a known address does not"
    away = {"login": bureau.username, "password": PASSWORD}
    owner.post("/accounts/logout/")
    assert owner.post("/accounts/login/", away, REMOTE_ADDR="10.66.1.2").status_code == 302, "nor a known device"
    later(minutes=15)
    assert tries(bureau.username, PASSWORD, address="10.66.1.3").status_code == 302


def test_a_stranger_that_all_together_have_to_wait_is_not_counted_alone(bureau):
    for n in range(20):
        tries(bureau.username, address=f"10.66.0.{n}")
    assert tries(bureau.username, address="10.66.1.1").status_code == 429
    assert not SignInFailure.objects.filter(place="10.66.1.1").exists()


def test_one_right_password_from_elsewhere_does_not_wipe_out_what_strangers_failed(bureau):
    for n in range(15):
        tries(bureau.username, address=f"10.66.0.{n}")
    assert tries(bureau.username, PASSWORD, address="10.66.1.1").status_code == 302
    assert SignInFailure.objects.get(place="").failures == 15


def test_of_ipv6_the_customers_network_counts(bureau):
    answers = [tries(bureau.username, address=f"2001:db8:1:2::{n}").status_code for n in range(6)]
    assert answers == [200] * 5 + [429]
    assert tries(bureau.username, address="2001:db8:1:3::1").status_code == 200
    assert tries(bureau.username, address="::ffff:10.8.8.8").status_code == 200
    assert SignInFailure.objects.filter(place="10.8.8.8").exists()


def test_ten_wrong_codes_from_elsewhere_lock_nobody_out_at_home(db, no_second_factor, settings):
    settings.SECOND_FACTOR_ROLES = ["bureau"]
    user = enrolled()
    first = password_step(user)
    first.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET, -1)})
    assert signed_in(first)
    guesser = password_step(user)
    page = "/accounts/2fa/authenticate/"
    answers = [guesser.post(page, {"code": "000000"}, REMOTE_ADDR=ELSEWHERE).status_code for _ in range(10)]
    assert answers == [200] * 5 + [429] * 5
    refused = guesser.post(page, {"code": code_of(SECRET)}, REMOTE_ADDR=ELSEWHERE)
    assert refused.status_code == 429 and not signed_in(guesser)
    again = password_step(user)
    again.post(page, {"code": code_of(SECRET)})
    assert signed_in(again)


def test_confirming_the_password_or_a_code_again_waits_as_well(db, no_second_factor):
    user = enrolled("window")
    client = Client()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    for page, word in (("/accounts/2fa/reauthenticate/", "code"), ("/accounts/reauthenticate/", "password")):
        if word == "password":
            user = UserFactory.create(role="window")
            client.force_login(user, backend="core.identity.roles.RoleBackend")
        answers = [client.post(page, {word: "000000"}).status_code for _ in range(6)]
        assert answers == [200] * 5 + [429], page


def test_the_devices_cookie_is_closed_to_scripts_and_a_new_password_makes_it_worthless(bureau, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    answer = tries(bureau.username, PASSWORD, client=client)
    cookie = answer.cookies[cookie_of(bureau.username)]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert bureau.username not in cookie.key and PASSWORD not in cookie.value
    assert KnownAddress.objects.get(user=bureau).address == HOME
    bureau.set_password("另一个密码-2026-Zz")
    bureau.save()
    assert not KnownAddress.objects.filter(user=bureau).exists()
    statuses(bureau.username, 6)
    assert tries(bureau.username, "另一个密码-2026-Zz", client=client).status_code == 429


def test_a_new_password_chosen_on_the_device_keeps_it(bureau):
    client, new = Client(), "另一个密码-2026-Zz"
    tries(bureau.username, PASSWORD, client=client)
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", words, REMOTE_ADDR=HOME).status_code == 302
    client.post("/accounts/logout/")
    statuses(bureau.username, 6)
    assert tries(bureau.username, new, client=client).status_code == 302


@pytest.mark.parametrize("given", ["", "x", "a:b:c", "another"])
def test_a_cookie_of_another_account_or_of_nobody_is_no_device(bureau, given):
    other = UserFactory.create(role="bureau")
    client = Client()
    stolen = tries(other.username, PASSWORD, client=client).cookies[cookie_of(other.username)].value
    forged = Client()
    forged.cookies[cookie_of(bureau.username)] = stolen if given == "another" else given
    statuses(bureau.username, 6)
    assert tries(bureau.username, PASSWORD, client=forged).status_code == 429


def test_old_rows_go_by_themselves(bureau):
    statuses(bureau.username, 5)
    later(hours=limits.QUIET_HOURS, minutes=1)
    assert statuses(bureau.username, 5) == [200] * 5, "a quiet half day starts the count anew"
    later(days=limits.KEPT_DAYS, minutes=1)
    tries("nobody-of-this-name")
    assert not SignInFailure.objects.filter(account=bureau.username).exists()


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_the_same_moment_are_many_tries(monkeypatch):
    """Of 24 that start together five are looked at, however they overlap."""
    monkeypatch.setattr(slots, "PATIENCE", 60.0)
    user = User.objects.create_user("race", role="bureau", full_name="演示", password=PASSWORD)
    work: Callable[[], int] = lambda: tries(user.username, address=ELSEWHERE).status_code  # noqa: E731
    answers = at_once(*[work] * 24)
    assert sorted(answers) == [200] * 5 + [429] * 19
    assert SignInFailure.objects.get(place=ELSEWHERE).failures == 5
