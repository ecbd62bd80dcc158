"""The second factor: who needs one, how its secrets are kept, what the demonstration shows. Sign-in itself is
allauth's."""

import io
import time
from base64 import urlsafe_b64encode

import qrcode
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.core.checks import Error
from django.utils.crypto import salted_hmac
from qrcode.image.svg import SvgPathImage

from core.choices import Role
from core.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SITE_NAME = "株洲市中小企业服务平台评价"


def is_required_of(user: User) -> bool:
    roles: list[str] = settings.SECOND_FACTOR_ROLES
    return user.role in roles


def factors_of(user: User) -> set[str]:
    """The kinds of factor that the account has; recovery codes alone are none."""
    return set(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).values_list("type", flat=True))


def has_factor(user: User) -> bool:
    return bool(factors_of(user))


def check_second_factor_roles(**_: object) -> list[Error]:
    """A misspelt role would go without a second factor and nobody would notice."""
    unknown = sorted(set(settings.SECOND_FACTOR_ROLES) - set(Role.values))
    hint = f"可用的角色:{','.join(Role.values)}"
    return [Error(f"SECOND_FACTOR_ROLES中没有这个角色:{name}", hint=hint, id="core.E002") for name in unknown]


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's questions about second factors, answered for this portal."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证没有通过。请核对动态验证码(每30秒更换一次,用过的不能再用)、恢复代码或通行密钥",
        "cannot_delete_authenticator": "您的角色必须使用二次验证。请先添加另一种验证方式(如通行密钥),再停用这一种",
        "cannot_generate_recovery_codes": "请先设置动态验证码或通行密钥,再生成恢复代码",
    }

    def _get_site_name(self) -> str:
        return SITE_NAME + ("(演示)" if settings.DEMO_MODE else "")

    def build_totp_svg(self, url: str) -> str:
        """An element for the page itself: it needs no exception from the content policy."""
        code = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathImage, box_size=20).save(code)
        return code.getvalue().decode().partition("?>")[2].strip()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"通行密钥{Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a factor keeps one."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return not is_required_of(authenticator.user) or others.exists()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Stored secrets open with the deployment's key alone, or with one that it replaced."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (salted_hmac("core.second_factor", "", secret=key, algorithm="sha256").digest() for key in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])


def use_up(user: User, code: str) -> bool:
    """Mark a code as used for as long as it would be accepted; False when it was used before. The library remembers
    it for one step only."""
    lifetime = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(_used(user, code), 1, timeout=lifetime))


def demo_code(user: User) -> str:
    """A code of this account that works now, for the demonstration's pages; '' for an account without an app."""
    app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
    if not settings.DEMO_MODE or app is None:
        return ""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    secret = decrypt(app.data["secret"])
    codes: list[str] = [format_hotp_value(hotp_value(secret, now + step)) for step in (0, 1, -1)]
    return next((code for code in codes if cache.get(_used(user, code)) is None), codes[0])


def _used(user: User, code: str) -> str:
    return f"core.second_factor.used:{user.pk}:{code.strip()}"
