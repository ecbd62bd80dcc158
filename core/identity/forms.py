"""Forms of signing in: allauth's, with this portal's words and rules."""

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from core.choices import SignInStep
from core.identity import limits
from core.identity.second_factor import use_up
from core.models import User


class OwnPasswordForm(ChangePasswordForm):
    """A new password; the one that somebody else handed out does not count as one's own."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("password1") and given.get("password1") == given.get("oldpassword"):
            self.add_error("password1", "新密码不能与原密码相同")
        return given


class OneUse(forms.Form):
    """A code opens one door once, and guessing it waits as guessing a password does: for the account at this place."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["code"].label = "动态验证码或恢复代码"
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": True})

    def clean_code(self) -> str:
        user: User = self.user  # type: ignore[attr-defined]
        attempt = limits.attempt_of(context.request, SignInStep.CODE, user.username)
        limits.check(attempt)
        limits.begin(attempt)
        code: str = super().clean_code()  # type: ignore[misc]
        is_app = self.authenticator.type == Authenticator.Type.TOTP  # type: ignore[attr-defined]
        if is_app and not use_up(user, code):
            raise get_adapter().validation_error("incorrect_code")
        limits.forgive(attempt)
        return code


class EnrolmentForm(ActivateTOTPForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["code"].label = "应用显示的6位数字"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeForm(OneUse, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(OneUse, ReauthenticateForm):
    """Confirming that it is still the same person."""


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["name"].label = "名称"
        self.fields["name"].help_text = "便于以后辨认,例如“办公电脑”“手机”"
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = "可直接登录"
        self.fields["passwordless"].help_text = "勾选后用这把通行密钥登录时不用再输入密码;设备须有指纹、人脸或PIN"


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["name"].label = "名称"
