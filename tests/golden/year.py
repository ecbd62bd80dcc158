"""One year from end to end, by the portal's own actions, with every awkward state that people asked about.

2023 stands corrected in a second edition; 2024 is ranked for the counties; 2025 is taken in, collected, marked, scored,
published for all three types and has its consequences. Awkward are: a locked quarter whose returned figure stayed away,
a platform that handed in half of its figures late, one that handed in nothing, evidence taken back, a line that never
came, one that is not applicable, two counties with the same total, a summary handed in late and again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from core import jobs
from core.choices import JobState
from core.files.excel.writer import csv_bytes
from core.files.uploads.storage import store
from core.identity.change_kinds import sign_in_wanted
from core.identity.changes import acknowledge_change, ask_change, confirm_change
from core.models import ChangeRequest, Job, Office, SignIn, SignInFailure, User
from core.periods import Quarter
from demo.enterprises import credit_code
from demo.quarters import filler
from evaluation.bulletin.actions import draft_bulletin, issue_bulletin, request_compiling, write_bulletin
from evaluation.bulletin.models import Bulletin
from evaluation.deadlines import BEIJING
from evaluation.intake.actions import import_reading, read_figures
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import ImportBatch
from evaluation.marking.actions import TypedMark, appoint_assessor, hand_in_marks, save_marks
from evaluation.marking.models import AssessorAppointment
from evaluation.marking.queries import Cell
from evaluation.ranking.models import Publication
from evaluation.summaries.models import AnnualSummary
from evaluation.systems.actions import copy_system
from evaluation.systems.checks.systems import key_tasks_of
from evaluation.systems.models import IndicatorSystem
from platforms.actions.guidance import acknowledge_guidance, write_guidance
from platforms.actions.recognition_lists import ListParticulars, import_recognitions, read_recognitions
from platforms.choices import EVALUATED_TYPES, EnterpriseRecognitionKind, GuidanceKind, PlatformType
from platforms.models import Membership, Operator, OperatorTerm, Platform, Recognition, RecognitionList
from rewards.actions import confirm_proposal, propose_consequences, reject_proposal
from rewards.models import RewardStandard, YellowCard
from rewards.queries.proposals import KINDS
from tests.core.files.uploads.build import docx_bytes, pdf_bytes
from tests.evaluation.year.demo import demo_hub, load_year, published
from tests.evaluation.year.systems import system_in_force
from tests.factories import UserFactory
from tests.factories.collection import EnterpriseFactory, ServiceRecordFactory
from tests.factories.published import published_ranking
from tests.golden.figures import awkward_figures
from tests.golden.quarters import LOCKED, NOW, locked_quarter, open_quarter


@dataclass(frozen=True)
class Year:
    people: dict[str, User]
    samples: dict[str, list[Any]]


def build_year() -> Year:
    _office()
    people = _people()
    _results(people)
    _people_of_platforms(people)
    collected = locked_quarter(people) | open_quarter(people)
    return Year(
        people,
        collected
        | _bulletins(people)
        | _marks(people)
        | _summaries(people)
        | _guidance(people)
        | _enterprises(people)
        | _consequences(people)
        | _next_plan(people)
        | _fixed(),
    )


def _office() -> None:
    Office.objects.create(
        host_name="演示主办单位",
        phone="0731-00000000",
        icp_number="演ICP备00000000号",
        site_code="4302000000",
        privacy_text="演示隐私政策。",
    )


def _people() -> dict[str, User]:
    roles = {"bureau": "bureau", "issuer": "bureau", "city_platform": "city_platform", "marker": "city_platform"}
    people = {
        name: UserFactory.create(role=role, username=f"golden-{name}", full_name=f"演示人员{name}")
        for name, role in (roles | {"county": "county", "window": "window", "auditor": "auditor"}).items()
    }
    now = timezone.now()
    SignIn.objects.create(user=people["bureau"], address="10.0.0.1")
    SignInFailure.objects.create(
        step="password", account="golden-window", place="10.0.0.1", failures=5, latest=now, waits_until=now
    )
    return people


def _results(people: dict[str, User]) -> None:
    """Three years: the registry comes with the first files."""
    load_year(people["bureau"], 2024)
    published("county_window", 2024)
    counties = Platform.objects.filter(platform_type=PlatformType.COUNTY_WINDOW).order_by("code")[:3]
    first = published_ranking(counties, year=2023, visits={counties[1].code: 120})
    published_ranking(counties, year=2023, visits={counties[2].code: 120}, replaces=first)
    for platform_type in EVALUATED_TYPES:
        system_in_force(people["bureau"], platform_type)
    for number in range(1, 5):
        import_reading(reading=demo_hub(Quarter(2025, number)), by=None)
    import_reading(reading=read_figures(content=awkward_figures(), file_name="figures-2025.csv"), by=None)
    for kind in EVALUATED_TYPES:
        published(kind)


def _people_of_platforms(people: dict[str, User]) -> None:
    own = Platform.objects.get(code="CNT-01")
    Membership.objects.create(user=people["window"], platform=own, is_manager=True)
    Membership.objects.create(user=people["county"], region=own.region, is_manager=True)


def _bulletins(people: dict[str, User]) -> dict[str, list[Any]]:
    """The first quarter's issued, the third's a draft."""
    bulletin = write_bulletin(
        bulletin=draft_bulletin(year=2025, quarter=1, by=people["city_platform"]),
        serial_number=2,
        issued_on=date(2025, 4, 17),
        problems="",
        requirements="",
        by=people["city_platform"],
    )
    _run(request_compiling(bulletin=bulletin, submission="a", by=people["city_platform"]))
    issue_bulletin(bulletin=Bulletin.objects.get(pk=bulletin.pk), by=people["issuer"])
    draft = draft_bulletin(year=LOCKED.year, quarter=LOCKED.number, by=people["city_platform"])
    return {
        "desk_bulletin": [draft.pk],
        "desk_bulletin issued": [bulletin.pk],
        "desk_bulletin_pdf": [bulletin.pk],
    }


def _run(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    return job


def _marks(people: dict[str, User]) -> dict[str, list[Any]]:
    """Two assessors of the counties: one has handed in, the other has begun."""
    which: dict[str, Any] = {"year": 2025, "platform_type": "county_window"}
    counties = list(Platform.objects.filter(platform_type=PlatformType.COUNTY_WINDOW).order_by("code"))
    for assessor, marked in ((people["marker"], counties), (people["city_platform"], counties[:2])):
        appoint_assessor(**which, assessor=assessor, by=people["city_platform"])
        entries = [TypedMark(Cell(each.pk, "A19"), ["website"], "演示：拨测3次均可访问") for each in marked]
        save_marks(**which, entries=entries, by=assessor)
    hand_in_marks(**which, by=people["marker"])
    assert AssessorAppointment.objects.count() == 2
    return {"desk_marking": [2025, "county_window"], "desk_marks_compared": [2025, "county_window"]}


def _summaries(people: dict[str, User]) -> dict[str, list[Any]]:
    """One in time, one late and handed in again; the database's clock cannot be moved, so the rows are written."""
    for number, (code, received_at) in enumerate(
        (
            ("CNT-02", datetime(2025, 12, 9, 9, 30, tzinfo=BEIJING)),
            ("CNT-01", datetime(2025, 12, 11, 0, 0, tzinfo=BEIJING)),
            ("CNT-01", datetime(2025, 12, 12, 8, 15, tzinfo=BEIJING)),
        ),
        1,
    ):
        platform = Platform.objects.get(code=code)
        by = filler(platform)
        found = AnnualSummary.objects.create(
            platform=platform,
            year=2025,
            version=max(1, number - 1),
            attachment=store(name="演示总结.docx", content=docx_bytes("演示"), media_type="application/msword", by=by),
            stamped=store(name="演示盖章.pdf", content=pdf_bytes(), media_type="application/pdf", by=by),
            text="一、平台基本情况\n演示场地300平方米",
            missing_headings=["二、年度运营情况"],
            receipt_number=f"ZJ2025-{code}-{number:02}",
            received_at=received_at,
            is_late=received_at.day > 10,
            submitted_by=by,
        )
    return {
        "my_summaries": [2025],
        "my_receipt": [found.receipt_number],
        "my_summary_outline": [2025],
        "my_summary_text": [found.receipt_number],
        "desk_summary": [found.pk],
    }


