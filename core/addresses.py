"""What stands behind the question mark of an address: search words, filters, pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from core.characters import read_back


class CleanQueryMiddleware:
    """Puts right what is asked for and leaves out what no stored text can have, so that a pasted word finds what it
    looks like and nothing that stands in an address is an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING"):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        return self.get_response(request)


def _cleaned(asked: QueryDict) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, values in asked.lists():
        found.setlist(read_back(name), [read_back(str(value)) for value in values])
    found._mutable = False
    return found
