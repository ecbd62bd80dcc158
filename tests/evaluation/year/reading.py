"""Reading what was published: a file of an edition, a row of an explained scorecard."""

from evaluation.ranking.documents.explained import published_scorecard
from evaluation.ranking.documents.scorecard import ExplainedScorecard, IndicatorRow
from evaluation.ranking.models import Publication


def content(publication: Publication, name: str) -> bytes:
    return bytes(publication.files.get(name=name).file.content)


def explained(publication: Publication, code: str) -> ExplainedScorecard:
    card = published_scorecard(publication, code)
    assert card is not None
    return card


def row_of(card: ExplainedScorecard, code: str) -> IndicatorRow:
    return next(i for s in card.sections for c in s.categories for i in c.indicators if i.code == code)
