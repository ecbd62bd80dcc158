"""A unit's managers keep their colleagues' accounts: windows and the city platform in the workspace, counties (and the
city platform) on the desk. The pages are the same; only their frame differs. Others' accounts are not there: 404."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.choices import OF_A_PLATFORM, Role
from core.errors import Fault, Refusal
from core.models import ChangeRequest, User
from core.typed.rows import Rows, rows_of, versions_of
from core.typed.versions import versioned
from core.views.desk import desk_page, page
from platforms.actions import people as actions
from platforms.forms import ColleagueForm, ExpiryForm
from platforms.models import Membership

View = Callable[..., HttpResponseBase]
TITLE = "本单位账号"


@dataclass(frozen=True)
class Frame:
    """Where the pages stand: whose they are, their addresses' names, their templates' folder."""

    roles: frozenset[str]
    people: str
    step: str
    template: str

    def render(self, request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
        if self == DESK:
            return page(request, self.template, TITLE, status=status, frame=self, **context)
        return render(request, self.template, {"frame": self, **context}, status=status)


WORKSPACE = Frame(
    roles=OF_A_PLATFORM,
    people="my_people",
    step="my_people_step",
    template="platforms/people/workspace.html",
)
DESK = Frame(
    roles=frozenset({Role.COUNTY, Role.CITY_PLATFORM}),
    people="desk_people",
    step="desk_people_step",
    template="platforms/people/desk.html",
)


def for_managers(frame: Frame) -> Callable[[View], View]:
    """Hands the view the manager's own membership; 404 for everybody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            user = cast(User, request.user)
            if user.role not in frame.roles or not user.has_perm("platforms.keep_people"):
                raise Http404
            return view(request, frame, user.membership, *args, **kwargs)

        return checked

    return decorate


def people(request: HttpRequest, frame: Frame, own: Membership) -> HttpResponse:
    """Everybody of the unit, and the form that invites one more."""
    given = request.POST if request.method == "POST" else None
    form = ColleagueForm(given, initial={"expires_on": timezone.localdate() + timedelta(days=365)})
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite_colleague(**form.cleaned_data, by=own.user)
        except Refusal as refusal:
            faults = refusal.faults
        else:
            if isinstance(invited, ChangeRequest):
                return _asked(request, invited)
            return _shown_once(request, frame, own, invited[0].user, invited[1])
    return _listed(request, frame, own, form=form, faults=faults, status=400 if form.is_bound else 200)


def _shown(request: HttpRequest, frame: Frame, own: Membership, pk: int, step: str) -> list[Rows]:
    colleague = Membership.objects.kept_by(own).select_related("user").filter(pk=pk).first()
    return rows_of(colleague.user) if colleague is not None else []


@versioned(_shown)
def step(request: HttpRequest, frame: Frame, own: Membership, pk: int, step: str) -> HttpResponse:
    """One thing done to one colleague's account."""
    colleague = get_object_or_404(Membership.objects.kept_by(own), pk=pk)
    try:
        if step == "renew":
            password = actions.renew_sign_in(membership=colleague, by=own.user)
            if isinstance(password, ChangeRequest):
                return _asked(request, password)
            return _shown_once(request, frame, own, colleague.user, password)
        said, asked = _done(request, colleague, own.user, step)
        if asked:
            return _asked(request, asked)
        messages.success(request, said)
    except Refusal as refusal:
        for fault in refusal.faults:
            messages.error(request, str(fault))
    return redirect(frame.people)


def _asked(request: HttpRequest, asked: ChangeRequest) -> HttpResponse:
    messages.success(request, "已提交申请,由市工信局确认后生效")
    return redirect("desk_change", pk=asked.pk)


def _done(request: HttpRequest, colleague: Membership, by: User, step: str) -> tuple[str, ChangeRequest | None]:
    """What was done, in words; the request instead, where the bureau is to confirm it."""
    name = colleague.user.full_name
    if step == "switch-off":
        return f"已停用{name}的账号,其会话已退出", actions.switch_off(membership=colleague, by=by)
    if step == "switch-on":
        return f"已恢复{name}的账号", actions.switch_on(membership=colleague, by=by)
    if step != "extend":
        raise Http404
    form = ExpiryForm(request.POST)
    if not form.is_valid():
        raise Refusal([Fault(str(message)) for message in form.errors.get("expires_on", [])])
    day = form.cleaned_data["expires_on"]
    return f"{name}的账号有效期改为{day:%Y-%m-%d}", actions.extend(membership=colleague, expires_on=day, by=by)


def _listed(request: HttpRequest, frame: Frame, own: Membership, **context: Any) -> HttpResponse:
    colleagues = Membership.objects.kept_by(own).order_by("-user__is_active", "user__username")
    today = timezone.localdate()
    seen = versions_of(each.user for each in colleagues)
    rows = [(each, each.user.is_expired_on(today), seen.get(each.user_id, "0")) for each in colleagues]
    return frame.render(request, own=own, rows=rows, **context)


def _shown_once(request: HttpRequest, frame: Frame, own: Membership, user: User, password: str) -> HttpResponse:
    """The only page that ever shows the first password."""
    return frame.render(request, own=own, newcomer=user, password=password)


_READ_AND_INVITE = require_http_methods(["GET", "HEAD", "POST"])

my_people = for_managers(WORKSPACE)(_READ_AND_INVITE(people))
my_people_step = for_managers(WORKSPACE)(require_POST(step))
desk_people = desk_page(None)(for_managers(DESK)(_READ_AND_INVITE(people)))
desk_people_step = desk_page(None)(for_managers(DESK)(require_POST(step)))
