"""Indicator systems in force or retired, printed as an official would print them. Drafts stay inside."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluation.systems.documents.indicator_systems import system_table
from evaluation.systems.documents.key_work import key_work
from evaluation.systems.queries import public_systems


@require_safe
@login_not_required
def indicator_systems(request: HttpRequest) -> HttpResponse:
    return render(request, "evaluation/indicator_systems.html", {"systems": public_systems()})


@require_safe
@login_not_required
def indicator_system(request: HttpRequest, code: str, version: int) -> HttpResponse:
    system = get_object_or_404(public_systems(), code=code, version=version)
    context = {"system": system, "table": system_table(system.rules), "work": key_work(system)}
    return render(request, "evaluation/indicator_system.html", context)
