"""The admin site of the bureau, the city platform, the counties and the auditors: stock Django admin under our name."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from core.choices import Role
from core.models import User
from core.periods import Quarter


class Desk(AdminSite):
    """Signing in is allauth's: one door, so that lockouts and the second factor hold here too."""

    site_title = "工作台"
    site_header = "株洲市中小企业服务平台评价 · 工作台"
    index_title = "工作台"
    site_url = "/"
    enable_nav_sidebar = True
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        """Only active accounts of a desk role; window accounts work at /my/."""
        return bool(request.user.is_active and request.user.is_staff)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Strangers go to the sign-in page; a window account is told kindly where its own pages are."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return render(request, "admin/not_for_windows.html", status=403)
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response

    def password_change(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> Any:
        """One page changes passwords, whatever the role."""
        return redirect("account_change_password")

    def get_urls(self) -> list[Any]:
        """No row of ours has a public page of its own: the redirect to one would tell which rows there are."""
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The menu of our own; the pages of one app keep the admin's list."""
        from zhuzhou_sme.menu import menu_of

        return menu_of(request) if app_label is None else super().get_app_list(request, app_label)

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        """What is due: the latest ended quarter step by step, the quarters before it, the year. A county sees what its
        platforms still owe of the newest quarter. Before all that, files that are damaged."""
        from core.queries import standing_damages
        from evaluation.completeness.queries.quarter import newest_completeness
        from evaluation.home.queries import quarter_work, year_work

        due: dict[str, object] = {}
        if request.user.has_perm("core.see_damage"):
            due = {"damages": standing_damages()}
        user = cast(User, request.user)
        if user.role == Role.COUNTY:
            due |= {"completeness": newest_completeness(user, timezone.now())}
        if request.user.has_perm("evaluation.view_importbatch"):
            latest = Quarter.containing(timezone.localdate()).previous
            due |= {"work": quarter_work(latest), "year_work": year_work((latest.year, latest.year - 1))}
        return super().index(request, {**due, **(extra_context or {})})
