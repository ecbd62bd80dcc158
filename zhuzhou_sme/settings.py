"""All settings, read from the environment only; passwords and keys from files that it names. Deployment facts live
here; the bureau's own words (name, phones, margins) are rows of `core.Office` that staff edit."""

from pathlib import Path

import environ

from zhuzhou_sme.driver import choose_driver
from zhuzhou_sme.secret_files import secret, with_password

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=False)
SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = [key for key in secret("SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=True)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # how many of ours stand in front and write X-Forwarded-For

choose_driver(env.str("DATABASE_DRIVER", default="psycopg2"))  # before Django loads one; both work (decision 0010)
# Two database roles: `owner` migrates, `app` runs. DATABASE_ROLE picks one of the two addresses; nothing else differs.
DATABASE_ROLE = env.str("DATABASE_ROLE", default="app")
_APP_URL = with_password(
    env.str("DATABASE_URL", default="postgres://app@127.0.0.1:5432/zhuzhou_sme"), "DATABASE_PASSWORD"
)
_OWNER_URL = with_password(
    env.str("DATABASE_OWNER_URL", default="postgres://owner@127.0.0.1:5432/zhuzhou_sme"), "DATABASE_OWNER_PASSWORD"
)
DATABASE_APP_ROLE = environ.Env.db_url_config(_APP_URL)["USER"]
_DATABASE = environ.Env.db_url_config(_OWNER_URL if DATABASE_ROLE == "owner" else _APP_URL)
DATABASES: dict[str, dict[str, object]] = {
    "default": {
        **_DATABASE,
        # A server that does not answer is told from one that is slow.
        "OPTIONS": {"connect_timeout": 5, **_DATABASE.get("OPTIONS", {})},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
REDIS_URL = with_password(env.str("REDIS_URL", default="redis://127.0.0.1:6379/0"), "REDIS_PASSWORD")

INSTALLED_APPS = [
    "zhuzhou_sme.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "import_export",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "rules",
    "core",
    "platforms",
    "evaluation",
    "rewards",
    "demo",  # its commands refuse outside the demonstration mode
    "zhuzhou_sme",
]

MIDDLEWARE = [
    "core.identity.accounts.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.views.addresses.PlainAddressMiddleware",
    "core.views.waiting.WaitingMiddleware",
    "core.identity.devices.KnownDeviceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.addresses.CleanQueryMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.typed.middleware.TypedMiddleware",
    "core.identity.accounts.PublicFirstMiddleware",
    "core.identity.obligations.ObligationsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.history.RequestHistoryMiddleware",
    "core.views.unavailable.UnavailableMiddleware",
]

CSRF_FAILURE_VIEW = "core.views.typed.csrf_failure"
ROOT_URLCONF = "zhuzhou_sme.urls"
WSGI_APPLICATION = "zhuzhou_sme.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["core.templatetags.forms"],  # every {% csrf_token %} also says whose page it stands on
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
            ],
        },
    }
]

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "core.identity.roles.RoleBackend",
    "rules.permissions.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["core.identity.passwords.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # a GET changes nothing and asks nobody's name
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "core.identity.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # office computers are shared: a session ends with the browser
# One limiter decides who waits: `core.identity.limits`, kept in PostgreSQL where staff can review and lift it. The
# library's own would count in Redis, and by address alone, where one person stops a whole office.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reauthenticate": None, "change_password": "5/m/user"}
MFA_RATE_LIMITS = {"webauthn_login": None}
ACCOUNT_FORMS = {"change_password": "core.identity.forms.OwnPasswordForm"}
# Staff sign in with a second factor; a role that is not named here may.
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=["bureau", "city_platform", "county", "auditor"])
MFA_ADAPTER = "core.identity.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # steps of half a minute by which a phone's clock and the server's may differ
MFA_FORMS = {
    "activate_totp": "core.identity.forms.EnrolmentForm",
    "authenticate": "core.identity.forms.CodeForm",
    "reauthenticate": "core.identity.forms.CodeAgainForm",
    "add_webauthn": "core.identity.forms.PasskeyForm",
    "edit_webauthn": "core.identity.forms.PasskeyNameForm",
}
# A provincial identity centre, switched on by naming its server. It opens accounts that exist and have linked it.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
SOCIALACCOUNT_ADAPTER = "core.identity.accounts.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "identity",
                "name": env.str("OIDC_NAME", default="统一身份认证"),
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": secret("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": []}

# Whoever asks the interface is nobody, and nobody may do anything, until a view says how people are known and what
# they may.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]
DATE_FORMAT = "Y年n月j日"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))()
FONT_DIR = Path(env.str("FONT_DIR", default=str(BASE_DIR / "var" / "fonts")))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.bool("PLAIN_STATIC_FILES", default=False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["core.files.uploads.quarantine.QuarantineHandler"]
# `unix:/run/clamav/clamd.ctl` or `host:port`: every upload is then scanned, and none passes unscanned.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = False  # our formats escape every cell themselves, more than the library does
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
# Between preview and confirmation an upload waits in the cache, which forgets it by itself after a day.
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "WARNING"}},
}
