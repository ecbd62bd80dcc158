"""What a public installation promises with every answer: its cookies, headers, passwords and limits. Settings are read
anew, as a server would read them, and then it is the answers that are looked at."""

import runpy
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings as configured
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from core.choices import Role
from tests.factories import PASSWORD, UserFactory

PUBLIC = {"SECURE_COOKIES": "1", "ALLOWED_HOSTS": "testserver", "SECRET_KEY": "k" * 60}
OPTIONAL = (
    *("DEBUG", "DEMO_MODE", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"),
    *("SECURE_COOKIES", "TRUSTED_PROXIES", "DATABASE_ROLE", "SECOND_FACTOR_ROLES", "OIDC_SERVER_URL", "CLAMD_ADDRESS"),
    *("PLAIN_STATIC_FILES", "MEDIA_ROOT", "FONT_DIR", "LOG_LEVEL", "OIDC_CLIENT_SECRET", "SECRET_KEY_FILE"),
    *("SECRET_KEY_FALLBACKS_FILE", "DATABASE_PASSWORD", "DATABASE_PASSWORD_FILE", "DATABASE_OWNER_PASSWORD"),
    *("DATABASE_OWNER_PASSWORD_FILE", "REDIS_PASSWORD", "REDIS_PASSWORD_FILE", "OIDC_CLIENT_SECRET_FILE"),
)
ANSWERED = ("SESSION_", "CSRF_", "SECURE_", "X_FRAME_", "CONTENT_SECURITY_", "PERMISSIONS_POLICY")


@pytest.fixture
def read_settings(monkeypatch):
    """The settings of a server with these variables and no others."""

    def read(**variables: str) -> dict[str, Any]:
        for name in OPTIONAL:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(configured.BASE_DIR / "zhuzhou_sme" / "settings.py"))

    return read


@pytest.fixture
def installed(settings, read_settings):
    """This process answers as a public installation would."""
    for name, value in read_settings(**PUBLIC).items():
        if name.startswith(ANSWERED):
            setattr(settings, name, value)
    return settings


@pytest.fixture(autouse=True)
def nothing_counted_before():
    """What other tests tried counts for the flood limits of this address."""
    cache.clear()


def sign_in(user, **more):
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD, **more}, secure=True)
    assert answer.status_code == 302 and "_auth_user_id" in client.session
    return client, answer


@pytest.mark.parametrize("remember", [{}, {"remember": "on"}], ids=["plain", "asking to be remembered"])
def test_the_session_cookie_is_closed_to_scripts_to_plain_http_and_ends_with_the_browser(installed, bureau, remember):
    cookie = sign_in(bureau, **remember)[1].cookies["sessionid"]
    assert cookie["httponly"] is True and cookie["secure"] is True
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_so_does_that_of_a_session_begun_with_a_passkey_or_at_the_identity_centre(installed, db):
    """Their ways in pass no form of ours that would say so: the session itself knows."""

    def begin(request):
        request.session["演示"] = 1
        return HttpResponse()

    answer = SessionMiddleware(begin)(RequestFactory().get("/", secure=True))
    assert isinstance(answer, HttpResponse)
    cookie = answer.cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


def test_the_forms_cookie_goes_over_https_alone_and_the_grid_may_read_it(installed, db):
    cookie = Client().get("/accounts/login/", secure=True).cookies["csrftoken"]
    assert cookie["secure"] is True and cookie["samesite"] == "Lax"
    assert cookie["httponly"] == "", "the grid sends the token that counts now"


def test_a_visitor_of_public_pages_is_given_no_cookie(installed, db):
    assert not Client().get("/", secure=True).cookies


def test_a_session_lasts_twelve_hours_at_most_and_is_kept_in_the_database(installed, bureau):
    client, _ = sign_in(bureau)
    session = Session.objects.get(pk=client.session.session_key)
    left = session.expire_date - timezone.now()
    assert timedelta(hours=11) < left <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/admin/", secure=True)["Location"].startswith(("/accounts/login/", "/admin/login/"))


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/admin/", "/no-such-page/"])
def test_every_answer_carries_the_headers(installed, bureau, address):
    client, _ = sign_in(bureau)
    headers = dict(client.get(address, secure=True).headers)
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";") if part.strip())
    own = dict.fromkeys(("script", "style", "img", "font", "connect"), "'self'")
    assert policy == {"default-src": "'none'", "form-action": "'self'"} | {
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        **{f"{kind}-src": source for kind, source in own.items()},
    }


HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def test_plain_http_is_led_to_https_and_the_proxys_word_counts(installed, db):
    answer = Client().get("/rankings/?year=2025")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/rankings/?year=2025")
    assert Client().get("/", headers={"X-Forwarded-Proto": "https"}).status_code == 200


def test_an_installation_without_https_works_and_promises_none(settings, read_settings, bureau):
    plain = read_settings(SECURE_COOKIES="0")
    for name in plain:
        if name.startswith(ANSWERED):
            setattr(settings, name, plain[name])
    answer = Client().post("/accounts/login/", {"login": bureau.username, "password": PASSWORD})
    cookie = answer.cookies["sessionid"]
    assert (answer.status_code, cookie["secure"], cookie["httponly"]) == (302, "", True)
    assert "Strict-Transport-Security" not in answer.headers


def test_what_is_not_said_is_the_safe_choice(read_settings):
    found = read_settings()
    assert {name: found[name] for name in SAFE} == SAFE
    assert found["STORAGES"]["staticfiles"]["BACKEND"] == "whitenoise.storage.CompressedManifestStaticFilesStorage"
    assert found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"] == []


SAFE: dict[str, Any] = {
    "DEBUG": False,
    "DEMO_MODE": False,
    "SECRET_KEY": "",  # and a server without one does not start
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
    "CSRF_TRUSTED_ORIGINS": [],
    "SECURE_COOKIES": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "TRUSTED_PROXIES": 0,
    "DATABASE_ROLE": "app",
    "SECOND_FACTOR_ROLES": ["bureau", "city_platform", "county", "auditor"],
    "CLAMD_ADDRESS": "",
    "OIDC_SERVER_URL": "",
}


def test_the_process_that_serves_connects_as_the_role_that_may_less(read_settings):
    addresses = {"DATABASE_URL": "postgres://less@db/portal", "DATABASE_OWNER_URL": "postgres://more@db/portal"}
    assert read_settings(**addresses)["DATABASES"]["default"]["USER"] == "less"
    assert read_settings(**addresses, DATABASE_ROLE="owner")["DATABASES"]["default"]["USER"] == "more"
    assert read_settings(**addresses, DATABASE_ROLE="owner")["DATABASE_APP_ROLE"] == "less"


def test_an_identity_centre_is_used_with_proof_of_who_asked(read_settings):
    found = read_settings(OIDC_SERVER_URL="https://centre.example", OIDC_CLIENT_ID="a", OIDC_CLIENT_SECRET="b")
    provider = found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]
    assert provider["OAUTH_PKCE_ENABLED"] is True
    (centre,) = provider["APPS"]
    assert centre["settings"] == {"server_url": "https://centre.example"}


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("Zq7!mukx9", "password_too_short"),  # nine
        ("Zq7!mukx9w", None),  # ten
        ("5839204716", "password_entirely_numeric"),
        ("qwertyuiop", "password_too_common"),
        ("chuangkou-91", "password_too_similar"),
    ],
)
def test_which_passwords_are_taken(password, refused):
    user = UserFactory.build(username="chuangkou91")
    try:
        validate_password(password, user)
        found = None
    except ValidationError as error:
        (found,) = {each.code for each in error.error_list}
    assert found == refused


@pytest.mark.parametrize(("password", "taken"), [("Zq7!mukx9", False), ("Zq7!mukx9w", True)])
def test_the_page_of_ones_own_password_asks_for_ten_characters(bureau, password, taken):
    client = Client()
    client.force_login(bureau, backend="core.identity.roles.RoleBackend")
    words = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/accounts/password/change/", words).status_code == (302 if taken else 200)
    bureau.refresh_from_db()
    assert bureau.check_password(password) is taken


def test_passwords_are_kept_as_argon2id_of_the_strength_that_was_decided(bureau):
    bureau.set_password("演示口令-2026")
    assert bureau.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert configured.PASSWORD_HASHERS == ["core.identity.passwords.Argon2idHasher"]


def test_looking_at_the_page_of_signing_out_signs_nobody_out(bureau):
    client, _ = sign_in(bureau)
    client.get("/accounts/logout/")
    assert "_auth_user_id" in client.session


