"""One object of everything, and a person of every role, for the tests that knock at every address."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from core.files.uploads.storage import store
from core.identity.change_kinds import sign_in_wanted
from core.identity.changes import ask_change
from core.models import ChangeRequest, Job, Office, SignIn, SignInFailure, User
from demo.fresh import hand_in
from evaluation.bulletin.models import Bulletin
from evaluation.collection.models import Evidence, SubmittedFigure
from evaluation.intake.models import ImportBatch
from evaluation.marking.models import AssessorAppointment
from evaluation.ranking.models import Ranking, Scorecard
from evaluation.summaries.models import AnnualSummary
from evaluation.systems.actions import copy_system
from evaluation.systems.checks.systems import key_tasks_of
from evaluation.systems.models import IndicatorSystem
from platforms.actions.guidance import write_guidance
from platforms.choices import GuidanceKind
from platforms.models import Membership, Operator, OperatorTerm, Recognition
from rewards.actions import propose_consequences
from rewards.models import RewardStandard, YellowCard
from tests.core.files.uploads.build import docx_bytes, pdf_bytes
from tests.evaluation.collection.checking.figures import handed_in, submission_of
from tests.factories import MembershipFactory, OperatorTermFactory, RecognitionFactory, UserFactory
from tests.factories.collection import (
    EnterpriseRecognitionFactory,
    ServiceRecordFactory,
    SubmissionFactory,
    SubmittedFigureFactory,
)
from tests.forms import Browser

ROLES = ("anonymous", "expired", "window", "county", "city_platform", "bureau", "auditor")
BACKEND = "core.identity.roles.RoleBackend"
COMPLETENESS = (
    "desk_completeness_of",
    "desk_completeness_figures",
    "desk_reminder_list",
    "desk_reminder_workbook",
    "desk_remind",
)


@dataclass(frozen=True)
class World:
    """`samples` are the arguments of each address by its name; `people` have the role they are called by."""

    site: Any
    people: dict[str, User | None]
    samples: dict[str, list[Any]]

    def client(self, role: str) -> Client:
        client = Browser(raise_request_exception=True)
        person = self.people[role]
        if person is not None:
            client.force_login(person, backend=BACKEND)
        return client

    def address(self, name: str) -> str:
        return reverse(name, args=self.samples.get(name, []))


def build_world(site: Any) -> World:
    """The window and the county belong to the first platform, which has a summary, results and a proposal."""
    own = site.platforms[0]
    people = _people(own)
    job = Job.objects.create(kind="evaluation.score_ranking", idempotency_key="1", created_by=people["city_platform"])
    summary = _summary(own, people["window"])
    RewardStandard.objects.create(year=2025, platform_type="county_window")
    bureau = people["bureau"]
    assert bureau is not None
    propose_consequences(publication=site.corrected, by=bureau)
    now = timezone.now()
    SignIn.objects.create(user=bureau, address="10.0.0.1")
    SignInFailure.objects.create(
        step="password", account="窗口", place="10.0.0.1", failures=5, latest=now, waits_until=now
    )
    OperatorTermFactory.create(platform=own)
    RecognitionFactory.create(platform=own)
    draft = plan_of(site.corrected.ranking.system, own, bureau)
    samples = {
        **_quarter_samples(own, people["window"]),
        **_enterprise_samples(own, people["window"]),
        **_guidance_samples(own, people["county"]),
        **_samples(site, summary, job),
        **_plan_samples(draft),
        **_collected_samples(own, people["window"], people["city_platform"]),
        **_change_samples(people["window"], bureau),
        **_admin_samples(own),
    }
    return World(site, people, samples)


def plan_of(system: IndicatorSystem, platform: Any, by: User) -> IndicatorSystem:
    """A draft of 2027 with what one key task rests on and one target of this platform's own."""
    draft = copy_system(system=system, year=2027, by=by)
    task = key_tasks_of(draft.definition)[0]["code"]
    draft.key_tasks.create(indicator=task, base_document="演示文件〔2027〕1号", due_on=date(2027, 11, 30))
    draft.targets.create(platform=platform, indicator="A11", target=30)
    return draft


def _plan_samples(draft: IndicatorSystem) -> dict[str, list[Any]]:
    pages = ("desk_plan", "desk_plan_targets", "desk_plan_differences", "desk_plan_publish", "desk_plan_progress")
    return {page: [draft.pk] for page in pages}


def _people(own: Any) -> dict[str, User | None]:
    county = MembershipFactory.create(user__role="county", platform=None, region=own.region, is_manager=True).user
    return {
        "anonymous": None,
        "expired": UserFactory.create(role="bureau", expires_on=timezone.localdate() - timedelta(days=1)),
        "window": MembershipFactory.create(platform=own, is_manager=True).user,
        "county": county,
        "city_platform": UserFactory.create(role="city_platform"),
        "bureau": UserFactory.create(role="bureau"),
        "auditor": UserFactory.create(role="auditor"),
    }


