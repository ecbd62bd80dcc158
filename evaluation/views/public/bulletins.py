"""Issued bulletins: the list, and one bulletin as a page and as the PDF that was issued."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluation.queries.issued import issued_bulletins


@require_safe
@login_not_required
def bulletins(request: HttpRequest) -> HttpResponse:
    return render(request, "evaluation/bulletins.html", {"bulletins": issued_bulletins()})


@require_safe
@login_not_required
def bulletin(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    found = get_object_or_404(issued_bulletins(), year=year, quarter=quarter)
    return render(request, "evaluation/bulletin.html", {"bulletin": found})
