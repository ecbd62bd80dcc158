"""A yellow card for the last of each type (细则 R5.2)."""

from rewards.consequences.facts import Place, PublishedRanking
from rewards.consequences.findings import Finding, Step
from rewards.consequences.last_places import TIE_QUESTION, status_in

CLAUSE = "R5.2"
RULE = Step("规则:各类型窗口平台排名最后的平台,由市平台予以黄牌警告", CLAUSE)


def propose_yellow_cards(ranking: PublishedRanking) -> tuple[Finding, ...]:
    """One finding per platform. The last place gets a proposal; when it is shared, each of those who share it gets one
    marked for the bureau's decision (细则 R5.2 says nothing of ties). Nobody is last in a field of one, nor when all
    are tied; a platform that was not ranked is never last."""
    return tuple(_finding(ranking, place) for place in ranking.places)


def _finding(ranking: PublishedRanking, place: Place) -> Finding:
    status = status_in(ranking, place.code)
    steps = [RULE, Step(status.text, CLAUSE)]
    if status.is_tied:
        steps.append(Step(TIE_QUESTION, CLAUSE, for_decision=True))
    steps.append(Step("提出黄牌警告" if status.is_last else "不提出黄牌警告", CLAUSE))
    return Finding(place.code, place.name, status.is_last, tuple(steps))
