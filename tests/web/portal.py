"""The whole portal with one row in every list or with several, for the test that counts what pages ask the database."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Now
from django.utils import timezone

from core import jobs
from core.files.uploads.waiting import WaitingUpload, keep_waiting
from core.models import Office, SignInFailure
from demo.fresh import hand_in
from evaluation.bulletin.actions import draft_bulletin
from evaluation.collection.models import Evidence, Submission, SubmittedFigure
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import Figure, ImportBatch
from evaluation.marking.models import AssessorAppointment
from evaluation.ranking.models import Publication, Ranking, Scorecard
from evaluation.summaries.models import AnnualSummary
from evaluation.systems.actions.systems import import_system
from evaluation.systems.checks.systems import key_tasks_of
from evaluation.systems.models import IndicatorSystem
from platforms.actions.guidance import acknowledge_guidance, write_guidance
from platforms.choices import GuidanceKind
from platforms.models import Operator, RecognitionList
from rewards.actions import confirm_proposal, propose_consequences, seal_letter
from rewards.models import OperatorReplacement, Reward, RewardStandard, YellowCard
from tests.evaluation.collection.checking.figures import handed_in, submission_of
from tests.factories import (
    MembershipFactory,
    OperatorTermFactory,
    PlatformFactory,
    RecognitionFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.collection import (
    EnterpriseRecognitionFactory,
    ServiceRecordFactory,
    SubmissionFactory,
    SubmittedFigureFactory,
    credit_code,
)
from tests.factories.published import issued_bulletin, published_ranking
from tests.web.conftest import Site
from tests.web.world import World, build_world


def build_portal(rows: int) -> World:
    """`rows` of everything that a page lists; one more platform, because the last of one gets no yellow card."""
    Office.objects.create(host_name="演示主办单位", privacy_text="演示隐私政策。")
    site = _site(rows)
    world = build_world(site)
    _registry(world, rows)
    _files(world, rows)
    _plans(world, rows)
    _consequences(world, rows)
    _enterprises(world, rows)
    _desk(world, rows)
    _quarters(world, rows)
    _collected(world, rows)
    _guidance(world, rows)
    _changes(world, rows)
    return replace(world, samples=world.samples | _fuller_samples(world) | _previews(world, rows))


def _site(rows: int) -> Site:
    platforms = [PlatformFactory.create(region=RegionFactory.create()) for _ in range(rows + 1)]
    newcomers = [PlatformFactory.create(region=platforms[0].region) for _ in range(rows)]
    visits = {platform.code: 300 - 10 * place for place, platform in enumerate(platforms)}
    published = [published_ranking(platforms, year=year, visits=visits) for year in range(2024, 2024 - rows, -1)]
    first = published_ranking(platforms, visits=visits)
    corrected = first
    for _ in range(rows):
        reasons = {newcomer: "2025年7月1日后验收,本年度不参评" for newcomer in newcomers}
        corrected = published_ranking(platforms, visits=visits, not_ranked=reasons, replaces=corrected)
    return Site(platforms, newcomers[0], published[0], first, corrected, issued_bulletin(2025, 1))


def _registry(world: World, rows: int) -> None:
    """Terms one after the other, recognitions and accounts of the first platform and of others."""
    first, *others = world.site.platforms
    operator = Operator.objects.get()
    for number in range(rows):
        RecognitionFactory.create(platform=first, recognised_on=date(2010 + number, 1, 1))
        OperatorTermFactory.create(
            platform=first, operator=operator, term=(date(2010 + number, 1, 1), date(2011 + number, 1, 1))
        )
    for platform in others:
        OperatorTermFactory.create(platform=platform)
        MembershipFactory.create(platform=platform)


def _files(world: World, rows: int) -> None:
    """A file of other figures in force with a figure per platform, a working ranking scored from `rows` batches."""
    old = ImportBatch.objects.latest("pk")
    batch = ImportBatch.objects.create(
        kind=BatchKind.FIGURES, year=2025, file_name="演示.csv", file=old.file, row_count=rows, figure_count=rows
    )
    figures = [
        Figure(batch=batch, platform=each, indicator="D11", year=2025, quarter=0, row=2, amount=1)
        for each in world.site.platforms
    ]
    Figure.objects.bulk_create(figures)
    working, card = Ranking.objects.get(year=2026), Scorecard.objects.first()
    assert card is not None
    working.score()
    working.bundle, working.scored_at, working.scored_by = card.ranking.bundle, Now(), world.people["city_platform"]
    working.save()
    sources = {"A16": [[each.pk, 5] for each in ImportBatch.objects.filter(kind=BatchKind.HUB).order_by("year")]}
    for place, platform in enumerate(world.site.platforms, 1):
        Scorecard.objects.create(
            ranking=working,
            platform=platform,
            rank=place,
            position=place,
            total="90",
            detail=card.detail,
            sources=json.dumps(sources),
        )


def _plans(world: World, rows: int) -> None:
    """What further key tasks of the draft rest on, further platforms' own targets."""
    (pk,) = world.samples["desk_plan"]
    draft = IndicatorSystem.objects.get(pk=pk)
    tasks, (_, *others) = key_tasks_of(draft.definition)[1:], world.site.platforms
    for task, platform in zip(tasks[:rows], others, strict=False):
        draft.key_tasks.create(indicator=task["code"], base_document="演示文件", due_on=date(2027, 11, 30))
        draft.targets.create(platform=platform, indicator="A11", target=40)


