"""The forms that a `registry.py` fills in. Nothing is looked up and nothing is decided here."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Choices, Model
from django.urls import reverse
from rules.predicates import Predicate

from core.choices import Role
from core.jobs import Handler, Schedule
from core.models import Job
from core.workflow import Transitions

EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class MenuEntry:
    """A page of the desk by its URL name: in which group of the menu, and at which place in it (the smallest first, no
    place twice). Who sees it is its permission's affair. `add` names the model (`app.model`) whose rows one may add."""

    group: str
    place: int
    label: str
    page: str
    permission: str
    add: str = ""


def register_entry(group: str, place: int, label: str, model: type[Model]) -> MenuEntry:
    """A model's own list on the desk, for whoever may see the model."""
    app, name = model._meta.app_label, model._meta.model_name
    return MenuEntry(group, place, label, f"admin:{app}_{name}_changelist", f"{app}.view_{name}", add=f"{app}.{name}")


@dataclass(frozen=True)
class JobKind:
    """A kind of background job: who does it, what people call it, where its result is shown and where one asks for it
    again. `result_page` takes the number that the job's result holds under `result_key`; `start_page` takes nothing.
    `carries_out`: the job does what was decided before it was asked for, so that anybody who looks after the jobs may
    give it another round after a refusal."""

    kind: str
    label: str
    handler: Handler | None
    result_page: str = ""
    result_key: str = ""
    start_page: str = ""
    carries_out: bool = False

    def result_address(self, job: Job) -> str:
        found = (job.result or {}).get(self.result_key) if self.result_key else None
        return reverse(self.result_page, args=[found]) if found is not None else ""

    def start_address(self) -> str:
        return reverse(self.start_page) if self.start_page else ""


@dataclass(frozen=True)
class Workflow:
    """A TRANSITIONS table with its title and the words for its states; drawn in docs/workflows.md and on the page
    角色与权限, in the order in which the house collects."""

    title: str
    table: Transitions
    labels: type[Choices]


@dataclass(frozen=True)
class Sight:
    """Which roles see the rows of a model on the desk, and which of them add, change, delete and import rows. Whose
    rows they are is the model's own `visible_to`. Roles that are not named see nothing."""

    model: type[Model]
    seen_by: frozenset[Role]
    changed_by: frozenset[Role] = frozenset()

    @property
    def name(self) -> str:
        """`app.model`, as permissions write it."""
        return self.model._meta.label_lower


@dataclass(frozen=True)
class Permission:
    """A step that some may take: its name and the rule over a person and an object that decides it. `taken_by` tells
    everybody else on the desk who takes it; `to_the_first` what to say to one whom only `second`, a part of the rule,
    keeps from it: that another person must."""

    name: str
    rule: Predicate
    taken_by: str = ""
    second: Predicate | None = None
    to_the_first: str = ""


@dataclass(frozen=True)
class Condition:
    """What a predicate asks, in words, and the roles that can ever meet it."""

    predicate: Predicate
    words: str
    roles: frozenset[Role] = EVERYBODY


Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Question(Generic[Asked]):
    """What a lower slice must ask of higher ones that it may not import. It stands beside whoever asks."""

    name: str


@dataclass(frozen=True)
class Answer(Generic[Asked]):
    """How a higher slice answers."""

    question: Question[Asked]
    given: Asked


@dataclass(frozen=True)
class Declared:
    """Everything that one app or slice declares. `owner` is its package."""

    owner: str
    sights: tuple[Sight, ...] = ()
    permissions: tuple[Permission, ...] = ()
    conditions: tuple[Condition, ...] = ()
    workflows: tuple[Workflow, ...] = ()
    jobs: tuple[JobKind, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    answers: tuple[Answer[Any], ...] = ()
