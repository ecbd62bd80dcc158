"""How submitted figures came to stand as they do, from the audit trail: saving in between is left out. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from core.models import User
from evaluation.collection.models import Submission, SubmittedFigure


class Move(NamedTuple):
    """One step in a figure's history: from when on it stood so, who took the step, and what the figure said then."""

    at: datetime
    person: str
    figure: Any


def moves_of(figure: SubmittedFigure) -> list[Move]:
    """A figure's steps, newest first. Two queries, however many there are."""
    return _moves(figure.events)[figure.pk]


def moves_by_figure(submission: Submission) -> dict[int, list[Move]]:
    """The steps of every figure of a submission, newest first. Two queries as well."""
    model: Any = SubmittedFigure.pgh_event_model
    return _moves(model.objects.filter(submission=submission))


def _moves(events: Any) -> dict[int, list[Move]]:
    steps: dict[int, list[Any]] = defaultdict(list)
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        earlier = steps[event.pgh_obj_id]
        if not earlier or event.status != earlier[-1].status:
            earlier.append(event)
    people = _people(step for taken in steps.values() for step in taken)
    found: dict[int, list[Move]] = defaultdict(list)
    for pk, taken in steps.items():
        found[pk] = [Move(step.pgh_created_at, people.get(_actor(step), ""), step) for step in reversed(taken)]
    return found


def _actor(step: Any) -> Any:
    return (step.pgh_context.metadata if step.pgh_context else {}).get("user")


def _people(steps: Iterable[Any]) -> dict[Any, str]:
    actors = {actor for step in steps if (actor := _actor(step)) is not None}
    return dict(User.objects.filter(pk__in=actors).values_list("pk", "full_name"))


def words_seen(stale: Sequence[tuple[int, int | None]]) -> dict[tuple[int, int | None], tuple[Any, str, str]]:
    """What figures said in the versions that somebody saw, by figure and version."""
    if not stale:
        return {}
    model: Any = SubmittedFigure.pgh_event_model
    rows = model.objects.filter(pgh_obj_id__in=[pk for pk, _ in stale], version__in=[seen for _, seen in stale])
    said = rows.values_list("pgh_obj_id", "version", "value", "not_applicable_reason", "remark")
    return {(pk, version): (value, reason, remark) for pk, version, value, reason, remark in said}
