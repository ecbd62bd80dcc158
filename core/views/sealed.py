"""Serving a sealed file as it was stored: its digest is its ETag, and what has a fixed address may be kept for good. A
damaged one is not served (`core.views.unavailable`)."""

from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

from core.files.intact import sealed_bytes
from core.models import SealedFile

A_YEAR = 365 * 24 * 60 * 60


def sealed_response(
    request: HttpRequest, sealed: SealedFile, *, saved_as: str, is_fixed: bool, stands_at: str = ""
) -> HttpResponseBase:
    """The bytes, or 304 for who has them. `is_fixed`: the address names an edition and will never stand for other
    bytes; whoever asks at another compares each time, so that a correction reaches them. `stands_at` is the fixed
    address of what is served now."""
    tag = f'"{sealed.sha256}"'
    response = get_conditional_response(request, etag=tag) or _content(sealed, saved_as)
    response["ETag"] = tag
    if stands_at:
        response["Content-Location"] = stands_at
    if is_fixed:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response


def _content(sealed: SealedFile, saved_as: str) -> HttpResponse:
    response = HttpResponse(sealed_bytes(sealed), content_type=sealed.media_type)
    response["Content-Disposition"] = content_disposition_header(True, saved_as)
    return response
