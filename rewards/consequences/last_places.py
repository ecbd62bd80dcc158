"""Who is last (细则 R5.2)? Being last needs somebody who is better: a lone or an all-tied field has no last place."""

from dataclasses import dataclass

from rewards.consequences.facts import PublishedRanking, points_text

TIE_QUESTION = "并列末位,由市工信局决定"


@dataclass(frozen=True)
class YearStatus:
    """Where a platform stands in one ranking: last or not, sharing that place or not, and the sentence that says so."""

    is_last: bool
    is_tied: bool
    text: str


def status_in(ranking: PublishedRanking, code: str) -> YearStatus:
    """The platform's status in this ranking, with the numbers it rests on."""
    place = ranking.place_of(code)
    if place is None:
        return _not_last(f"{ranking.title}中没有该平台")
    if place.rank is None or place.total is None:
        return _not_last(f"{ranking.year}年度不参评({place.not_ranked_reason}),没有名次")
    count, last_rank = ranking.ranked_count, max(ranking.ranks)
    stands = f"{ranking.title}参评{count}家,该平台总分{points_text(place.total)},第{place.rank}名"
    if count == 1:
        return _not_last(f"{stands};只有1家参评,没有可比较的末位")
    if len(ranking.ranks) == 1:
        return _not_last(f"{stands};{count}家全部并列,没有末位")
    if place.rank != last_rank:
        return _not_last(f"{stands},不是末位(末位为第{last_rank}名)")
    others = ranking.ranks[last_rank] - 1
    if others:
        return YearStatus(is_last=True, is_tied=True, text=f"{stands},与另外{others}家并列末位")
    return YearStatus(is_last=True, is_tied=False, text=f"{stands},为末位")


def _not_last(text: str) -> YearStatus:
    return YearStatus(is_last=False, is_tied=False, text=text)
