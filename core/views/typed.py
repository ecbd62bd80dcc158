"""What was typed while the session, the token or the network was gone: renewing the token of an open page, the page
after a token that did not fit, and letting go of what was kept."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.models import User
from core.typed.keeping import keep, let_all_go
from core.typed.middleware import OF_ANOTHER
from core.typed.pages import FIELD, page_named, page_of


@never_cache
@require_safe
def page_session(request: HttpRequest) -> JsonResponse:
    """For the scripts of an open page: whether it is still this person's, and the token that counts now. Whoever is not
    signed in is led to sign in, as everywhere; nobody of another origin can read the answer."""
    page = page_named(request.GET.get(FIELD, ""))
    if page is None or not page.is_of(request.user):
        return JsonResponse({"state": "other", "said": OF_ANOTHER})
    return JsonResponse({"state": "here", "token": get_token(request)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token is not the session's: after signing in again elsewhere, or with cookies switched off. What was typed is
    kept for the account whose page it was typed on."""
    page = page_of(request)
    is_kept = page is not None and keep(request, page)
    context = {"page": page, "is_kept": is_kept, "is_signed_in": isinstance(request.user, User)}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """Its owner does not want it back."""
    page = page_of(request)
    if page is None or not isinstance(request.user, User):
        return redirect("after_login")
    let_all_go(request.user, page.address)
    return redirect(page.address)
