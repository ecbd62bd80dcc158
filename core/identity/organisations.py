"""Whom an account works for. Core knows the bureau alone; whichever app keeps the others answers for them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from core.choices import Role
from core.declared import Question, house
from core.models import User


@dataclass(frozen=True)
class Organisations:
    """`name` gives an account's organisation, '' when none is registered; `load` brings it with the rows of a list."""

    name: Callable[[User], str]
    load: Callable[[QuerySet[User]], QuerySet[User]]


ORGANISATIONS: Question[Organisations] = Question("whom an account works for")


def organisation_of(user: User) -> str:
    """The organisation that is registered for the account, the bureau itself, or nobody."""
    for known in house().answers_to(ORGANISATIONS):
        if name := known.name(user):
            return name
    return user.bureau_name if user.role == Role.BUREAU else ""


def with_organisations(accounts: QuerySet[User]) -> QuerySet[User]:
    """Accounts whose registered organisations cost no query."""
    for known in house().answers_to(ORGANISATIONS):
        accounts = known.load(accounts)
    return accounts
