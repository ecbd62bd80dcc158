"""What arrives in a form is not lost when the session behind it has ended, and not taken for somebody else's."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.models import KeptForm, User
from core.paper.punctuation import full_width_html
from core.typed.keeping import keep, kept_at, let_go
from core.typed.pages import Page, page_of
from core.typed.refill import refilled

OF_ANOTHER = "本页是用另一个账号或在另一个单位时打开的，没有写入任何数据；请重新打开页面后再填写"
_MAIN = re.compile(r"<main\b[^>]*>")


class TypedMiddleware:
    """A POST without a session is kept for the account whose page it came from, and back on the page once that account
    has signed in. A POST from another account's page is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and getattr(request, "asks_who", False) and isinstance(request.user, User):
            _give_back(request, request.user, response)
        return response

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        request.asks_who = True
        if request.method != "POST":
            return None
        page = page_of(request)
        if not isinstance(request.user, User):
            return _without_session(request, page)
        if page is None:
            return None
        if not page.is_of(request.user):
            return of_another_page(request, page)
        let_go(request.user, request.path)
        return None


def _without_session(request: HttpRequest, page: Page | None) -> HttpResponse | None:
    """Signing in leads back to the page. A script is told and keeps the words itself."""
    if _is_script(request):
        return JsonResponse({"refused": ["登录已过期"]}, status=HTTPStatus.UNAUTHORIZED)
    if page is None:
        return None
    keep(request, page)
    return redirect_to_login(page.address)


def of_another_page(request: Any, page: Page | None) -> HttpResponse:
    """Nothing is written; `page` is None when the form does not say whose it is."""
    if _is_script(request):
        return JsonResponse({"refused": [OF_ANOTHER]}, status=HTTPStatus.CONFLICT)
    context = {"page": page, "is_same_person": page is not None and request.user.pk == page.user}
    return render(request, "core/typed/other_page.html", context, status=HTTPStatus.CONFLICT)


def _is_script(request: HttpRequest) -> bool:
    """Browsers ask for a page, our scripts for an answer."""
    return "text/html" not in request.headers.get("Accept", "text/html")


def _give_back(request: HttpRequest, owner: User, response: HttpResponse) -> None:
    """What was kept for this page stands in its forms again, with the versions that were seen then."""
    is_page = response.status_code == HTTPStatus.OK and response.headers.get("Content-Type", "").startswith("text/html")
    if not is_page or response.streaming:
        return
    for form in kept_at(owner, request.get_full_path()):
        response.content = _with(form, request, response.content.decode()).encode()


def _with(form: KeptForm, request: HttpRequest, page: str) -> str:
    notice = full_width_html(render_to_string("core/typed/kept.html", {"form": form, "left": {}}, request))
    filled = refilled(page, address=request.path, action=form.action, fields=form.fields, notice=notice)
    if filled.is_placed and not filled.left:
        return filled.page
    left = render_to_string("core/typed/kept.html", {"form": form, "left": filled.left}, request)
    return _MAIN.sub(lambda main: main[0] + left, filled.page, count=1)
