"""Receipts of quarterly submissions, as pages and as the documents that were handed in."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluation.collection.models import SubmissionReceipt
from evaluation.collection.queries.submissions import receipts_of
from evaluation.scope import workspace_page
from evaluation.wording import value_text
from platforms.models import Platform


@require_safe
@workspace_page
def receipt(request: HttpRequest, platform: Platform, number: str) -> HttpResponse:
    """Number, time, digest, and what was handed in, read from the receipt's own document."""
    found = _found(platform, number)
    indicators = found.submission.system.rules.by_code
    figures = [
        {**row, "text": value_text(indicators[row["indicator"]], row) if "value" in row else ""}
        for row in json.loads(found.document)["figures"]
    ]
    return render(request, "evaluation/workspace/submission_receipt.html", {"receipt": found, "figures": figures})


@require_safe
@workspace_page
def document(request: HttpRequest, platform: Platform, number: str) -> HttpResponse:
    """The very bytes whose digest the receipt names."""
    found = _found(platform, number)
    return HttpResponse(
        found.document.encode(),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{found.number}.json"'},
    )


def _found(platform: Platform, number: str) -> SubmissionReceipt:
    return get_object_or_404(receipts_of(platform).select_related("submission__system"), number=number)
