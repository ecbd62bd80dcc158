"""The bureau's particulars, requests for changes, background jobs and sign-in lockouts on the desk."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.asked_admin import AskedAdmin, AskedForm
from core.declared import house
from core.identity.change_kinds import OFFICE, office_fields, wanted_of
from core.identity.changes import Wanted, about, kind_of
from core.models import ChangeRequest, Job, Office, SignIn, SignInFailure
from core.scoped_admin import RecordAdmin
from core.versioned_admin import delete_selected

# Roles are code (core.identity.roles); factors, sessions and linked identities are their owner's, mail is nobody's.
admin.site.disable_action("delete_selected")
admin.site.add_action(delete_selected, "delete_selected")
admin.site.unregister([Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession])


class OfficeForm(AskedForm):
    class Meta:
        model = Office
        fields = office_fields()

    def wanted(self) -> Wanted:
        return wanted_of(OFFICE, Office.current(), self.instance, office_fields(), account=None)


@admin.register(Office)
class OfficeAdmin(AskedAdmin):
    """The single row: its list is its form. Letters print it, so two people change it."""

    form = OfficeForm
    fieldsets = (
        ("机关", {"fields": ("name", "red_head", "document_code", "city_platform_name")}),
        (
            "公文版面(GB/T 9704-2012)",
            {"fields": ("margin_top", "margin_bottom", "margin_left", "margin_right", "line_pitch")},
        ),
        (
            "网站页脚",
            {"fields": ("host_name", "phone", "icp_number", "police_number", "site_code", "privacy_text")},
        ),
        ("申请", {"fields": ("asked_reason",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Office | None:
        """Until somebody saves it, the form shows the defaults."""
        return super().get_object(request, object_id, from_field) or (Office() if object_id == "1" else None)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        return redirect(reverse("admin:core_office_change", args=[1]))


@admin.register(Job)
class JobAdmin(RecordAdmin):
    """Every background step with its state; the page of a job shows progress, faults and result."""

    list_display = ("page", "state", "created_by", "created_at", "finished_at", "attempts")
    list_display_links = None
    list_filter = ("state", "created_at")
    list_select_related = ("created_by",)
    ordering = ("-created_at",)
    fields = ("kind", "state", "attempts", "created_by", "created_at", "finished_at", "progress_note", "error")

    @admin.display(description="任务")
    def page(self, job: Job) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk_job", args=[job.pk]), house().job_kind(job.kind).label)


@admin.register(ChangeRequest)
class ChangeRequestAdmin(RecordAdmin):
    """The log of what two people changed; the page of a request shows it and takes the decision."""

    list_display = ("page", "about", "status", "asked_by", "asked_at", "decided_by", "decided_at")
    list_display_links = None
    list_filter = ("status", "asked_at")
    list_select_related = ("account", "asked_by", "decided_by")
    search_fields = ("account__username", "account__full_name", "target", "reason")
    search_help_text = "按账号、姓名或申请理由查找"
    fields = ("kind", "account", "status", "reason", "asked_by", "asked_at", "decided_by", "decided_at")

    @admin.display(description="事项")
    def page(self, request: ChangeRequest) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk_change", args=[request.pk]), kind_of(request).label)

    @admin.display(description="涉及")
    def about(self, request: ChangeRequest) -> str:
        return about(request)


@admin.register(SignIn)
class SignInAdmin(RecordAdmin):
    """Who came in, from where and when."""

    list_display = ("at", "user", "address")
    list_display_links = None
    list_filter = ("at",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__full_name", "address")
    search_help_text = "按用户名、姓名或地址查找"
    fields = ("at", "user", "address")


@admin.register(SignInFailure)
class LockoutAdmin(RecordAdmin):
    """Wrong passwords and codes by account and place. Deleting a row lets the next try through at once."""

    actions = ("lift",)  # type: ignore[assignment]
    list_display = ("account", "place_in_words", "step", "failures", "state", "latest")
    list_display_links = None
    list_filter = ("step",)
    ordering = ("-latest",)
    search_fields = ("account", "place", "address")
    search_help_text = "按用户名或地址查找"
    fields = ("account", "place_in_words", "address", "step", "failures", "state", "latest")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("core.delete_signinfailure")

    @admin.action(description="解除所选锁定", permissions=["delete"])
    def lift(self, request: HttpRequest, failures: QuerySet[SignInFailure]) -> None:
        lifted = failures.count()
        failures.delete()
        self.message_user(request, f"已解除{lifted}条登录锁定")

    def get_actions(self, request: HttpRequest) -> Any:
        """Only lifting: the stock deletion says the same in more steps."""
        return {name: action for name, action in super().get_actions(request).items() if name == "lift"}

    @admin.display(description="来源", ordering="place")
    def place_in_words(self, failure: SignInFailure) -> str:
        return failure.place_in_words

    @admin.display(description="状态", ordering="waits_until")
    def state(self, failure: SignInFailure) -> str:
        """A wait ends by itself."""
        until = timezone.localtime(failure.waits_until)
        return f"暂停至{until:%H:%M:%S}" if failure.waits_until > timezone.now() else "未暂停"
