"""Issued bulletins: the list, and one bulletin as a page and as the PDF that was issued."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.files.intact import sealed_bytes
from core.views.sealed import sealed_response
from evaluation.bulletin.documents import read_view
from evaluation.bulletin.models import Bulletin
from evaluation.bulletin.queries import issued_bulletin, issued_bulletins


@require_safe
@login_not_required
def bulletins(request: HttpRequest) -> HttpResponse:
    return render(request, "evaluation/bulletins.html", {"bulletins": issued_bulletins()})


@require_safe
@login_not_required
def bulletin(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The page renders the very view-model that was sealed with the PDF."""
    found = _bulletin_or_404(year, quarter)
    assert found.view is not None  # noqa: S101  a constraint of an issued bulletin
    view = read_view(sealed_bytes(found.view))
    return render(request, "evaluation/bulletin.html", {"bulletin": found, "view": view})


@require_safe
@login_not_required
def bulletin_pdf(request: HttpRequest, year: int, quarter: int) -> HttpResponseBase:
    found = _bulletin_or_404(year, quarter)
    assert found.pdf is not None  # noqa: S101  a constraint of an issued bulletin
    return sealed_response(request, found.pdf, saved_as=f"{found}.pdf", is_fixed=False)


def _bulletin_or_404(year: int, quarter: int) -> Bulletin:
    found = issued_bulletin(year=year, quarter=quarter)
    if found is None:
        raise Http404
    return found
