"""The second factor belongs to the session that gave it: what another session proved opens nothing here."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from core.identity.obligations import PROVING
from core.identity.proof import ChangesFactors
from core.models import User
from tests.factories import PASSWORD
from tests.web.test_second_factor import (
    CHANGE,
    ENROLMENT,
    METHODS,
    SECRET,
    STAFF,
    code_of,
    enrolled,
    password_step,
    staff,
)

INSIDE = ["/admin/", "/admin/core/user/", "/admin/core/user/add/", "/admin/jobs/", "/my/", "/after-login/"]
INSIDE += ["/components/", "/accounts/sessions/"]
OWN_SECURITY = ["/accounts/2fa/", ENROLMENT, "/accounts/2fa/totp/deactivate/", "/accounts/2fa/passkeys/add/"]
OWN_SECURITY += ["/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/", CHANGE]
CODE_PAGE = "/accounts/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def required(no_second_factor, settings):
    settings.SECOND_FACTOR_ROLES = STAFF
    cache.clear()


def enrol(client: Client) -> str:
    secret = client.get(ENROLMENT).context["form"].secret
    assert client.post(ENROLMENT, {"code": code_of(secret)}).status_code == 302
    return secret


def ended(client: Client) -> bool:
    return client.get("/after-login/").headers.get("Location", "").startswith("/accounts/login/")


def unproved(user) -> Client:
    """A session that outlived an enrolment all the same, as if nothing had ended it."""
    client = Client()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


@pytest.mark.parametrize("role", STAFF)
def test_a_session_that_waited_at_enrolment_is_over_once_the_owner_enrols_elsewhere(db, role):
    user = staff(role)
    stranger, owner = password_step(user), password_step(user)
    assert stranger.get("/admin/")["Location"] == ENROLMENT
    enrol(owner)
    assert owner.get("/admin/").status_code == 200
    for address in (*INSIDE, *OWN_SECURITY):
        for answer in (stranger.get(address), stranger.post(address)):
            assert answer.status_code == 302 and "/login/" in answer["Location"], address


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("role", [*STAFF, "window"])
def test_a_session_without_the_factor_of_an_enrolled_account_reaches_the_code_alone(db, role, method):
    """Even one that nothing ended: the middleware asks the session, not the account."""
    client = unproved(enrolled(role))
    for address in (*INSIDE, *OWN_SECURITY):
        location = getattr(client, method)(address).headers.get("Location", "")
        assert location.startswith(CODE_PAGE), (address, location)


@pytest.mark.parametrize("role", ["bureau", "window"])
def test_the_code_given_in_the_session_opens_it_and_leads_back(db, role):
    user = enrolled(role)
    client, home = unproved(user), "/admin/" if user.is_staff else "/my/"
    page = client.get(home, follow=True)
    assert page.request["PATH_INFO"] == CODE_PAGE
    assert client.post(CODE_PAGE, {"code": "000000"}).status_code == 200
    assert client.get(home).status_code == 302, "a wrong code proves nothing"
    answer = client.post(f"{CODE_PAGE}?next={home}", {"code": code_of(SECRET), "next": home})
    assert answer["Location"] == home and client.get(home).status_code == 200


def test_the_password_again_proves_no_factor(db):
    client = unproved(enrolled())
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/admin/")["Location"].startswith(CODE_PAGE)


def test_a_factor_counts_for_the_account_and_the_enrolment_that_it_was_given_for(db):
    """Another account's mark, or one from before a reset, copied into a session, is worth nothing."""
    first, second = enrolled(), enrolled()
    client = password_step(first)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    mark = dict(client.session["second_factor"])
    for user in (first, second):
        client = unproved(user)
        session = client.session
        session["second_factor"] = mark if user == second else {**mark, "epoch": mark["epoch"] - 1}
        session.save()
        assert client.get("/admin/")["Location"].startswith(CODE_PAGE)


def test_what_stays_open_while_the_code_is_owed():
    assert frozenset({"admin:logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}) == PROVING


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_user SET role = 'auditor' WHERE id = %s",
        "UPDATE core_user SET password = 'x' WHERE id = %s",
        "DELETE FROM mfa_authenticator WHERE user_id = %s AND type = 'totp'",
        "UPDATE mfa_authenticator SET data = '{}' WHERE user_id = %s AND type = 'totp'",
        """INSERT INTO mfa_authenticator (user_id, type, data, created_at)
           SELECT id, 'webauthn', '{}', now() FROM core_user WHERE id = %s""",
    ],
)
def test_whatever_changes_how_one_signs_in_ends_sessions_even_by_statement(db, statement):
    user = enrolled()
    client = password_step(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert not ended(client)
    with connection.cursor() as cursor:
        cursor.execute(statement, [user.pk])
    assert ended(client)


def test_recording_that_a_factor_was_used_ends_nothing(db):
    user = enrolled()
    client = password_step(user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    Authenticator.objects.get(user=user).record_usage()
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "", "used_mask": 0})
    assert not ended(client)


def signed_in_twice(role: str = "window") -> tuple[User, Client, Client]:
    user = enrolled(role)
    clients = password_step(user), password_step(user)
    for step, client in enumerate(clients):
        client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET, step)})
        assert not ended(client)
    return user, *clients


def test_removing_a_factor_and_a_new_password_end_the_other_sessions_and_not_ones_own(db):
    _, own, other = signed_in_twice()
    own.post("/accounts/2fa/totp/deactivate/")
    assert ended(other) and not ended(own)
    _, own, other = signed_in_twice()
    new = "自己的密码-2026-Zz"
    assert own.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    assert ended(other) and not ended(own)
    assert own.get("/my/").status_code == 200, "the factor given in this session still counts"


def test_removing_a_passkey_ends_the_other_sessions_and_not_ones_own(db):
    user = enrolled("window")
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "演示钥匙", "credential": {}})
    own, other = password_step(user), password_step(user)
    for step, client in enumerate((own, other)):
        client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET, step)})
    assert own.post(f"/accounts/2fa/passkeys/{key.pk}/remove/").status_code == 302
    assert ended(other) and not ended(own)


def test_a_half_open_session_ends_with_the_password_that_opened_it(db):
    """Whoever waits at the code with the old password does not get in with a code after the owner changed it."""
    user = enrolled()
    waiting = password_step(user)
    user.set_password("自己的密码-2026-Zz")
    user.save()
    answer = waiting.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert answer["Location"] == "/accounts/login/" and "_auth_user_id" not in waiting.session
    assert waiting.get("/accounts/2fa/authenticate/")["Location"] == "/accounts/login/"


def test_a_session_that_ended_while_its_request_was_on_the_way_adds_no_factor(db):
    """The middleware let it through a moment earlier; under the lock of the account's row it is asked again."""
    user = staff("bureau")
    session, written = password_step(user).session, []

    class Form:
        def form_valid(self, form: object) -> HttpResponse:
            written.append(form)
            return HttpResponse()

    class Page(ChangesFactors, Form):
        pass

    def sent(account: User) -> int:
        page = Page()
        page.request = RequestFactory().post("/")
        page.request.session, page.request.user = session, account
        return page.form_valid("added").status_code

    assert (sent(user), written) == (200, ["added"])
    User.objects.filter(pk=user.pk).update(session_epoch=9)
    assert (sent(user), written) == (302, ["added"])
