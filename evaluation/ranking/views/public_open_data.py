"""Open data: the files of every published edition, served as they were stored; the scoring program, packed when it is
asked for."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.views.sealed import sealed_response
from evaluation.ranking.documents.program import FILE_NAME, scoring_program
from evaluation.ranking.queries.rankings import editions, publication_files
from evaluation.ranking.views.public_rankings import publication_or_404


@require_safe
@login_not_required
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "evaluation/open_data.html", {"publications": editions()})


@require_safe
@login_not_required
def edition_files(request: HttpRequest, year: int, platform_type: str, edition: int | None = None) -> HttpResponse:
    """The list of an edition's files with their digests; without `edition`, of the newest."""
    publication = publication_or_404(year, platform_type, edition)
    files = publication_files(publication)
    return render(request, "evaluation/edition_files.html", {"publication": publication, "files": files})


@require_safe
@login_not_required
def file(
    request: HttpRequest, year: int, platform_type: str, name: str, edition: int | None = None
) -> HttpResponseBase:
    """One file. An edition's own address never changes its bytes; `latest` names the address it stands for."""
    publication = publication_or_404(year, platform_type, edition)
    found = publication_files(publication).filter(name=name).first()
    if found is None:
        raise Http404
    place = [year, platform_type, publication.edition, name]
    return sealed_response(
        request,
        found.file,
        saved_as=f"{year}-{platform_type}-v{publication.edition}-{name}",
        is_fixed=edition is not None,
        stands_at=reverse("open_data_file", args=place) if edition is None else "",
    )


@require_safe
@login_not_required
def program(request: HttpRequest) -> HttpResponse:
    """The scoring program itself, so that a stranger can recompute a ranking without our portal."""
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(scoring_program(), content_type="application/zip", headers=headers)
