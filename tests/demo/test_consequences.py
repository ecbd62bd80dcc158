"""The demonstration's consequences: example standards once, proposals and decisions once, however often it is run."""

from core import jobs
from core.models import Job
from demo.consequences import consequence_steps, load_standards
from platforms.choices import PlatformType
from rewards.choices import ProposalStatus
from rewards.models import OperatorReplacement, Reward, RewardTier, YellowCard
from tests.factories import OperatorTermFactory, PlatformFactory, UserFactory
from tests.factories.publications import publish


def run_all(people):
    for _, ask in consequence_steps(people):
        job = ask()
        if job is not None:
            jobs.run(job.pk)


def test_run_twice(bureau, second_bureau):
    counties = PlatformFactory.create_batch(3, platform_type=PlatformType.COUNTY_WINDOW)
    for platform in counties:
        OperatorTermFactory.create(platform=platform)
    for year, totals in ((2024, ["85", "90", "60"]), (2025, ["90", "85", "50"])):
        publish(dict(zip(counties, totals, strict=True)), year=year)
    clusters = PlatformFactory.create_batch(2, platform_type=PlatformType.CLUSTER_WINDOW)
    publish(dict(zip(clusters, ["80", "70"], strict=True)), year=2024, platform_type=PlatformType.CLUSTER_WINDOW)
    for _ in range(2):
        load_standards(by=UserFactory.create())
        run_all((bureau, second_bureau))
    assert RewardTier.objects.count() == 3 * 3 * 3  # years, types, tiers
    for model in (Reward, YellowCard, OperatorReplacement):
        confirmed = model._default_manager.filter(status=ProposalStatus.CONFIRMED)
        assert confirmed.count() == 1
        assert confirmed.exclude(letter=None).exists()
    assert YellowCard.objects.filter(status=ProposalStatus.REJECTED).count() == 1
    assert Job.objects.filter(kind="rewards.write_letter").count() == 3
