"""What the files in force say of a year: sums of the quarters, what is absent, no kind of file hiding another."""

import json

import pytest

from evaluation.intake.choices import BatchKind
from evaluation.intake.models import Figure, ImportBatch
from evaluation.intake.queries.annual_figures import annual_figures, year_batches
from evaluation.scoring.system import parse_system
from platforms.models import Platform
from tests.evaluation.year.demo import load_year, published
from tests.evaluation.year.reading import content
from tests.evaluation.year.systems import system_document
from tests.factories.collection import SealedFileFactory


@pytest.fixture
def year(bureau):
    load_year(bureau)


def total(figures, column="amount"):
    return f"{sum(getattr(figure, column) for figure in figures):.0f}"


def figure_of(document, platform, indicator):
    return next(f for f in document["figures"] if (f["platform"], f["indicator"]) == (platform, indicator))


def test_annual_figures_are_the_sums_of_the_quarters(year):
    document = json.loads(content(published(), "bundle.json"))
    quarters = Figure.objects.in_force().filter(platform__code="CNT-05", year=2025, quarter__gt=0)
    counts = list(quarters.filter(indicator="policy_posts"))
    assert len(counts) == 4
    assert figure_of(document, "CNT-05", "A11")["value"] == total(counts)
    ratios = list(quarters.filter(indicator="settled_needs"))
    assert figure_of(document, "CNT-05", "A15")["value"] == {
        "numerator": total(ratios),
        "denominator": total(ratios, "base"),
    }


def test_a_quarter_without_a_batch_counts_what_was_reported(year):
    batches = year_batches(2025)
    platform = Platform.objects.get(code="CNT-05")
    without = type(batches)((*batches.by_period[:4], None, None))
    indicator = parse_system(system_document()).indicator("A11")
    told = dict(annual_figures(batches=without, platforms=[platform.pk], indicators=[indicator]))[platform.pk]["A11"]
    three = Figure.objects.filter(batch__in=without.ids, platform=platform, indicator="policy_posts")
    assert told.amount == total(three)
    assert [row is None for row in told.rows] == [True, False, False, False, True, True]


def test_no_kind_of_file_hides_another_of_the_same_year(db):
    file = SealedFileFactory.create()
    made = {
        ImportBatch.objects.create(
            kind=kind,
            year=2025,
            quarter=int(kind == BatchKind.HUB),
            file_name="演示",
            file=file,
            row_count=1,
            figure_count=1,
        ).pk
        for kind in BatchKind
    }
    assert set(year_batches(2025).ids) == made and len(made) == len(BatchKind)