def _summary(own: Any, by: User | None) -> AnnualSummary:
    assert by is not None
    return AnnualSummary.objects.create(
        platform=own,
        year=timezone.localdate().year,
        version=1,
        attachment=store(name="总结.docx", content=docx_bytes(), media_type="application/octet-stream", by=by),
        stamped=store(name="盖章.pdf", content=pdf_bytes(), media_type="application/pdf", by=by),
        text="一、平台基本情况\n场地300平方米",
        receipt_number="ZJ-1",
        received_at=timezone.now(),
        is_late=False,
        submitted_by=by,
    )


def _quarter_samples(own: Any, by: User | None) -> dict[str, list[Any]]:
    """A quarter that was asked of the first platform and handed in, with a file that shows one figure."""
    assert by is not None
    system = IndicatorSystem.objects.get(code="county_window-2025")
    submission = SubmissionFactory.create(platform=own, system=system, period__year=2025, period__quarter=4)
    code = next(iter(system.rules.codes))
    figure = SubmittedFigureFactory.create(submission=submission, indicator=code)
    file = store(name="佐证.docx", content=docx_bytes(), media_type="application/octet-stream", by=by)
    evidence = Evidence.objects.create(figure=figure, attachment=file, added_by=by)
    SubmittedFigure.objects.filter(pk=figure.pk).update(value="3")
    receipt = hand_in(submission=submission, by=by)
    return {
        "my_submission": ["2025Q4"],
        "my_submission_save": ["2025Q4"],
        "my_figure": ["2025Q4", code],
        "my_evidence": ["2025Q4", code, evidence.pk],
        "my_evidence_remove": ["2025Q4", code, evidence.pk],
        "my_submission_receipt": [receipt.number],
        "my_submission_document": [receipt.number],
        "desk_period": [submission.period.pk],
        "desk_period_step": [submission.period.pk, "close"],
        **{name: ["2025Q4"] for name in COMPLETENESS},
    }


def _guidance_samples(own: Any, by: User | None) -> dict[str, list[Any]]:
    assert by is not None
    note = write_guidance(platform=own, kind=GuidanceKind.NOTE, text="演示指导意见", by=by)
    return {"desk_platform_guidance": [own.code], "my_guidance_acknowledge": [note.pk]}


def _samples(site: Any, summary: AnnualSummary, job: Job) -> dict[str, list[Any]]:
    ranking, own = [2025, "county_window"], site.platforms[0].code
    edition, system = [*ranking, 1], IndicatorSystem.objects.get(code="county_window-2025")
    working = Ranking.objects.create(year=2026, platform_type="county_window", edition=1, system=system)
    card, proposal = Scorecard.objects.first(), YellowCard.objects.first()
    assert card is not None and proposal is not None
    bulletin, token = [site.bulletin.pk], ["00000000-0000-0000-0000-000000000001"]
    return {
        "ranking": ranking,
        "ranking_edition": edition,
        "standing": [*ranking, own],
        "standing_edition": [*edition, own],
        "bulletin": [2025, 1],
        "bulletin_pdf": [2025, 1],
        "consequences_of_year": [2025],
        "indicator_system": [system.code, 1],
        "open_data_latest": ranking,
        "open_data_latest_file": [*ranking, "bundle.json"],
        "open_data_edition": edition,
        "open_data_file": [*edition, "bundle.json"],
        "mfa_edit_webauthn": [1],
        "mfa_remove_webauthn": [1],
        "openid_connect_callback": ["identity"],
        "openid_connect_login": ["identity"],
        "desk_people_step": [0, "switch-off"],
        "my_people_step": [0, "switch-off"],
        "my_summaries": [summary.year],
        "my_receipt": [summary.receipt_number],
        "my_standing": [2025],
        "my_summary_file": [summary.receipt_number],
        "my_summary_outline": [summary.year],
        "my_summary_stamped": [summary.receipt_number],
        "my_summary_text": [summary.receipt_number],
        "desk_batch": [ImportBatch.objects.latest("pk").pk],
        "desk_bulletin": bulletin,
        "desk_bulletin_pdf": bulletin,
        "desk_bulletin_step": [*bulletin, "revise"],
        "desk_bulletin_texts": bulletin,
        "desk_consequences_decision": ["yellow-cards", proposal.pk],
        "desk_consequences_letter": ["yellow-cards", proposal.pk],
        "desk_consequences_propose": [site.corrected.pk],
        "desk_consequences_publication": [site.corrected.pk],
        "desk_job": [job.pk],
        "desk_job_retry": [job.pk],
        "desk_preview_figures": token,
        "desk_preview_hub": token,
        "desk_preview_recognitions": token,
        "desk_publication": [site.corrected.pk],
        "desk_ranking": [working.pk],
        "desk_ranking_step": [working.pk, "reopen"],
        "desk_scorecard": [card.pk],
        "desk_summary": [summary.pk],
        "desk_summary_file": [summary.pk],
        "desk_summary_stamped": [summary.pk],
        "desk_system": [system.pk],
        "desk_system_step": [system.pk, "retire"],
    }


