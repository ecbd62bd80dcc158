"""A page carries the numbers of what it shows as `seen`; a POST whose numbers are not those of now is told what changed
and by whom, and writes nothing."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from core.typed.changes import changes_since
from core.typed.keeping import SEEN, keep_typed
from core.typed.pages import page_of
from core.typed.rows import Rows, version_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
MISSING = "没有收到本页打开时的版本,没有保存。请按本页现在的内容核对后再提交"
CHANGED = "您打开页面之后已有改动,您的修改没有保存。请按本页现在的内容核对后再提交"


def faults_of(shown: Sequence[Rows], seen: str) -> list[str]:
    """What to say to whoever saw `seen`; nothing when that is what stands. The caller's transaction holds the rows from
    then on, so that they stay as they were judged."""
    for rows in shown:
        rows.hold()
    if seen == version_of(shown):
        return []
    numbers = _numbers(seen, len(shown))
    if numbers is None:
        return [MISSING]
    pairs = zip(shown, numbers, strict=True)
    return [CHANGED, *(line for rows, number in pairs for line in changes_since(rows, number))]


def versioned(shown: Callable[..., Sequence[Rows]]) -> Callable[[View], View]:
    """A view whose POST acts on rows that its page showed. `shown(request, …)` takes the view's arguments and answers
    those that this person may see: for nothing it is the view that says so. A stale POST leads back to its page, where
    what was typed stands in the form again beside what stands there now."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            with transaction.atomic():
                rows = shown(request, *args, **kwargs)
                faults = faults_of(rows, request.POST.get(SEEN, "")) if rows else []
                if not faults:
                    return view(request, *args, **kwargs)
            return _told(request, faults)

        marked: Any = checked
        marked.shown = shown  # for the tag that writes `seen`, and for the test that lists the views
        return cast(View, marked)

    return decorate


def _told(request: HttpRequest, faults: Iterable[str]) -> HttpResponseBase:
    page = page_of(request)
    keep_typed(request)
    for fault in faults:
        messages.error(request, fault)
    return redirect(page.address if page is not None else "after_login")


def _numbers(seen: str, count: int) -> list[int] | None:
    parts = seen.split("-")
    if len(parts) != count or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return [int(part) for part in parts]
