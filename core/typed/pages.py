"""Whose page a form stands on. Every form of a signed-in page carries it, signed: a POST from another account's page,
or from one that was opened before the account moved to another organisation, is not taken for this person's."""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from core.identity.organisations import organisation_of
from core.models import User

FIELD = "page_of"
_SALT = "core.typed.page"
_LONGEST = 7 * 24 * 60 * 60  # seconds that a page stays open


@dataclass(frozen=True)
class Page:
    """`organisation` is whom the account worked for when the page was opened."""

    user: int
    organisation: str
    address: str

    def is_of(self, user: object) -> bool:
        return isinstance(user, User) and user.pk == self.user and organisation_of(user) == self.organisation


def signed_page(request: HttpRequest, user: User) -> str:
    """The page that is being drawn. What answers a POST is drawn at the address where the form stood."""
    came_from = page_named(request.POST.get(FIELD, "")) if request.method == "POST" else None
    address = came_from.address if came_from is not None else request.get_full_path()
    return signing.dumps([user.pk, organisation_of(user), address], salt=_SALT)


def page_named(text: str) -> Page | None:
    """None when nothing is named, when it is not from us, or too old."""
    try:
        return Page(*signing.loads(text, salt=_SALT, max_age=_LONGEST))
    except signing.BadSignature:
        return None


def page_of(request: HttpRequest) -> Page | None:
    """The page that the POST came from."""
    return page_named(request.POST.get(FIELD, ""))
