"""Faults of access, each one check taken away, and the knocks that must notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, get_resolver, reverse
from rules.permissions import permissions
from rules.predicates import Predicate, always_true

from core.models import User
from core.permissions import is_bureau
from core.scoped_admin import RecordAdmin, ScopedAdmin
from core.workflow import Transitions
from evaluation.bulletin import queries as bulletins
from evaluation.bulletin.models import Bulletin
from evaluation.collection.models import Evidence, SubmissionReceipt
from evaluation.collection.models.submission import SubmittedFigureQuerySet
from evaluation.collection.views import workspace_figure as figures
from evaluation.collection.views import workspace_receipts as receipts
from platforms.models.membership import MembershipQuerySet
from platforms.models.platform import Platform, PlatformQuerySet
from platforms.views import scope
from zhuzhou_sme.desk import Desk

Fault = Callable[[], Any]
VISIBLE = "visible_to"


class Seeded(NamedTuple):
    """`address` is where it is looked for, by the `knock` that finds it."""

    name: str
    knock: str
    address: str
    fault: Fault


def permission(name: str, rule: Predicate = always_true) -> Fault:
    return lambda: patch.dict(permissions, {name: rule})


def everything(rows: Any, *_: object) -> Any:
    return rows


def nobody_asked() -> Any:
    """A page of the desk that is declared public: its own door is then all that is left."""
    page = get_resolver().resolve(reverse("desk_rankings")).func
    return patch.object(page, "login_required", False, create=True)


@contextmanager
def head_unasked() -> Iterator[None]:
    """A page that answers HEAD before anybody asks who is there."""
    callback = get_resolver().resolve(reverse("desk_rankings")).func
    resolve = ResolverMatch.__init__

    def quick(self: Any, func: Any, *arguments: Any, **options: Any) -> None:
        def answered(request: HttpRequest, *a: Any, **k: Any) -> Any:
            return HttpResponse() if request.method == "HEAD" else func(request, *a, **k)

        answered.login_required = False  # type: ignore[attr-defined]
        resolve(self, answered if func is callback else func, *arguments, **options)

    with patch.object(ResolverMatch, "__init__", quick):
        yield


def swapped(owner: Any, name: str, fault: Any) -> Fault:
    return lambda: patch.object(owner, name, fault)


def signed_in(_: Desk, request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def any_receipt(platform: Platform) -> Any:
    return SubmissionReceipt.objects.all()


def any_evidence(rows: Any, *, pk: int, **_: object) -> Evidence:
    return Evidence.objects.get(pk=pk)


def any_platform(user: User) -> Platform | None:
    return Platform.objects.first()


def any_bulletin() -> Any:
    return Bulletin.objects.exclude(view=None)


def allowed(*_: object, **__: object) -> bool:
    return True


def refused(*_: object, **__: object) -> bool:
    return False


def unasked(*_: object, **__: object) -> None:
    return None


_UNSCOPED = admin.ModelAdmin.get_queryset
_PROVEN = permission("evaluation.put_system_in_force", is_bureau)
SEEDED = (
    Seeded("a scope that holds everything", "foreign", "desk_check", swapped(PlatformQuerySet, VISIBLE, everything)),
    Seeded(
        "a download without its scope",
        "foreign",
        "desk_evidence_file",
        swapped(SubmittedFigureQuerySet, VISIBLE, everything),
    ),
    Seeded(
        "an admin without its scope",
        "foreign",
        "admin:platforms_platform_change",
        swapped(ScopedAdmin, "get_queryset", _UNSCOPED),
    ),
    Seeded(
        "JSON without its scope", "foreign", "my_submission_document", swapped(receipts, "receipts_of", any_receipt)
    ),
    Seeded("others' people", "foreign", "my_people_step", swapped(MembershipQuerySet, "kept_by", everything)),
    Seeded("others' files", "foreign", "my_evidence", swapped(figures, "get_object_or_404", any_evidence)),
    Seeded("a step for everybody", "own POST", "desk_period_open", permission("evaluation.keep_period")),
    Seeded("a page for all of the desk", "own GET", "desk_import_hub", permission("evaluation.import_hub")),
    Seeded("a workspace for everybody", "own GET", "my_services", swapped(scope, "own_platform", any_platform)),
    Seeded("nobody is asked in", "own GET", "desk_rankings", nobody_asked),
    Seeded("a desk open to windows", "own GET", "desk_guidance", swapped(Desk, "has_permission", signed_in)),
    Seeded("an account that has run out", "own GET", "desk_batches", swapped(User, "is_expired_on", refused)),
    Seeded(
        "a record to be changed",
        "own POST",
        "admin:core_job_change",
        swapped(RecordAdmin, "has_change_permission", allowed),
    ),
    Seeded("HEAD that differs from GET", "own HEAD", "desk_rankings", head_unasked),
    Seeded("one person signs twice", "state", "desk_system_step put_in_force", _PROVEN),
    Seeded("a step from any state", "state", "desk_system_step retire", swapped(Transitions, "check", unasked)),
    Seeded("a draft in public", "state", "bulletin", swapped(bulletins, "issued_bulletins", any_bulletin)),
)
