"""All addresses: public pages, the desk, the platforms' workspace and sign-in."""

from django.contrib import admin
from django.urls import include, path

from core.views import components, public
from evaluation import urls as evaluation
from zhuzhou_sme import views

handler400 = "core.views.errors.bad_request"
handler500 = "core.views.errors.server_error"

urlpatterns = [
    path("", include(evaluation.PUBLIC)),
    path("", include("rewards.urls.public")),
    path("policy/", public.policy, name="policy"),
    path("privacy/", public.privacy, name="privacy"),
    path("healthz", public.health, name="health"),
    path("components/", components.gallery, name="components"),
    path("after-login/", views.after_login, name="after_login"),
    path("accounts/", include("core.urls.accounts")),
    path("my/", include(evaluation.WORKSPACE)),
    path("my/", include("platforms.urls.workspace")),
    path("my/", include("rewards.urls.workspace")),
    path("admin/roles/", views.roles, name="desk_roles"),
    path("admin/", include("core.urls.desk")),
    path("admin/", include("platforms.urls.desk")),
    path("admin/", include(evaluation.DESK)),
    path("admin/", include("rewards.urls.desk")),
    path("admin/", admin.site.urls),
]