def _enterprises(world: World, rows: int) -> None:
    """Enterprises that every platform served and that lists of their own recognised: rows of every kind of list."""
    today = timezone.localdate()
    for _ in range(rows):
        recognition = EnterpriseRecognitionFactory.create(recognised_on=today)
        EnterpriseRecognitionFactory.create(recognition_list=RecognitionList.objects.latest("pk"), recognised_on=today)
        for platform in world.site.platforms:
            ServiceRecordFactory.create(platform=platform, enterprise=recognition.enterprise, served_on=today)


def _previews(world: World, rows: int) -> dict[str, list[Any]]:
    """Lists between their dry run and the confirmation."""
    about = {"kind": "listed", "title": "演示", "document_number": "", "published_on": "2026-01-01"}
    codes = [credit_code(5000 + number) for number in range(rows)]
    listed = "".join(f"演示企业,{code}\n" for code in codes)
    served = "".join(f"演示企业,{code},2026-01-01,政策宣传,演示活动\n" for code in codes)
    bureau, window = world.people["bureau"], world.people["window"]
    assert bureau is not None and window is not None
    recognitions = WaitingUpload(
        "演示.csv", f"企业名称,统一社会信用代码\n{listed}".encode(), "recognitions", json.dumps(about)
    )
    heading = "企业名称,统一社会信用代码,服务日期,服务类别,服务事项"
    services = WaitingUpload("演示.csv", f"{heading}\n{served}".encode(), "services", "")
    return {
        "desk_preview_recognitions": [keep_waiting(recognitions, by=bureau)],
        "my_services_preview": [keep_waiting(services, by=window)],
    }


def _consequences(world: World, rows: int) -> None:
    """Proposals of every published year, confirmed and with their letters."""
    decider = UserFactory.create()
    for publication in Publication.objects.filter(replaced_by=None):
        standard, _ = RewardStandard.objects.get_or_create(year=publication.year, platform_type="county_window")
        for bound in range(rows):
            standard.tiers.create(name=f"{bound}等奖", lower_bound=bound, amount=1000)
        propose_consequences(publication=publication, by=UserFactory.create())
    for model in (Reward, YellowCard, OperatorReplacement):
        for proposal in model.objects.all():
            confirm_proposal(proposal=proposal, reason="情况属实", by=decider)
            seal_letter(proposal=proposal, pdf=b"%PDF-1.7")


def _desk(world: World, rows: int) -> None:
    """Jobs, versions of a summary, bulletins under way, draft systems, lockouts."""
    summary = AnnualSummary.objects.get()
    definition = IndicatorSystem.objects.get(code="county_window-2025").definition
    for quarter in range(2, rows + 1):
        issued_bulletin(2025, quarter)
    for number in range(rows):
        jobs.enqueue("evaluation.import_hub", key=f"portal{number}", arguments={}, by=UserFactory.create())
        AnnualSummary.objects.create(
            platform=summary.platform,
            year=summary.year,
            version=2 + number,
            attachment=summary.attachment,
            receipt_number=f"ZJ-{2 + number}",
            received_at=summary.received_at,
            is_late=False,
            submitted_by=summary.submitted_by,
        )
        by = UserFactory.create(role="bureau")
        draft_bulletin(year=2030 + number, quarter=1, by=by)
        import_system(document={**definition, "code": f"county_window-{2030 + number}"}, by=by)
        now = timezone.now()
        SignInFailure.objects.create(
            step="password", account=f"窗口{number}", place="10.0.0.2", failures=5, latest=now, waits_until=now
        )


