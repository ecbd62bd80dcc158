"""Two people of one platform with the same quarter open: nobody writes over words they have not seen."""

import threading
from typing import Any

import pytest
from django.db import connection

from core.errors import Refusal
from demo.fresh import save_figures as save_now
from demo.fresh import versions_of
from evaluation.collection.actions import hand_in, save_figures, saving
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import SubmissionReceipt, SubmittedFigure
from tests.factories import MembershipFactory
from tests.harness.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def colleague(quarter):
    return MembershipFactory.create(platform=quarter.own.platform, user__full_name="李同事").user


def save(quarter, by=None, **entries):
    return save_figures(submission=quarter.own, entries=entries, by=by or quarter.window)


def typed(text: str, seen: int | None) -> Entry:
    return Entry({"value": text}, seen=seen)


def test_a_page_opened_earlier_wipes_nothing_that_it_was_not_typed_into(quarter, colleague):
    """Without script the whole grid is sent: what stood there when the page was opened are no words of this person."""
    seen = versions_of(quarter.own)
    save(quarter, colleague, K7=typed("6", seen["K7"]))
    saved = save(quarter, K5=typed("5", seen["K5"]), K7=typed("", seen["K7"]))
    assert (saved.count, saved.faults, saved.conflicts) == (1, (), ())
    assert (quarter.figure("K5").value, quarter.figure("K7").value) == ("5", "6")
    assert quarter.figure("K7").saved_by == colleague
    assert saved.versions == {"K5": quarter.figure("K5").version}, "K7 as it stands was not seen"


def test_a_write_over_unseen_words_is_not_written(quarter, colleague):
    seen = versions_of(quarter.own)["K7"]
    save(quarter, colleague, K7=typed("6", seen))
    saved = save(quarter, K5=typed("5", 0), K7=typed("7", seen))
    assert (saved.count, saved.conflicts, set(saved.versions)) == (1, ("K7",), {"K5"})
    assert (quarter.figure("K7").value, quarter.figure("K7").saved_by) == ("6", colleague)
    told = quarter.figure("K7").version
    assert save(quarter, K7=typed("7", told)).conflicts == ()
    assert (quarter.figure("K7").value, quarter.figure("K7").saved_by) == ("7", quarter.window)


@pytest.mark.parametrize("seen", [None, 99, 2])
def test_a_missing_version_and_one_that_never_was_have_seen_nothing(quarter, colleague, seen):
    save(quarter, colleague, K7=typed("6", 0))
    saved = save(quarter, K7=typed("7", seen))
    assert (saved.count, saved.conflicts) == (0, ("K7",))
    assert quarter.figure("K7").value == "6"


def test_a_missing_version_is_refused_even_where_nothing_stands_yet(quarter):
    saved = save(quarter, K7=typed("7", None))
    assert (saved.count, saved.conflicts, quarter.figure("K7").value) == (0, ("K7",), None)


def test_clearing_what_one_has_not_seen_is_a_conflict_too(quarter, colleague):
    save(quarter, K7=typed("5", 0))
    seen = quarter.figure("K7").version
    save(quarter, colleague, K7=typed("6", seen))
    assert save(quarter, K7=typed("", seen)).conflicts == ("K7",)
    assert quarter.figure("K7").value == "6"


def test_the_same_words_are_no_conflict(quarter, colleague):
    save(quarter, colleague, K7=typed("6", 0))
    saved = save(quarter, K7=typed("6", 0))
    assert (saved.count, saved.conflicts, saved.versions) == (0, (), {"K7": quarter.figure("K7").version})


def test_what_was_handed_in_and_returned_since_says_the_same_and_may_be_changed(quarter):
    save(quarter, K7=typed("6", 0))
    seen = quarter.figure("K7").version
    hand_in(submission=quarter.own, seen={"K7": seen}, by=quarter.window)
    figure = quarter.figure("K7")
    figure.return_to_platform()
    figure.return_reason, figure.return_due_on = "缺佐证", quarter.period.due_on
    figure.save()
    assert quarter.figure("K7").version > seen + 1
    assert save(quarter, K7=typed("7", seen)).count == 1


def test_the_database_counts_whatever_a_statement_says(quarter):
    before = quarter.figure("K7").version
    SubmittedFigure.objects.filter(pk=quarter.figure("K7").pk).update(remark="演示", version=0)
    assert quarter.figure("K7").version == before + 1
    SubmittedFigure.objects.filter(pk=quarter.figure("K7").pk).update(remark="演示", version=77)
    assert quarter.figure("K7").version == before + 1, "nothing changed"


def test_nobody_hands_in_what_they_have_not_seen(quarter, colleague):
    save(quarter, K5=typed("5", 0))
    seen = versions_of(quarter.own)
    save(quarter, colleague, K7=typed("6", seen["K7"]))
    for shown in (seen, {}, {"K7": seen["K7"]}):
        with pytest.raises(Refusal, match=r"K7 .*在您打开页面之后有改动"):
            hand_in(submission=quarter.own, seen=shown, by=quarter.window)
    assert not SubmissionReceipt.objects.exists()
    hand_in(submission=quarter.own, seen=versions_of(quarter.own), by=quarter.window)


def raced(quarter, colleague) -> list[Any]:
    """Both have seen the empty cell and save at the same moment."""
    return at_once(
        lambda: save(quarter, K7=typed("6", 0)),
        lambda: save(quarter, colleague, K7=typed("7", 0)),
    )


def test_of_two_at_once_one_is_written_and_the_other_told(quarter, colleague):
    results = raced(quarter, colleague)
    assert sorted((each.count, each.conflicts) for each in results) == [(0, ("K7",)), (1, ())]
    assert quarter.figure("K7").events.exclude(value=None).count() == 1


@pytest.fixture
def judged_by_both(quarter, monkeypatch):
    """Without the submission's lock, and both have judged before either writes: the statement alone decides."""
    meeting, judge = threading.Barrier(2), saving._judged

    def unheld(submission, by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            return quarter.own, cursor.fetchone()[0]

    def together(held, entries):
        rows = judge(held, entries)
        meeting.wait(timeout=30)
        return rows

    monkeypatch.setattr(saving, "hold", unheld)
    monkeypatch.setattr(saving, "_judged", together)


def test_the_statement_itself_writes_over_nothing_unseen(quarter, colleague, judged_by_both):
    results = raced(quarter, colleague)
    assert sorted((each.count, each.conflicts) for each in results) == [(0, ("K7",)), (1, ())]


def test_control_without_the_version_the_second_writes_over_the_first(quarter, colleague, judged_by_both, monkeypatch):
    """Shows that the test above can fail."""
    assert "AND figure.version = typed.version" in saving._SAVE
    monkeypatch.setattr(saving, "_SAVE", saving._SAVE.replace("AND figure.version = typed.version", ""))
    results = raced(quarter, colleague)
    assert [each.count for each in results] == [1, 1]
    assert quarter.figure("K7").events.exclude(value=None).count() == 2


def test_a_save_of_today_is_written_when_the_page_is_fresh(quarter):
    assert save_now(submission=quarter.own, entries={"K7": Entry({"value": "6"})}, by=quarter.window).count == 1
