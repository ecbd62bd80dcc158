"""Admin forms that write nothing: what is sent is put before a second person as a request."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.errors import Refusal
from core.identity.changes import Wanted, ask_change, obstacle_of
from core.models import User
from core.versioned_admin import VersionedAdmin


class AskedForm(forms.ModelForm):  # type: ignore[type-arg]
    """`wanted` says what the form asks for, once its fields are sound; `found` keeps it for whoever asks."""

    asked_reason = forms.CharField(
        label="申请理由", max_length=200, help_text="提交后由市工信局另一人确认才生效,并告知涉及的本人"
    )
    found: Wanted

    def wanted(self) -> Wanted:
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self.found = self.wanted()
            if obstacle := obstacle_of(self.found):
                self.add_error(None, obstacle)


class _Sound(Exception):  # noqa: N818  no error: a form that may be asked for, on its way out of the library's saving
    def __init__(self, form: AskedForm) -> None:
        self.form = form


class AskedAdmin(VersionedAdmin):
    """For a model admin whose form is an `AskedForm`."""

    change_form_template = "admin/desk/asked_form.html"

    def changeform_view(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *arguments, **options)
        except _Sound as sound:
            return _ask(request, sound.form)

    def save_form(self, request: HttpRequest, form: AskedForm, change: bool) -> Any:
        raise _Sound(form)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look is shown nothing of asking."""
        shown = super().get_fieldsets(request, obj)
        may_ask = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return shown if may_ask else [group for group in shown if "asked_reason" not in group[1]["fields"]]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def _ask(request: HttpRequest, form: AskedForm) -> HttpResponse:
    try:
        asked = ask_change(wanted=form.found, reason=form.cleaned_data["asked_reason"], by=cast(User, request.user))
    except Refusal as refusal:  # somebody asked for the same in this very moment
        messages.error(request, str(refusal))
        return redirect(request.path)
    messages.success(request, "已提交申请,由市工信局另一人确认后生效")
    return redirect("desk_change", pk=asked.pk)
