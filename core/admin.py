"""Accounts, the bureau's particulars, background jobs and sign-in lockouts on the desk."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.actions import clear_second_factors
from core.declared import house
from core.identity.organisations import organisation_of, with_organisations
from core.identity.second_factor import FACTORS
from core.models import Job, Office, User
from core.scoped_admin import RecordAdmin
from core.versioned_admin import VersionedAdmin, delete_selected

# Roles are code (core.identity.roles); factors, sessions and linked identities are their owner's, mail is nobody's.
admin.site.disable_action("delete_selected")
admin.site.add_action(delete_selected, "delete_selected")
admin.site.unregister([Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession])


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password and nothing else: an account without one is switched off instead."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields.pop("usable_password", None)  # there when the account has a password
        self.fields["password1"].required = self.fields["password2"].required = True

    def save(self, commit: bool = True) -> Any:
        """Whoever receives it chooses another at the next sign-in."""
        self.user.must_change_password = True
        return super().save(commit)


@admin.register(User)
class AccountAdmin(VersionedAdmin, UserAdmin):  # type: ignore[type-arg]
    """One person, one account, one role. An account is switched off, never deleted: history names it."""

    add_form = AdminUserCreationForm
    change_password_form = PasswordForm
    actions = ("clear_factors",)
    list_display = (
        "username",
        "full_name",
        "role",
        "state",
        "second_factor",
        "expires_on",
        "last_login",
        "unit",
    )
    list_filter = ("role", "is_active")
    search_fields = ("username", "full_name")
    search_help_text = "按用户名或姓名查找"
    ordering = ("username",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "unit", "second_factor")
    add_fieldsets = ((None, {"fields": ("username", "full_name", "role", "expires_on", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("username", "password", "full_name", "role", "unit", "email")}),
        ("登录", {"fields": ("is_active", "expires_on", "must_change_password", "second_factor")}),
        ("记录", {"fields": ("last_login", "date_joined")}),
    )

    @admin.display(description="状态", ordering="is_active")
    def state(self, account: User) -> str:
        return "有效" if account.is_active else "已停用"

    @admin.display(description="单位")
    def unit(self, account: User) -> str:
        return organisation_of(account)

    @admin.display(description="二次验证")
    def second_factor(self, account: User) -> str:
        factors: Any = account
        return "已设置" if any(each.type in FACTORS for each in factors.authenticator_set.all()) else "未设置"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        name = Coalesce(Subquery(Office.objects.values("name")[:1]), Value(Office().name))
        accounts = with_organisations(super().get_queryset(request).prefetch_related("authenticator_set"))
        return accounts.annotate(bureau_name=name)  # type: ignore[no-redef]  # known before it is asked for

    @admin.action(description="清除所选账号的二次验证(手机丢失时)", permissions=["change"])
    def clear_factors(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        cleared = clear_second_factors(accounts=accounts, by=cast(User, request.user))
        self.message_user(request, f"已清除{cleared}个账号的二次验证并退出其会话;这些账号下次登录时须重新设置")

    def save_model(self, request: HttpRequest, account: User, form: object, change: bool) -> None:
        """A password that the administrator chose is changed at the first sign-in."""
        account.must_change_password = account.must_change_password or not change
        super().save_model(request, account, form, change)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look sees nothing of the password."""
        shown = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return shown
        return [
            (label, {**options, "fields": [f for f in options["fields"] if f != "password"]})
            for label, options in shown
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody changes their own role or switches themselves off."""
        own = ("role", "is_active", "expires_on") if obj is not None and obj.pk == request.user.pk else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Office)
class OfficeAdmin(VersionedAdmin):
    """The single row: its list is its form."""

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


@admin.register(AccessAttempt)
class LockoutAdmin(RecordAdmin):
    """Wrong passwords by account and address. Deleting a row lifts the lockout at once."""

    actions = ("lift",)  # type: ignore[assignment]
    list_display = ("account", "address", "failures", "state", "last_attempt_at")
    list_display_links = None
    ordering = ("-attempt_time",)
    search_fields = ("username", "ip_address")
    search_help_text = "按用户名或地址查找"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessAttempt]:
        return super().get_queryset(request).only("username", "ip_address", "failures_since_start", "attempt_time")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("axes.delete_accessattempt")

    @admin.action(description="解除所选锁定", permissions=["delete"])
    def lift(self, request: HttpRequest, attempts: QuerySet[AccessAttempt]) -> None:
        lifted = attempts.count()
        attempts.delete()
        self.message_user(request, f"已解除{lifted}条登录锁定")

    def get_actions(self, request: HttpRequest) -> Any:
        """Only lifting: the stock deletion says the same in more steps."""
        return {name: action for name, action in super().get_actions(request).items() if name == "lift"}

    @admin.display(description="用户名", ordering="username")
    def account(self, attempt: AccessAttempt) -> str:
        return attempt.username or ""

    @admin.display(description="地址", ordering="ip_address")
    def address(self, attempt: AccessAttempt) -> str:
        return attempt.ip_address or ""

    @admin.display(description="失败次数", ordering="failures_since_start")
    def failures(self, attempt: AccessAttempt) -> int:
        return int(attempt.failures_since_start)

    @admin.display(description="状态")
    def state(self, attempt: AccessAttempt) -> str:
        """A lockout ends by itself once the cool-off has passed."""
        is_recent = attempt.attempt_time + get_cool_off() > timezone.now()
        return "已锁定" if is_recent and attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT else "未锁定"

    @admin.display(description="最近一次", ordering="attempt_time")
    def last_attempt_at(self, attempt: AccessAttempt) -> object:
        return attempt.attempt_time
