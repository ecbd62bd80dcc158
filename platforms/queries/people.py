"""Which platform or region an account belongs to, for whoever lists accounts."""

from django.db.models import QuerySet

from core.models import User
from platforms.models import Membership


def unit_of(user: User) -> str:
    """The platform or region of the account, '' without a membership."""
    membership: Membership | None = getattr(user, "membership", None)
    return str(membership.unit) if membership else ""


def with_units(accounts: QuerySet[User]) -> QuerySet[User]:
    """Accounts with membership and unit loaded: `unit_of` costs no query."""
    return accounts.select_related("membership__platform", "membership__region")
