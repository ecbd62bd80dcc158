"""The sign-in library's own rows that need a history: who added or removed a second factor or a linked identity, and
when. Secrets, keys and what an identity centre told stay out of it."""

import pgtrigger
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

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
