"""Signing in: what was tried and failed, where an account is at home, and the sign-in library's own rows that need a
history: who added or removed a second factor or a linked identity, and when. Secrets, keys and what an identity centre
told stay out of it."""

import pgtrigger
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.choices import SignInStep
from core.history import tracked


@tracked(without=("data", "last_used_at"))
class SecondFactor(Authenticator):
    """An authenticator app, a passkey, or a set of recovery codes of one account."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "二次验证"
        triggers = [
            # A session opened before a factor came, went or was replaced proves nothing about the present one.
            # A passkey's name and counter stand in its data too, and change without the key.
            pgtrigger.Trigger(
                name="ends_sessions",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF (NEW.user_id, NEW.type) IS NOT DISTINCT FROM (OLD.user_id, OLD.type)
                           AND (NEW.type <> 'totp' OR NEW.data IS NOT DISTINCT FROM OLD.data) THEN
                            RETURN NULL;
                        END IF;
                    END IF;
                    IF TG_OP <> 'INSERT' AND OLD.type IN ('totp', 'webauthn') THEN
                        UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = OLD.user_id;
                    END IF;
                    IF TG_OP <> 'DELETE' AND NEW.type IN ('totp', 'webauthn') THEN
                        UPDATE core_user SET session_epoch = session_epoch + 1 WHERE id = NEW.user_id;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]


@tracked(without=("extra_data", "last_login"))
class LinkedIdentity(SocialAccount):
    """An identity of the identity centre that opens one account."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "统一身份"


class SignInFailure(models.Model):
    """Wrong passwords or codes for one name from one place, and until when the next try from there waits
    (`core.identity.limits` writes it, in one statement). A place is an address, one of the account's own devices
    (`device:…`), or all addresses together from which the account never signed in ('')."""

    step = models.CharField("步骤", max_length=10, choices=SignInStep.choices)
    account = models.CharField("用户名", max_length=150)
    place = models.CharField("来源", max_length=64, blank=True)
    address = models.CharField("最近地址", max_length=64, blank=True)
    failures = models.PositiveIntegerField("失败次数", default=1)
    latest = models.DateTimeField("最近一次")
    waits_until = models.DateTimeField("暂停至")

    class Meta:
        verbose_name = verbose_name_plural = "登录锁定"
        constraints = [
            models.UniqueConstraint(fields=["step", "account", "place"], name="core_signinfailure_once"),
        ]
        indexes = [models.Index(fields=["latest"], name="core_signinfailure_latest")]

    def __str__(self) -> str:
        return f"{self.account}({self.get_step_display()})"

    @property
    def place_in_words(self) -> str:
        if self.place.startswith("device:"):
            return f"本人用过的设备({self.address})"
        return self.place or "陌生地址合计"


class KnownAddress(models.Model):
    """An address from which an account has signed in since its password was last changed: it stays open while others
    guess elsewhere. A new password forgets them all (the trigger of `core.models.User`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="账号")
    address = models.CharField("地址", max_length=64)
    latest = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = verbose_name_plural = "登录过的地址"
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="core_knownaddress_once")]

    def __str__(self) -> str:
        return self.address


class SignIn(models.Model):
    """Somebody came in, from where and when: the access log. Added and never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="账号")
    address = models.CharField("地址", max_length=64)
    at = models.DateTimeField("时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "登录记录"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.user} {self.address}"