def _quarters(world: World, rows: int) -> None:
    """More quarters asked of every platform; figures of the first one that came back, with files and receipts."""
    window, system = world.people["window"], IndicatorSystem.objects.get(code="county_window-2025")
    assert window is not None
    codes = list(system.rules.codes)
    for quarter in range(1, rows + 1):
        for platform in world.site.platforms:
            submission = SubmissionFactory.create(
                platform=platform, system=system, period__year=2025, period__quarter=quarter
            )
            SubmittedFigureFactory.create(submission=submission, indicator=codes[0])
    own = Submission.objects.get(platform=world.site.platforms[0], period__quarter=4)
    for code in codes[1 : rows + 1]:
        figure = SubmittedFigureFactory.create(submission=own, indicator=code)
        SubmittedFigure.objects.filter(pk=figure.pk).update(value="3")
        hand_in(submission=own, by=window)
        figure = SubmittedFigure.objects.get(pk=figure.pk)
        figure.return_to_platform()
        figure.return_reason, figure.return_due_on = "缺佐证", date(2026, 2, 1)
        figure.save()
    for figure in own.figures.all():
        for _ in range(rows):
            file = Evidence.objects.earliest("pk").attachment
            Evidence.objects.create(figure=figure, attachment=file, added_by=window)


def _collected(world: World, rows: int) -> None:
    """Figures that wait for their check, of windows and of the city platform, each with files; assessors."""
    system = IndicatorSystem.objects.get(code="county_window-2025")
    attachment, year = AnnualSummary.objects.select_related("attachment")[0].attachment, timezone.localdate().year
    codes = list(system.rules.codes)
    for number in range(rows):
        by, city = UserFactory.create(role="window"), PlatformFactory.create(platform_type="city_platform")
        for platform, code in ((world.site.platforms[0], codes[number + 1]), (city, codes[0])):
            figure = handed_in(submission_of(platform, system, year=2024), code, "3", by=by)
            Evidence.objects.create(figure=figure, attachment=attachment, added_by=by)
        AssessorAppointment.objects.create(year=year, platform_type="county_window", assessor=by, appointed_by=by)


def _guidance(world: World, rows: int) -> None:
    """Notes to the first platform, some of them signed for."""
    county, own = world.people["county"], world.site.platforms[0]
    assert county is not None
    for number in range(rows):
        write_guidance(platform=own, kind=GuidanceKind.REMINDER, text=f"演示提醒{number}", by=county)
        signed = write_guidance(platform=own, kind=GuidanceKind.NOTE, text=f"演示意见{number}", by=county)
        acknowledge_guidance(guidance=signed, by=MembershipFactory.create(platform=own).user)


def _changes(world: World, rows: int) -> None:
    """The admin's record of changes of whatever the samples show the history of."""
    for name, (pk,) in [each for each in world.samples.items() if each[0].endswith("_history")]:
        app, model = name.removeprefix("admin:").removesuffix("_history").split("_", 1)
        kind = ContentType.objects.get_by_natural_key(app, model)
        for _ in range(rows):
            LogEntry.objects.create(
                user=UserFactory.create(), content_type=kind, object_id=pk, object_repr="演示", action_flag=CHANGE
            )


def _fuller_samples(world: World) -> dict[str, list[Any]]:
    """Where the sample of the table of answers has no rows of its own, one that has; a preview that waits."""
    working = Ranking.objects.get(year=2026)
    letter, bureau = Reward.objects.filter(publication=world.site.corrected).first(), world.people["bureau"]
    batch = ImportBatch.objects.get(kind=BatchKind.FIGURES)
    lines = "".join(f'{each.code},D11,2025,"""5"""\n' for each in world.site.platforms)
    upload = WaitingUpload("演示.csv", f"平台编码,指标编码,年度,数值(JSON)\n{lines}".encode(), "figures", "")
    assert letter is not None and bureau is not None
    return {
        "consequences_of_year": [2025],
        "desk_batch": [batch.pk],
        "desk_consequences_letter": ["rewards", letter.pk],
        "desk_preview_figures": [keep_waiting(upload, by=bureau)],
        "desk_scorecard": [working.scorecards.earliest("pk").pk],
    }
