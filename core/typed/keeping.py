"""Keeping what was typed until its owner is back. Passwords and files are never kept."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, QueryDict

from core.models import KeptForm, User
from core.typed.pages import FIELD, Page, page_of

KEPT_FOR = timedelta(days=1)
MOST = 200_000
"""Characters of one form; what is longer was not typed."""
SEEN = "seen"
_TOKENS = ("csrfmiddlewaretoken", FIELD, "submission", "token")  # a page has its own whenever it is drawn


def keep(request: HttpRequest, page: Page, *, without: Iterable[str] = ()) -> bool:
    """The fields of this POST for the owner of its page; a form sent again replaces what was kept of it before. False
    when there is nothing to keep. `without` names fields that the page shall show as they are then."""
    fields = _fields(request.POST, {*_TOKENS, *without})
    size = sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
    is_typed = any(any(texts) for name, texts in fields.items() if name != SEEN)
    if not is_typed or size > MOST or len(page.address) > 2000 or not User.objects.filter(pk=page.user).exists():
        return False
    KeptForm.objects.update_or_create(
        owner_id=page.user,
        action=request.path[:2000],
        defaults={"page": page.address, "fields": fields, "kept_at": Now()},
    )
    return True


def keep_typed(request: HttpRequest) -> None:
    """After a refusal that leads back to the page: what was typed, and the page as it stands by then."""
    page = page_of(request)
    if page is not None:
        keep(request, page, without=[SEEN])


def kept_at(owner: User, page: str) -> QuerySet[KeptForm]:
    """What this person gets back on this page."""
    return KeptForm.objects.filter(owner=owner, page=page, kept_at__gt=Now() - KEPT_FOR).order_by("pk")


def let_go(owner: User, action: str) -> None:
    """The form is sent again; whatever is a day old goes with it, whoever's it is."""
    KeptForm.objects.filter(Q(owner=owner, action=action[:2000]) | Q(kept_at__lte=Now() - KEPT_FOR)).delete()


def let_all_go(owner: User, page: str) -> None:
    """The owner does not want it back."""
    KeptForm.objects.filter(owner=owner, page=page).delete()


def _fields(data: QueryDict, without: set[str]) -> dict[str, list[str]]:
    return {
        name: [str(text).replace("\x00", "") for text in texts]
        for name, texts in data.lists()
        if name not in without and "password" not in name
    }
