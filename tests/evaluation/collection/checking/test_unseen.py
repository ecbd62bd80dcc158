"""Nothing is decided that the page did not show: what changed meanwhile waits for another look."""

import pytest

from core.errors import Refusal
from demo.fresh import return_figure as return_now
from evaluation.collection.actions.checking import accept_figures, approve_not_applicable, return_figure
from evaluation.collection.models import SubmittedFigure
from tests.evaluation.collection.checking.figures import handed_in, handed_in_again
from tests.evaluation.collection.checking.test_actions import RATIO, status_of, tomorrow


@pytest.fixture
def figure(quarter) -> SubmittedFigure:
    return handed_in(quarter.submission, "B13", RATIO, by=quarter.clerk)


def version_of(figure) -> int:
    return SubmittedFigure.objects.values_list("version", flat=True).get(pk=figure.pk)


DECISIONS = {
    "accepted": lambda figure, **more: accept_figures(figures=[figure], **more),
    "agreed": lambda figure, **more: approve_not_applicable(figures=[figure], **more),
    "returned": lambda figure, **more: return_figure(figure=figure, reason="请核实", return_due_on=tomorrow(), **more),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_nothing_that_came_in_again_after_the_page_was_opened_is_decided_unseen(quarter, decision, city_platform_user):
    claim = "本季度没有对接活动" if decision == "agreed" else ""
    value = None if claim else "3"
    figure = handed_in(quarter.submission, "K7", value, by=quarter.clerk, not_applicable=claim)
    seen = version_of(figure)
    return_now(figure=figure, reason="请核实", return_due_on=tomorrow(), by=city_platform_user)
    again = handed_in_again(figure, value, by=quarter.clerk)
    decide = DECISIONS[decision]
    with pytest.raises(Refusal, match="在您打开页面之后有改动"):
        decide(again, by=city_platform_user, seen={again.pk: seen})
    assert status_of(again) == "handed_in"
    decide(again, by=city_platform_user, seen={again.pk: version_of(again)})
    assert status_of(again) != "handed_in"


@pytest.mark.parametrize("decision", ["accepted", "returned"])
def test_a_page_that_does_not_say_what_it_showed_has_shown_nothing(figure, decision, city_platform_user):
    with pytest.raises(Refusal, match="在您打开页面之后有改动"):
        DECISIONS[decision](figure, by=city_platform_user, seen={})
    assert status_of(figure) == "handed_in"


def test_one_unseen_figure_among_many_stops_them_all(quarter, figure, city_platform_user):
    other = handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    with pytest.raises(Refusal) as refused:
        accept_figures(figures=[figure, other], by=city_platform_user, seen={figure.pk: version_of(figure)})
    assert ["K5" in str(fault) for fault in refused.value.faults] == [True]
    assert {status_of(figure), status_of(other)} == {"handed_in"}
