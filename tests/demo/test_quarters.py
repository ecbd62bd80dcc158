"""The demonstration's quarters: two checked, one open, each once however often it is run."""

from django.db.models import Count

from core.models import User
from demo.quarters import quarter_steps
from evaluation.collection.models import ReportingPeriod, SubmissionReceipt, SubmittedFigure
from platforms.choices import EVALUATED_TYPES
from platforms.models import Platform
from tests.evaluation.year.demo import load_registry
from tests.evaluation.year.systems import system_in_force
from tests.factories import MembershipFactory, UserFactory


def statuses(quarter: int) -> dict[str, int]:
    rows = SubmittedFigure.objects.filter(submission__period__quarter=quarter).values_list("status")
    return dict(rows.annotate(Count("pk")))


def test_run_twice(bureau, second_bureau):
    load_registry()
    for kind in EVALUATED_TYPES:
        system_in_force(bureau, kind, 2026)
    accounts = {"bureau": second_bureau, "city": UserFactory.create(role="city_platform", username="city")}
    MembershipFactory.create(user=accounts["city"], platform=Platform.objects.get(code="CITY-01"))
    for _ in range(2):
        for _, step in quarter_steps(accounts):
            assert step() is None
    assert list(ReportingPeriod.objects.order_by("quarter").values_list("status", flat=True)) == [
        "closed",
        "closed",
        "open",
    ]
    for quarter in (1, 2):
        assert statuses(quarter)["missing"] == 8, "one platform did not report"
        assert statuses(quarter).keys() == {"missing", "accepted", "not_applicable"}
        late = SubmissionReceipt.objects.filter(submission__period__quarter=quarter, is_late=True)
        assert [receipt.submission.platform.code for receipt in late] == ["CNT-05"]
    assert statuses(3)["returned"] == 3
    assert User.objects.filter(username="fill-cnt-02").get().has_usable_password() is False
