"""What must hold for every ranking, not only for those somebody thought of."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.policy import citation
from rewards.consequences import (
    Operator,
    Place,
    PublishedRanking,
    Tier,
    propose_operator_replacements,
    propose_rewards,
    propose_yellow_cards,
    weakest_indicators,
)

CODES = "ABCDEFGH"
# Few different totals, so that ties at the first, middle and last place are frequent.
TOTALS = st.none() | st.sampled_from([Decimal(n) / 100 for n in (5999, 6000, 7000, 8000, 8999, 9000)])
OPERATORS = st.none() | st.sampled_from([Operator("1", "演示一"), Operator("2", "演示二")])


@st.composite
def rankings(draw, year=2025, platform_type="county_window"):
    """A ranking as the scoring core makes it: ranks agree with totals, competition or dense style."""
    totals = draw(st.dictionaries(st.sampled_from(CODES), TOTALS, min_size=1))
    scored = sorted((total for total in totals.values() if total is not None), reverse=True)
    ladder = draw(st.sampled_from([scored, sorted(set(scored), reverse=True)]))
    places = tuple(
        Place(code, f"{code}平台", operator=draw(OPERATORS), not_ranked_reason="下半年验收")
        if total is None
        else Place(code, f"{code}平台", rank=ladder.index(total) + 1, total=total, operator=draw(OPERATORS))
        for code, total in totals.items()
    )
    return PublishedRanking(year, platform_type, "县(市、区)综合窗口平台", 1, places)


def shuffled(ranking, order):
    return replace(ranking, places=tuple(sorted(ranking.places, key=lambda place: order.index(place.code))))


def by_code(findings):
    return {finding.code: finding for finding in findings}


ORDERS = st.permutations(CODES)
STANDARDS = st.lists(
    st.builds(
        Tier,
        name=st.sampled_from(["一等奖", "二等奖", "三等奖"]),
        lower_bound=st.sampled_from([Decimal("60"), Decimal("70"), Decimal("80"), Decimal("90")]),
        amount=st.integers(0, 10**6),
    ),
    unique_by=lambda tier: tier.lower_bound,
)


@given(rankings())
def test_every_platform_gets_exactly_one_answer_per_rule(ranking):
    codes = [place.code for place in ranking.places]
    assert [finding.code for finding in propose_yellow_cards(ranking)] == codes
    assert [finding.code for finding in propose_rewards(ranking, None)] == codes
    assert [finding.code for finding in propose_operator_replacements(ranking, [])] == codes


@given(rankings(), rankings(year=2024), STANDARDS, ORDERS, ORDERS)
def test_the_order_of_the_input_changes_nothing(ranking, before, standard, order, other_order):
    moved, moved_before = shuffled(ranking, order), shuffled(before, other_order)
    assert by_code(propose_yellow_cards(ranking)) == by_code(propose_yellow_cards(moved))
    assert by_code(propose_rewards(ranking, standard)) == by_code(propose_rewards(moved, standard[::-1]))
    assert by_code(propose_operator_replacements(ranking, [before])) == by_code(
        propose_operator_replacements(moved, [moved_before])
    )


@given(rankings())
def test_a_card_goes_to_the_lowest_total_and_to_nobody_else(ranking):
    totals = {place.code: place.total for place in ranking.places if place.total is not None}
    carded = {finding.code for finding in propose_yellow_cards(ranking) if finding.proposed}
    if len(set(totals.values())) < 2:
        assert carded == set()
    else:
        assert carded == {code for code, total in totals.items() if total == min(totals.values())}


@given(rankings())
def test_the_first_is_never_carded(ranking):
    carded = {finding.code for finding in propose_yellow_cards(ranking) if finding.proposed}
    assert not carded & {place.code for place in ranking.places if place.rank == 1}


@given(rankings())
def test_more_than_one_card_is_always_a_question_to_a_person(ranking):
    carded = [finding for finding in propose_yellow_cards(ranking) if finding.proposed]
    assert all(any(step.for_decision for step in finding.path) for finding in carded) == (len(carded) != 1)


@given(rankings(), rankings(year=2024))
def test_replacement_needs_a_card_in_both_years(ranking, before):
    def last_in(each):
        return {finding.code for finding in propose_yellow_cards(each) if finding.proposed}

    advised = {finding.code for finding in propose_operator_replacements(ranking, [before]) if finding.proposed}
    assert advised == last_in(ranking) & last_in(before)


@given(rankings(), rankings(year=2024), rankings(year=2023))
def test_only_the_year_before_counts(ranking, before, older):
    assert propose_operator_replacements(ranking, [before]) == propose_operator_replacements(ranking, [before, older])
    alone = propose_operator_replacements(ranking, [older])
    assert not any(finding.proposed for finding in alone)


@given(rankings(), rankings(year=2024), rankings(year=2024))
def test_a_correction_replaces_what_it_corrects(ranking, first, corrected):
    corrected = replace(corrected, edition=2)
    for others in ([first, corrected], [corrected, first]):
        assert propose_operator_replacements(ranking, others) == propose_operator_replacements(ranking, [corrected])


@given(rankings(), STANDARDS)
def test_reward_is_the_highest_tier_within_reach(ranking, standard):
    found = propose_rewards(ranking, standard)
    assert len(found) == len(ranking.places) > 0
    for place, finding in zip(ranking.places, found, strict=True):
        reached = [tier for tier in standard if place.total is not None and tier.lower_bound <= place.total]
        assert finding.tier == max(reached, key=lambda tier: tier.lower_bound, default=None)
        assert finding.proposed == bool(reached)


@given(rankings(), rankings(year=2024), STANDARDS)
def test_every_step_names_its_clause(ranking, before, standard):
    findings = [
        *propose_rewards(ranking, standard),
        *propose_yellow_cards(ranking),
        *propose_operator_replacements(ranking, [before]),
    ]
    assert all(
        citation(step.clause).startswith("《实施细则》第五条第(") for finding in findings for step in finding.path
    )


SCORES = st.lists(st.none() | st.integers(0, 1000), min_size=1, max_size=8)


@given(SCORES, SCORES)
def test_weakest_are_those_that_cost_most_of_the_total(routine, key_work):
    def section(code, weight, values, key):
        entries = [
            {"code": f"{code}{n}", "name": f"指标{n}", "points": "10", **key(value)} for n, value in enumerate(values)
        ]
        return {"code": code, "name": code, "weight": weight, "categories": [{"indicators": entries}]}

    def system_entry(value):
        return {}

    def score_entry(value):
        return {"score": None if value is None else str(Decimal(value) / 100)}

    sides = (("A", "0.20", routine), ("K", "0.80", key_work))
    system = {"sections": [section(*side, system_entry) for side in sides]}
    scorecard = {"sections": [section(*side, score_entry) for side in sides]}
    found = weakest_indicators(system, scorecard)
    losses = [
        (10 - Decimal(value) / 100) * Decimal(weight)
        for _, weight, values in sides
        for value in values
        if value is not None
    ]
    assert [each.weighted_loss for each in found] == sorted((loss for loss in losses if loss > 0), reverse=True)[:3]
