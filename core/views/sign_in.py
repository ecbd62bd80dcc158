"""allauth's pages of signing in with what this portal adds to them: whether a factor is owed, the demonstration's code,
the identity centre."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.socialaccount.views import ConnectionsView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from requests import RequestException

from core.identity.proof import ChangesFactors, is_still_half_open
from core.identity.second_factor import demo_code, has_factor, is_required_of

Context = dict[str, Any]


def identity_centres(request: HttpRequest) -> list[Any]:
    """The providers that the deployment's settings name: one or none."""
    return list(get_adapter().list_providers(request))


class SignIn(LoginView):
    def get_context_data(self, **given: object) -> Context:
        centres = [
            {"name": each.name, "address": each.get_login_url(self.request)} for each in identity_centres(self.request)
        ]
        return {**super().get_context_data(**given), "identity_centres": centres}


class SecondStep(AuthenticateView):
    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> object:
        """A password that was changed since, or an account that was, opens no second step."""
        login = None if request.user.is_authenticated else unstash_login(request, peek=True)
        if login and not is_still_half_open(request, login.user):
            clear_login(request)
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **given: object) -> Context:
        user = self.stage.login.user
        passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
        more = {"demo_code": demo_code(user), "has_passkey": passkeys.exists()}
        return {**super().get_context_data(**given), **more}


class CodeAgain(ReauthenticateView):
    def get_context_data(self, **given: object) -> Context:
        return {**super().get_context_data(**given), "demo_code": demo_code(self.request.user)}


class Security(IndexView):
    def get_context_data(self, **given: object) -> Context:
        more = {**_owed(self.request), "has_identity_centre": bool(identity_centres(self.request))}
        return {**super().get_context_data(**given), **more}


class Enrolment(ChangesFactors, ActivateTOTPView):
    proves = True

    def get_context_data(self, **given: object) -> Context:
        return {**super().get_context_data(**given), **_owed(self.request)}


class NewPasskey(ChangesFactors, AddWebAuthnView):
    proves = True


class WithoutApp(ChangesFactors, DeactivateTOTPView):
    pass


class WithoutPasskey(ChangesFactors, RemoveWebAuthnView):
    pass


class Connections(ConnectionsView):
    """Linking the identity centre's account to one's own; not there while no centre is named."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> object:
        if not identity_centres(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **given: object) -> Context:
        centre = identity_centres(self.request)[0]
        address = centre.get_login_url(self.request, process="connect")
        return {**super().get_context_data(**given), "provider": centre, "connect_address": address}


@login_not_required
def to_identity_centre(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The way out to the identity centre leads over a page of our own: the content policy lets no form lead away."""
    try:
        response: HttpResponse = openid_connect.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)
    target = response.headers.get("Location", "")
    if not urlsplit(target).netloc:
        return response
    name = identity_centres(request)[0].name
    left = render(request, "socialaccount/login_redirect.html", {"redirect_to": target, "provider_name": name})
    left.headers["Cache-Control"] = "no-store"
    return left


def _owed(request: HttpRequest) -> Context:
    user: Any = request.user
    return {"is_required": is_required_of(user), "has_factor": has_factor(user)}