def _guidance(people: dict[str, User]) -> dict[str, list[Any]]:
    own = Platform.objects.get(code="CNT-01")
    write_guidance(platform=own, kind=GuidanceKind.NOTE, text="演示指导意见：补充佐证。", by=people["county"])
    signed = write_guidance(platform=own, kind=GuidanceKind.REMINDER, text="演示催报。", by=people["city_platform"])
    acknowledge_guidance(guidance=signed, by=people["window"])
    return {"desk_platform_guidance": [own.code]}


def _enterprises(people: dict[str, User]) -> dict[str, list[Any]]:
    """Two enterprises served by one platform, one of them by another too, and the list that recognises both."""
    codes = [credit_code(number) for number in (1, 2)]
    for number, code in enumerate(codes, 1):
        enterprise = EnterpriseFactory.create(credit_code=code, name=f"演示企业{number}号有限公司")
        for platform_code in ("CNT-01", "CNT-02")[:number]:
            ServiceRecordFactory.create(
                platform=Platform.objects.get(code=platform_code),
                enterprise=enterprise,
                served_on=date(2025, 3, number),
                activity=f"演示宣讲会{number}",
                recorded_by=people["window"],
            )
    about = ListParticulars(EnterpriseRecognitionKind.LITTLE_GIANT, "2025年演示名单", "", date(2025, 9, 1))
    content = csv_bytes(
        [["企业名称", "统一社会信用代码"], *[[f"演示企业{n}号有限公司", c] for n, c in enumerate(codes, 1)]]
    )
    reading = read_recognitions(content=content, file_name="演示名单.csv", about=about, today=NOW.date())
    import_recognitions(reading=reading, by=people["bureau"])
    return {}


