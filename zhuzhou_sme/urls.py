"""All addresses: public pages, the desk, the platforms' workspace and sign-in."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path

from core.views import components, public, session

handler400 = "core.views.errors.bad_request"
handler500 = "core.views.errors.server_error"

# Signing in and out and changing one's password is all of allauth that this portal offers: nobody signs up, and a
# forgotten password is reset by an administrator.
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
]

urlpatterns = [
    path("", include("evaluation.urls.public")),
    path("", include("rewards.urls.public")),
    path("policy/", public.policy, name="policy"),
    path("privacy/", public.privacy, name="privacy"),
    path("healthz", public.health, name="health"),
    path("components/", components.gallery, name="components"),
    path("after-login/", session.after_login, name="after_login"),
    path("accounts/", include(accounts)),
    path("my/", include("evaluation.urls.workspace")),
    path("admin/", include("core.urls.desk")),
    path("admin/", include("evaluation.urls.desk")),
    path("admin/", include("rewards.urls.desk")),
    path("admin/", admin.site.urls),
]
