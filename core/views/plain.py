"""Pages that ask nobody anything: no database, no session, no cache. Rendered once, so that refusing costs next to
nothing, also while somebody floods the door."""

from functools import cache
from math import ceil

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string


def plain_page(template: str, *, status: int, retry_after: int = 0, digest: str = "") -> HttpResponse:
    """The page, telling how long to wait where `retry_after` says so, and which file it is about."""
    content = _rendered(template, settings.DEMO_MODE).replace("{wait}", in_words(retry_after))
    content = content.replace("{digest}", digest)
    answer = HttpResponse(content, status=status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Length"] = str(len(answer.content))
    answer._has_been_logged = True  # type: ignore[attr-defined]  # a line for each try would help a flood
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def in_words(seconds: int) -> str:
    return f"{seconds}秒" if seconds < 2 * 60 else f"{ceil(seconds / 60)}分钟"


@cache
def _rendered(template: str, demo_mode: bool) -> str:
    return render_to_string(template, {"demo_mode": demo_mode})
