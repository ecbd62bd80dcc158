"""What is typed about accounts and whom they work for; each form becomes a request that a second person confirms."""

from django import forms
from django.core.exceptions import ValidationError

from core.asked_admin import AskedForm
from core.choices import OF_A_PLATFORM, Role
from core.identity.change_kinds import ACCOUNT, ACCOUNT_FIELDS, sign_in_wanted, wanted_of
from core.identity.changes import Wanted
from core.models import User
from platforms.models import Membership, Platform, Region
from platforms.queries.accounts import membership_wanted, new_account_wanted


class NewAccountForm(AskedForm):
    """One person, one account, one role, and the unit that it works for."""

    platform = forms.ModelChoiceField(Platform.objects.all(), label="所属平台", required=False)
    region = forms.ModelChoiceField(Region.objects.all(), label="所属县(市、区)", required=False)
    is_manager = forms.BooleanField(label="单位管理员", required=False, help_text="可以管理本单位的账号")

    class Meta:
        model = User
        fields = ("username", "full_name", "role", "expires_on")

    def clean(self) -> None:
        super().clean()
        role, platform, region = (self.cleaned_data.get(name) for name in ("role", "platform", "region"))
        if platform and region:
            raise ValidationError("“所属平台”和“所属县(市、区)”只能填写一项")
        if role == Role.COUNTY and not region:
            self.add_error("region", "县(市、区)工信部门的账号须选择所属县(市、区)")
        if role == Role.WINDOW and not platform:
            self.add_error("platform", "窗口平台的账号须选择所属平台")
        if role not in OF_A_PLATFORM and platform:
            self.add_error("platform", "这一角色的账号不归属平台")

    def wanted(self) -> Wanted:
        unit = {name: self.cleaned_data[name] for name in ("platform", "region", "is_manager")}
        own = Membership(**unit) if unit["platform"] or unit["region"] else None
        return new_account_wanted(user=self.instance, own=own)


class AccountForm(AskedForm):
    class Meta:
        model = User
        fields = ACCOUNT_FIELDS

    def wanted(self) -> Wanted:
        """Of the fields that this person was shown: nobody changes their own role."""
        stored = User.objects.get(pk=self.instance.pk)
        shown = [name for name in ACCOUNT_FIELDS if name in self.fields]
        return wanted_of(ACCOUNT, stored, self.instance, shown, account=stored)


class SignInForm(AskedForm):
    """For who forgot the password, or lost the phone."""

    with_password = forms.TypedChoiceField(
        label="重设内容",
        choices=(("1", "密码和二次验证(忘记密码)"), ("0", "只清除二次验证(手机丢失)")),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )

    class Meta:
        model = User
        fields = ()

    def wanted(self) -> Wanted:
        return sign_in_wanted(self.instance, with_password=self.cleaned_data["with_password"])


class MembershipForm(AskedForm):
    """Whom an account works for; nobody when `is_ended`."""

    is_ended = forms.BooleanField(label="取消归属", required=False, help_text="账号保留,但不再属于任何单位")

    class Meta:
        model = Membership
        fields = ("user", "platform", "region", "is_manager")

    def wanted(self) -> Wanted:
        new = None if self.cleaned_data["is_ended"] else self.instance
        return membership_wanted(user=self.instance.user, new=new)