def test_a_form_larger_than_two_megabytes_is_refused(bureau):
    client = Client()
    client.force_login(bureau, backend="core.identity.roles.RoleBackend")
    answers = [client.post("/accounts/password/change/", {"oldpassword": "字" * size}) for size in (10, 800_000)]
    assert [answer.status_code for answer in answers] == [200, 400]


def test_an_interface_that_says_nothing_of_permissions_is_closed_to_everybody(bureau):
    class Forgotten(APIView):
        def get(self, request):
            raise AssertionError("nobody gets here")

    answers = []
    for wanted in ("application/json", "text/html"):
        request = APIRequestFactory().get("/", HTTP_ACCEPT=wanted)
        request.user = bureau
        answer = Forgotten.as_view()(request)
        answer.render()
        answers.append((answer.status_code, answer["Content-Type"]))
    assert answers == [(403, "application/json"), (406, "application/json")], "JSON alone, and not even that"


def test_times_are_those_of_the_office(db):
    assert (configured.TIME_ZONE, configured.USE_TZ, configured.LANGUAGE_CODE) == ("Asia/Shanghai", True, "zh-hans")
    late_on_the_last_day = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    assert timezone.localdate(late_on_the_last_day).isoformat() == "2026-01-01"


def test_roles_that_need_a_second_factor_are_all_of_the_desks(read_settings):
    desk = {role.value for role in Role if UserFactory.build(role=role).is_staff}
    assert set(read_settings()["SECOND_FACTOR_ROLES"]) == desk
    assert read_settings(SECOND_FACTOR_ROLES="bureau")["SECOND_FACTOR_ROLES"] == ["bureau"]


@pytest.mark.parametrize(
    ("variable", "of"),
    [
        ("SECRET_KEY", lambda found: found["SECRET_KEY"]),
        ("SECRET_KEY_FALLBACKS", lambda found: ",".join(found["SECRET_KEY_FALLBACKS"])),
        ("DATABASE_PASSWORD", lambda found: found["DATABASES"]["default"]["PASSWORD"]),
        ("REDIS_PASSWORD", lambda found: unquote(urlsplit(found["REDIS_URL"]).password)),
        (
            "OIDC_CLIENT_SECRET",
            lambda found: found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]["secret"],
        ),
    ],
)
def test_every_secret_is_read_from_a_file(read_settings, tmp_path, variable, of):
    """As containers hand them over; a variable with the word itself shows in every list of processes."""
    file = tmp_path / "secret"
    file.write_text("口令:/@%23+一\n", encoding="utf-8")
    given = {
        "DATABASE_URL": "postgres://app@db:5432/portal",
        "REDIS_URL": "redis://redis:6379/0",
        "OIDC_SERVER_URL": "https://centre.example",
    }
    assert of(read_settings(**given, **{f"{variable}_FILE": str(file)})) == "口令:/@%23+一"
    with pytest.raises(ImproperlyConfigured, match=f"{variable}和{variable}_FILE只能设置一个"):
        read_settings(**given, **{f"{variable}_FILE": str(file), variable: "另一个"})
    with pytest.raises(ImproperlyConfigured, match="不能读取"):
        read_settings(**given, **{f"{variable}_FILE": str(tmp_path / "missing")})


def test_the_owners_password_opens_the_owners_address_alone(read_settings, tmp_path):
    for name in ("app", "owner"):
        (tmp_path / name).write_text(f"{name}-word")
    given = {
        "DATABASE_URL": "postgres://app@db:5432/portal?sslmode=require",
        "DATABASE_OWNER_URL": "postgres://owner@db:5432/portal",
        "DATABASE_PASSWORD_FILE": str(tmp_path / "app"),
        "DATABASE_OWNER_PASSWORD_FILE": str(tmp_path / "owner"),
    }
    app, owner = (read_settings(**given, DATABASE_ROLE=role)["DATABASES"]["default"] for role in ("app", "owner"))
    assert [app["PASSWORD"], owner["PASSWORD"]] == ["app-word", "owner-word"]
    assert app["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}
    own = read_settings(**given | {"DATABASE_URL": "postgres://app:mine@db:5432/portal"})["DATABASES"]["default"]
    assert own["PASSWORD"] == "mine", "an address that brings its own keeps it"
