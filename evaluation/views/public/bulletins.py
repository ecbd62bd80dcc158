"""Issued bulletins: the list, and one bulletin as a page and as the PDF that was issued."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from evaluation.documents.bulletin import read_view
from evaluation.models import Bulletin
from evaluation.queries.issued import issued_bulletins

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@login_not_required
def bulletins(request: HttpRequest) -> HttpResponse:
    return render(request, "evaluation/bulletins.html", {"bulletins": issued_bulletins()})


@require_safe
@login_not_required
def bulletin(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The sealed view-model as a page: the very one that the PDF was rendered from."""
    found: Bulletin = get_object_or_404(issued_bulletins().select_related("view"), year=year, quarter=quarter)
    context = {"bulletin": found, "view": read_view(bytes(found.view.content)) if found.view else None}
    return render(request, "evaluation/bulletin.html", context)


@require_safe
@login_not_required
def bulletin_pdf(request: HttpRequest, year: int, quarter: int) -> HttpResponseBase:
    """The PDF as it was sealed; its bytes never change."""
    found: Bulletin = get_object_or_404(issued_bulletins().select_related("pdf"), year=year, quarter=quarter)
    tag = f'"{found.pdf_id}"'
    response = get_conditional_response(request, etag=tag) or _pdf(found)
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


def _pdf(bulletin: Bulletin) -> HttpResponse:
    content = bytes(bulletin.pdf.content) if bulletin.pdf else b""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{bulletin}.pdf") or "attachment"
    return response
