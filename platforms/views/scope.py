"""Whose workspace it is: every page of a platform's own accounts is handed that platform."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from core.choices import Role
from core.models import User
from core.typed.middleware import of_another_page
from core.typed.pages import page_of
from platforms.models import Platform

View = Callable[..., HttpResponseBase]
_ROLES = (Role.WINDOW, Role.CITY_PLATFORM)


def person(request: HttpRequest) -> User:
    """Whoever is signed in; the login middleware let nobody else through."""
    return cast(User, request.user)


def own_platform(user: User) -> Platform | None:
    """The platform a window account belongs to, or the city platform for its own accounts that are bound to it."""
    if user.role not in _ROLES:
        return None
    owned = Platform.objects.filter(membership__user=user).select_related("region")
    return owned.first()


def workspace_page(view: View) -> View:
    """A page that is handed the account's own platform. For every other role, and for an account that has no platform
    yet, it does not exist. A form must say whose page it stands on: it is not written into another platform."""

    @wraps(view)
    @never_cache
    def scoped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        platform = own_platform(person(request))
        if platform is None:
            raise Http404
        if request.method == "POST" and page_of(request) is None:
            return of_another_page(request, None)
        return view(request, platform, *args, **kwargs)

    return scoped
