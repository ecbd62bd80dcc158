"""Results that are published already, with as little inside as the database allows."""

from django.utils import timezone

from core.files.sealing import seal
from evaluation.bulletin.models import Bulletin
from evaluation.ranking.models import Publication, Ranking
from evaluation.systems.models import IndicatorSystem
from tests.factories import UserFactory


def publish(system: IndicatorSystem, by, year: int = 2025) -> Ranking:
    ranking = Ranking.objects.create(year=year, platform_type=system.platform_type, system=system)
    ranking.score()
    ranking.scored_at, ranking.scored_by = timezone.now(), by
    ranking.bundle = seal(b"{}", media_type="application/json")
    ranking.save()
    Publication.objects.create(
        ranking=ranking,
        year=year,
        platform_type=system.platform_type,
        edition=1,
        title="演示",
        bundle_sha256="0" * 64,
        prepared_by=by,
        published_by=UserFactory.create(),
    )
    ranking.publish()
    ranking.save()
    return ranking


def issue(quarter: int, compiled_by, issued_by, year: int = 2025) -> None:
    file = seal(b"%PDF", media_type="application/pdf")
    bulletin = Bulletin.objects.create(year=year, quarter=quarter)
    bulletin.compile()
    bulletin.view = bulletin.pdf = file
    bulletin.serial_number, bulletin.issued_on = quarter, "2025-04-20"
    bulletin.compiled_at, bulletin.compiled_by = timezone.now(), compiled_by
    bulletin.save()
    bulletin.issue()
    bulletin.issued_at, bulletin.issued_by = timezone.now(), issued_by
    bulletin.save()