def _collected_samples(own: Any, by: User | None, assessor: User | None) -> dict[str, list[Any]]:
    """A figure handed in with a file that shows it, and an assessor."""
    assert by is not None and assessor is not None
    system = IndicatorSystem.objects.get(code="county_window-2025")
    submission = submission_of(own, system, year=2024)
    figure = handed_in(submission, next(iter(system.rules.codes)), "3", by=by)
    attachment = store(name="佐证.docx", content=docx_bytes(), media_type="application/octet-stream", by=by)
    city = AssessorAppointment.objects.create(
        year=2025, platform_type="county_window", assessor=assessor, appointed_by=by
    )
    assessed = [2025, "county_window"]
    shown = Evidence.objects.create(figure=figure, attachment=attachment, added_by=by)
    return {
        "desk_assessor_appoint": assessed,
        "desk_assessor_dismiss": [city.pk],
        "desk_marking": assessed,
        "desk_marks_compared": assessed,
        "desk_check": [submission.pk],
        "desk_check_accept": [submission.pk],
        "desk_check_step": [figure.pk, "accept"],
        "desk_evidence_file": [shown.pk],
    }


def _enterprise_samples(own: Any, window: User | None) -> dict[str, list[Any]]:
    """An enterprise that the first platform served and a list recognised, and a list of services on its way."""
    assert window is not None
    served_on = timezone.localdate() - timedelta(days=30)
    record = ServiceRecordFactory.create(
        platform=own, served_on=served_on, contact_phone="13900000000", recorded_by=window
    )
    recognition = EnterpriseRecognitionFactory.create(enterprise=record.enterprise, recognised_on=timezone.localdate())
    arguments = {"platform": own.pk}
    job = Job.objects.create(
        kind="platforms.import_services", idempotency_key="2", created_by=window, arguments=arguments
    )
    return {
        "desk_recognition_list": [recognition.recognition_list.pk],
        "my_service_withdraw": [record.pk],
        "my_services_job": [job.pk],
        "my_services_preview": ["00000000-0000-0000-0000-000000000001"],
    }


def _change_samples(account: User | None, by: User) -> dict[str, list[Any]]:
    """A request about the window's account that nobody has confirmed."""
    assert account is not None
    asked = ask_change(wanted=sign_in_wanted(account, with_password=True), reason="演示：忘记密码", by=by)
    return {
        "account_change_told": [asked.pk],
        "desk_ask_sign_in": [account.pk],
        "desk_change": [asked.pk],
        "desk_change_step": [asked.pk, "withdraw"],
    }


def _admin_samples(own: Any) -> dict[str, list[Any]]:
    """A row of the first platform's, or the only one, for the pages that the admin makes for each model."""
    rows = {
        "core_changerequest": ChangeRequest.objects.get(),
        "core_signin": SignIn.objects.get(),
        "core_signinfailure": SignInFailure.objects.get(),
        "core_job": Job.objects.get(idempotency_key="1"),
        "core_office": Office.objects.get(),
        "core_user": User.objects.get(membership__platform=own),
        "evaluation_annualsummary": AnnualSummary.objects.get(),
        "evaluation_bulletin": Bulletin.objects.get(),
        "evaluation_importbatch": ImportBatch.objects.latest("pk"),
        "evaluation_indicatorsystem": IndicatorSystem.objects.get(code="county_window-2025"),
        "evaluation_ranking": Ranking.objects.get(year=2026),
        "evaluation_scorecard": Scorecard.objects.first(),
        "platforms_membership": Membership.objects.get(platform=own),
        "platforms_operator": Operator.objects.get(),
        "platforms_operatorterm": OperatorTerm.objects.get(),
        "platforms_platform": own,
        "platforms_recognition": Recognition.objects.get(platform=own, kind="acceptance"),
        "platforms_region": own.region,
        "rewards_rewardstandard": RewardStandard.objects.get(),
    }
    samples = {
        f"admin:{model}_{page}": [row.pk] for model, row in rows.items() for page in ("change", "delete", "history")
    }
    return {
        **samples,
        "admin:app_list": ["evaluation"],
    }


def every_name() -> list[str]:
    """The names of all addresses; the admin's catch-all has none, and its old `<model>/<pk>/` only redirects."""
    return sorted({name for name in _names(get_resolver()) if not name.endswith("None")})


def _names(resolver: URLResolver, space: str = "") -> Any:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
