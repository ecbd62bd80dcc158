"""Addresses that nobody types: a NUL is no character of any page, number, name or search of ours, and the database
takes none. It is turned away here, once, before a view or a session asks for what it names."""

from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from core.views.errors import bad_request

NUL = "\0"


class PlainAddressMiddleware:
    """404 for a NUL in the path; 400 in a parameter, a cookie, or a form field that no form of ours has cleaned."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if NUL in "".join((*_words(request.GET), *request.COOKIES.values())):
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A form says which field is wrong; where a view reads one by itself, the database refuses it."""
        is_refused = isinstance(exception, ValueError | DataError) and NUL in "".join(_words(request.POST))
        return bad_request(request, exception) if is_refused else None


def _words(fields: QueryDict) -> Iterable[str]:
    for name, values in fields.lists():
        yield name
        yield from map(str, values)
