"""The same things of another unit: what the window and the county of the first platform must not reach."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.files.uploads.storage import store
from core.models import Job
from demo.fresh import hand_in
from evaluation.collection.models import Evidence, SubmittedFigure
from evaluation.summaries.models import AnnualSummary
from evaluation.systems.models import IndicatorSystem
from platforms.actions.guidance import write_guidance
from platforms.choices import GuidanceKind
from tests.core.files.uploads.build import docx_bytes, pdf_bytes
from tests.evaluation.collection.checking.figures import handed_in, submission_of
from tests.factories import (
    MembershipFactory,
    OperatorTermFactory,
    PlatformFactory,
    RecognitionFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.collection import ServiceRecordFactory, SubmissionFactory, SubmittedFigureFactory


def others() -> dict[str, list[Any]]:
    """By address, the arguments that lead to something of a platform of another county, or of its people."""
    other = PlatformFactory.create(region=RegionFactory.create())
    window = MembershipFactory.create(platform=other, is_manager=True, user__role="window")
    county = MembershipFactory.create(user__role="county", platform=None, region=other.region, is_manager=True).user
    note = write_guidance(platform=other, kind=GuidanceKind.NOTE, text="演示意见", by=county)
    rows = {
        "platforms_platform": other,
        "platforms_operatorterm": OperatorTermFactory.create(platform=other),
        "platforms_recognition": RecognitionFactory.create(platform=other),
    }
    admin = {
        f"admin:{model}_{page}": [row.pk] for model, row in rows.items() for page in ("change", "delete", "history")
    }
    return {
        **admin,
        **_handed_in(other, window.user),
        **_checked(other, window.user),
        **_summary(other, window.user),
        **_jobs(other, window.user),
        "desk_platform_guidance": [other.code],
        "my_guidance_acknowledge": [note.pk],
        "my_service_withdraw": [_service(other, window.user).pk],
        "my_people_step": [window.pk, "switch-off"],
        "desk_people_step": [window.pk, "switch-off"],
    }


def _handed_in(other: Any, by: Any) -> dict[str, list[Any]]:
    system = IndicatorSystem.objects.get(code="county_window-2025")
    submission = SubmissionFactory.create(platform=other, system=system, period__year=2025, period__quarter=4)
    code = next(iter(system.rules.codes))
    figure = SubmittedFigureFactory.create(submission=submission, indicator=code)
    evidence = Evidence.objects.create(figure=figure, attachment=_file(by), added_by=by)
    SubmittedFigure.objects.filter(pk=figure.pk).update(value="3")
    number = hand_in(submission=submission, by=by).number
    return {
        "my_evidence": ["2025Q4", code, evidence.pk],
        "my_evidence_remove": ["2025Q4", code, evidence.pk],
        "my_submission_receipt": [number],
        "my_submission_document": [number],
    }


def _checked(other: Any, by: Any) -> dict[str, list[Any]]:
    system = IndicatorSystem.objects.get(code="county_window-2025")
    submission = submission_of(other, system, year=2024)
    figure = handed_in(submission, next(iter(system.rules.codes)), "3", by=by)
    shown = Evidence.objects.create(figure=figure, attachment=_file(by), added_by=by)
    return {
        "desk_check": [submission.pk],
        "desk_check_accept": [submission.pk],
        "desk_check_step": [figure.pk, "accept"],
        "desk_evidence_file": [shown.pk],
    }


def _summary(other: Any, by: Any) -> dict[str, list[Any]]:
    summary = AnnualSummary.objects.create(
        platform=other,
        year=timezone.localdate().year,
        version=1,
        attachment=_file(by),
        stamped=store(name="盖章.pdf", content=pdf_bytes(), media_type="application/pdf", by=by),
        text="一、平台基本情况",
        receipt_number="ZJ-2",
        received_at=timezone.now(),
        is_late=False,
        submitted_by=by,
    )
    mine = ("my_receipt", "my_summary_file", "my_summary_stamped", "my_summary_text")
    desk = ("desk_summary", "desk_summary_file", "desk_summary_stamped")
    return {name: [summary.receipt_number] for name in mine} | {name: [summary.pk] for name in desk}


def _jobs(other: Any, by: Any) -> dict[str, list[Any]]:
    services = Job.objects.create(
        kind="platforms.import_services", idempotency_key="3", created_by=by, arguments={"platform": other.pk}
    )
    desk = Job.objects.create(
        kind="evaluation.score_ranking", idempotency_key="4", created_by=UserFactory.create(role="bureau")
    )
    admin = {f"admin:core_job_{page}": [desk.pk] for page in ("change", "delete", "history")}
    return {"my_services_job": [services.pk], "desk_job": [desk.pk], "desk_job_retry": [desk.pk], **admin}


def _service(other: Any, by: Any) -> Any:
    return ServiceRecordFactory.create(
        platform=other, served_on=timezone.localdate() - timedelta(days=30), recorded_by=by
    )


def _file(by: Any) -> Any:
    return store(name="演示.docx", content=docx_bytes(), media_type="application/octet-stream", by=by)
