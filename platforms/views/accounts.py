"""Asking that somebody's sign-in be reset, on the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from core.identity.changes import ask_change
from core.models import User
from core.views.desk import desk_page, page, person, take_step
from platforms.forms.accounts import SignInForm


@desk_page("core.change_user")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """For who forgot the password or lost the phone; another person confirms it."""
    account = get_object_or_404(User, pk=pk)
    form = SignInForm(request.POST if request.method == "POST" else None, instance=account)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["asked_reason"]
        return take_step(
            request,
            lambda: ask_change(wanted=form.found, reason=reason, by=person(request)),
            done="已提交申请,由市工信局另一人确认后生效",
            back="admin:core_changerequest_changelist",
        )
    status = 400 if form.is_bound else 200
    return page(request, "platforms/desk/ask_sign_in.html", "申请重设登录", status=status, form=form, account=account)
