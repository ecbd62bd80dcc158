"""All addresses: public pages, the desk, the platforms' workspace and sign-in."""

from django.contrib import admin
from django.urls import include, path

from core.views import public as core_public
from core.views import session as core_session

urlpatterns = [
    path("", core_public.home, name="home"),
    path("after-login/", core_session.after_login, name="after_login"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
