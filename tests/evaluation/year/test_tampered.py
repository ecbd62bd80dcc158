"""A scorecard that is not what the bundle gives stops publishing, whatever was changed about it."""

from decimal import Decimal

import pytest

from core.choices import Role
from core.errors import Refusal
from evaluation.ranking.actions.publications import publish_ranking
from evaluation.ranking.models import Publication, Scorecard
from tests.evaluation.year.demo import load_year, scored
from tests.factories import PlatformFactory, UserFactory


@pytest.fixture
def year(bureau):
    load_year(bureau)


def changed_text(card, column):
    return f"{getattr(card, column)} "


TAMPERED = {
    "rank": lambda card: card.rank + 1,
    "position": lambda card: card.position + 100,
    "total": lambda card: card.total + Decimal("0.01"),
    "detail": lambda card: changed_text(card, "detail"),
    "sources": lambda card: changed_text(card, "sources"),
    "platform": lambda card: PlatformFactory.create(platform_type="innovation_base"),
}


def test_every_column_of_a_scorecard_is_tampered_with_below():
    assert {field.name for field in Scorecard._meta.fields} - {"id", "ranking"} == TAMPERED.keys()


@pytest.mark.parametrize("place", [0, -1])
def test_a_scorecard_that_differs_from_the_recomputed_one_stops_publishing(year, place):
    """One column of the first or of the last scorecard is enough, whichever it is."""
    ranking = scored()
    publisher = UserFactory.create(role=Role.BUREAU)
    card = list(ranking.scorecards.order_by("position"))[place]
    for column, other in TAMPERED.items():
        kept = getattr(card, column)
        Scorecard.objects.filter(pk=card.pk).update(**{column: other(card)})
        with pytest.raises(Refusal, match="与重新计算的结果不一致"):
            publish_ranking(ranking=ranking, by=publisher, is_demo=True)
        Scorecard.objects.filter(pk=card.pk).update(**{column: kept})
    Scorecard.objects.filter(pk=card.pk).delete()
    with pytest.raises(Refusal, match="与重新计算的结果不一致"):
        publish_ranking(ranking=ranking, by=publisher, is_demo=True)
    assert not Publication.objects.exists()


def test_an_untouched_scorecard_publishes(year):
    """The control: what stops publishing above is the tampering."""
    assert publish_ranking(ranking=scored(), by=UserFactory.create(role=Role.BUREAU), is_demo=True).pk
