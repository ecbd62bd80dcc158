"""Accounts and whom they work for, on the desk. Every form here asks; a second person makes it so."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.asked_admin import AskedAdmin
from core.identity.organisations import organisation_of, with_organisations
from core.identity.second_factor import FACTORS
from core.models import Office, User
from core.scoped_admin import ScopedAdmin
from platforms.forms.accounts import AccountForm, MembershipForm, NewAccountForm
from platforms.models import Membership

_ASKED: Any = ("申请", {"fields": ("asked_reason",)})


@admin.register(User)
class AccountAdmin(AskedAdmin, ScopedAdmin):
    """One person, one account, one role. An account is switched off, never deleted: history names it."""

    actions = None
    list_display = ("username", "full_name", "role", "state", "second_factor", "expires_on", "last_login", "unit")
    list_filter = ("role", "is_active")
    search_fields = ("username", "full_name")
    search_help_text = "按用户名或姓名查找"
    ordering = ("username",)
    fieldsets = (
        (None, {"fields": ("username", "full_name", "role", "unit", "email")}),
        ("登录", {"fields": ("is_active", "expires_on", "must_change_password", "second_factor")}),
        ("记录", {"fields": ("last_login", "date_joined")}),
        ("申请", {"fields": ("renewal", "asked_reason")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "role", "expires_on")}),
        ("单位(市工信局、审计账号不填)", {"fields": ("platform", "region", "is_manager")}),
        _ASKED,
    )
    readonly_fields = ("username", "last_login", "date_joined", "unit", "second_factor", "renewal")

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

    @admin.display(description="忘记密码或手机丢失")
    def renewal(self, account: User) -> SafeString:
        return format_html('<a href="{}">申请重设登录</a>', reverse("desk_ask_sign_in", args=[account.pk]))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        name = Coalesce(Subquery(Office.objects.values("name")[:1]), Value(Office().name))
        accounts = with_organisations(super().get_queryset(request).prefetch_related("authenticator_set"))
        return accounts.annotate(bureau_name=name)  # type: ignore[no-redef]  # known before it is asked for

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:  # type: ignore[override]
        return super().get_form(request, obj, **{"form": AccountForm if obj else NewAccountForm, **options})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody changes their own role or switches themselves off."""
        if obj is None:
            return ()
        own = ("role", "is_active", "expires_on") if obj.pk == request.user.pk else ()
        return (*super().get_readonly_fields(request, obj), *own)


@admin.register(Membership)
class MembershipAdmin(AskedAdmin, ScopedAdmin):
    form = MembershipForm
    actions = None
    list_display = ("user", "platform", "region")
    list_select_related = ("user", "platform", "region")
    search_fields = ("user__username", "user__full_name", "platform__name", "region__name")
    search_help_text = "按账号、平台或县(市、区)查找"
    fieldsets = (
        (None, {"fields": ("user", "platform", "region", "is_manager")}),
        ("申请", {"fields": ("is_ended", "asked_reason")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An account stays who it is; another one is another membership."""
        return ("user",) if obj else ()