def _consequences(people: dict[str, User]) -> dict[str, list[Any]]:
    """Proposals on the year; the first reward and the counties' card are confirmed, the clusters' card is not."""
    for kind in EVALUATED_TYPES:
        standard = RewardStandard.objects.create(year=2025, platform_type=kind, basis="演示标准")
        standard.tiers.create(name="演示一等", lower_bound=85, amount=30_000)
        standard.tiers.create(name="演示二等", lower_bound=70, amount=12_345)
    for publication in Publication.objects.filter(year__gte=2024).order_by("year", "platform_type"):
        propose_consequences(publication=publication, by=people["bureau"])
    letters: dict[str, list[Any]] = {}
    for name, model in KINDS.items():
        proposed = model._default_manager.filter(publication__year=2025, publication__platform_type="county_window")
        found = proposed.order_by("standing__position")[0]
        decided = confirm_proposal(proposal=found, reason="演示决定：情况属实。", by=people["issuer"])
        key = f"{model._meta.model_name}:{decided.pk}"
        _run(Job.objects.get(kind="rewards.write_letter", idempotency_key=key))
        letters[f"desk_consequences_letter {name}"] = [name, decided.pk]
    rejected = YellowCard.objects.get(publication__platform_type="cluster_window")
    reject_proposal(proposal=rejected, reason="演示决定：已经整改。", by=people["issuer"])
    publication = Publication.objects.get(year=2025, platform_type="county_window")
    return letters | {
        "desk_consequences_publication": [publication.pk],
        "desk_consequences_decision": ["yellow-cards", rejected.pk],
        "desk_publication": [publication.pk],
    }


def _next_plan(people: dict[str, User]) -> dict[str, list[Any]]:
    """Next year's plan of the counties with its first document and one target of a platform's own."""
    draft = copy_system(system=IndicatorSystem.objects.get(code="county_window-2025"), year=2026, by=people["bureau"])
    task = key_tasks_of(draft.definition)[0]["code"]
    draft.key_tasks.create(indicator=task, base_document="演示文件〔2026〕1号", due_on=date(2026, 11, 30))
    draft.targets.create(platform=Platform.objects.get(code="CNT-01"), indicator="A11", target=30)
    pages = ("desk_plan", "desk_plan_targets", "desk_plan_differences", "desk_plan_publish", "desk_plan_progress")
    return {page: [draft.pk] for page in pages}


def _fixed() -> dict[str, list[Any]]:
    """Rows that the admin's pages show, and addresses whose arguments do not depend on a row."""
    marker, bureau = User.objects.get(username="golden-marker"), User.objects.get(username="golden-bureau")
    asked = ask_change(wanted=sign_in_wanted(marker, with_password=False), reason="演示：手机丢失", by=bureau)
    acknowledge_change(request=confirm_change(request=asked, by=UserFactory.create()), by=marker)
    own = Platform.objects.get(code="CNT-01")
    system = IndicatorSystem.objects.get(code="county_window-2025")
    ranking = Publication.objects.get(year=2025, platform_type="county_window").ranking
    card = ranking.scorecards.order_by("position")[0]
    batch = ImportBatch.objects.filter(kind=BatchKind.FIGURES, year=2025).latest("pk")
    rows: dict[str, Any] = {
        "core_changerequest": ChangeRequest.objects.get(),
        "core_signin": SignIn.objects.get(),
        "core_signinfailure": SignInFailure.objects.get(),
        "core_job": Job.objects.get(kind="evaluation.compile_bulletin"),
        "core_office": Office.objects.get(),
        "core_user": User.objects.get(username="golden-window"),
        "evaluation_annualsummary": AnnualSummary.objects.order_by("pk").last(),
        "evaluation_bulletin": Bulletin.objects.get(quarter=1),
        "evaluation_importbatch": batch,
        "evaluation_indicatorsystem": system,
        "evaluation_ranking": ranking,
        "evaluation_scorecard": card,
        "platforms_membership": Membership.objects.get(platform=own),
        "platforms_operator": Operator.objects.earliest("pk"),
        "platforms_operatorterm": OperatorTerm.objects.get(platform=own),
        "platforms_platform": own,
        "platforms_recognition": Recognition.objects.get(platform=own),
        "platforms_region": own.region,
        "rewards_rewardstandard": RewardStandard.objects.get(platform_type="county_window"),
    }
    pages = ("change", "delete", "history")
    return {f"admin:{model}_{page}": [row.pk] for model, row in rows.items() for page in pages} | {
        "desk_ask_sign_in": [rows["core_user"].pk],
        "desk_change": [rows["core_changerequest"].pk],
        "admin:app_list": ["evaluation"],
        "desk_batch": [batch.pk],
        "desk_job": [Job.objects.get(kind="evaluation.compile_bulletin").pk],
        "desk_ranking": [ranking.pk],
        "desk_scorecard": [card.pk],
        "desk_system": [system.pk],
        "desk_recognition_list": [RecognitionList.objects.get().pk],
        "my_standing": [2025],
    }
