"""The sign-in library's own rows that need a history: who added or removed a second factor or a linked identity, and
when. Secrets, keys and what an identity centre told stay out of it."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from core.history import tracked


@tracked(without=("data", "last_used_at"))
class SecondFactor(Authenticator):
    """An authenticator app, a passkey, or a set of recovery codes of one account."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "二次验证"


@tracked(without=("extra_data", "last_login"))
class LinkedIdentity(SocialAccount):
    """An identity of the identity centre that opens one account."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "统一身份"
