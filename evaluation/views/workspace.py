"""Pages of a window account: its own platform, what is due, the annual summary with its receipts, published results.
Another platform's things are not there: 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.choices import Role
from core.errors import Fault, Refusal
from core.models import User
from core.uploads.responses import as_download
from evaluation.actions.summaries import submit_summary
from evaluation.checks.deadlines import summary_deadline, summary_years
from evaluation.forms import SummaryForm
from evaluation.models import AnnualSummary
from evaluation.queries.sealed_results import standings_of
from evaluation.queries.summaries import summaries_of
from platforms.models import Platform
from platforms.queries import operator_on

View = Callable[..., HttpResponseBase]


def window_page(view: View) -> View:
    """A page that is handed the account's own platform. For every other role, and for an account that has no platform
    yet, it does not exist."""

    @wraps(view)
    @never_cache
    def scoped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = _person(request)
        if user.role != Role.WINDOW:
            raise Http404
        platform = get_object_or_404(Platform.objects.visible_to(user).select_related("region"))
        return view(request, platform, *args, **kwargs)

    return scoped


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Desk roles are led to the desk; an account without a platform learns whom to ask."""
    user = _person(request)
    if user.role != Role.WINDOW:
        return redirect("admin:index")
    platform = Platform.objects.visible_to(user).select_related("region").first()
    if platform is None:
        return render(request, "evaluation/workspace/without_platform.html")
    today = timezone.localdate()
    context = {
        "platform": platform,
        "operator": operator_on(platform, today),
        "due": [_due(platform, year) for year in summary_years(today)],
        "standings": standings_of(platform),
    }
    return render(request, "evaluation/workspace/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@window_page
def summaries(request: HttpRequest, platform: Platform, year: int) -> HttpResponse:
    """Every version of one year's summary, and the form for the next while the year is taken in."""
    handed_in = list(summaries_of(platform).filter(year=year))
    is_open = year in summary_years(timezone.localdate())
    if not is_open and (not handed_in or request.method == "POST"):
        raise Http404
    form = SummaryForm(request.POST, request.FILES) if request.method == "POST" else SummaryForm()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, platform, year, form)
        except Refusal as refusal:
            faults = refusal.faults
    context = {
        "platform": platform,
        "year": year,
        "form": form if is_open else None,
        "faults": faults,
        "file_name": str(form.files["file"]) if faults else "",
        "summaries": handed_in,
        **_deadline(year),
    }
    return render(request, "evaluation/workspace/summaries.html", context, status=400 if form.is_bound else 200)


@require_safe
@window_page
def receipt(request: HttpRequest, platform: Platform, number: str) -> HttpResponse:
    found = get_object_or_404(summaries_of(platform), receipt_number=number)
    return render(request, "evaluation/workspace/receipt.html", {"platform": platform, "summary": found})


@require_safe
@window_page
def summary_file(request: HttpRequest, platform: Platform, number: str) -> FileResponse:
    """The bytes as they were handed in, always as a download."""
    return as_download(get_object_or_404(summaries_of(platform), receipt_number=number).attachment)


def _receive(request: HttpRequest, platform: Platform, year: int, form: SummaryForm) -> HttpResponse:
    name, content = form.content()
    summary = submit_summary(platform=platform, year=year, name=name, content=content, by=_person(request))
    return redirect("my_receipt", number=summary.receipt_number)


def _due(platform: Platform, year: int) -> dict[str, Any]:
    """A year's summary as the home page lists it: the newest version, or that it is still to come."""
    newest: AnnualSummary | None = summaries_of(platform).filter(year=year).first()
    return {"year": year, "summary": newest, **_deadline(year)}


def _deadline(year: int) -> dict[str, Any]:
    deadline = summary_deadline(year)
    return {"is_past": timezone.now() >= deadline, "days_left": (deadline.date() - timezone.localdate()).days - 1}


def _person(request: HttpRequest) -> User:
    """Whoever is signed in; the login middleware let nobody else through."""
    return cast(User, request.user)
