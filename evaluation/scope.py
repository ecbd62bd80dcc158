"""Whose workspace it is: the registry's rule, and what only windows have."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase

from core.choices import Role
from platforms.views.scope import View, own_platform, person, workspace_page

__all__ = ["View", "own_platform", "person", "window_page", "workspace_page"]


def window_page(view: View) -> View:
    """The same for what only windows hand in (细则 R4.3)."""

    @wraps(view)
    @workspace_page
    def windows_only(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if person(request).role != Role.WINDOW:
            raise Http404
        return view(request, *args, **kwargs)

    return windows_only
