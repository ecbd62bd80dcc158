"""Signing in and what belongs to it: all of allauth that this portal offers. Nobody signs up, and a forgotten password
is reset by an administrator."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions import views as sessions
from django.urls import path

from core.views import changes, sign_in, typed

_PASSKEY = "2fa/passkeys/<int:pk>/"
_CENTRE = "oidc/<slug:provider_id>/login/"

urlpatterns = [
    path("login/", sign_in.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("changes/<uuid:pk>/told/", changes.change_told, name="account_change_told"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("2fa/", sign_in.Security.as_view(), name="mfa_index"),
    path("2fa/authenticate/", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", sign_in.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", sign_in.Enrolment.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", sign_in.WithoutApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", sign_in.NewPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(f"{_PASSKEY}edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{_PASSKEY}remove/", sign_in.WithoutPasskey.as_view(), name="mfa_remove_webauthn"),
    path("page-session/", typed.page_session, name="page_session"),
    path("kept/let-go/", typed.let_go, name="kept_let_go"),
    path("identity/", sign_in.Connections.as_view(), name="socialaccount_connections"),
    path("identity/cancelled/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path(_CENTRE, sign_in.to_identity_centre, name="openid_connect_login"),
    path(f"{_CENTRE}callback/", openid_connect.callback, name="openid_connect_callback"),
]
