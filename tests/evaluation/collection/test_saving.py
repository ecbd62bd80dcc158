"""Saving the grid and handing it in."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import Refusal
from core.models import Attachment
from demo.fresh import hand_in, save_figures
from evaluation.collection.actions import add_evidence, remove_evidence
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import SubmissionReceipt, SubmittedFigure
from evaluation.deadlines import BEIJING, is_late
from evaluation.scoring.canonical import digest
from tests.core.files.uploads.build import docx_bytes
from tests.evaluation.collection.conftest import DUE_ON
from tests.factories import MembershipFactory

FULL = {
    "B13": Entry({"numerator": "11", "denominator": "12"}),
    "C13": Entry({"national": "1", "provincial": "2"}),
    "C21": Entry({"municipal": "3"}, remark="三篇均为演示"),
    "C22": Entry({}, reason="本期没有评选"),
    "K3": Entry({"diagnosed": "4"}),
    "K5": Entry({"value": "5"}),
    "K7": Entry({"value": "6"}),
    "K8": Entry({"municipal": "1"}),
}


def save(quarter, entries, by=None):
    return save_figures(submission=quarter.own, entries=entries, by=by or quarter.window)


def give_back(figure: SubmittedFigure, due_on: date = date(2026, 4, 25)) -> None:
    figure.return_to_platform()
    figure.return_reason, figure.return_due_on = "缺佐证", due_on
    figure.save()


def test_the_whole_grid_is_saved_with_one_statement(quarter):
    with CaptureQueriesContext(connection) as queries:
        saved = save(quarter, FULL)
    written = [q["sql"] for q in queries if re.search(r"UPDATE \"?evaluation|INSERT INTO", q["sql"])]
    assert len(written) == 1
    assert (saved.count, saved.faults) == (8, ())
    figure = quarter.figure("C13")
    assert figure.value == {"national": "1", "provincial": "2"}
    assert (figure.saved_by, figure.saved_at) == (quarter.window, saved.at)
    assert quarter.figure("C22").value is None
    assert quarter.figure("C21").remark == "三篇均为演示"


def test_saving_takes_as_many_queries_for_one_row_as_for_eight(quarter):
    counts = []
    for entries in ({"K5": Entry({"value": "1"})}, FULL):
        with CaptureQueriesContext(connection) as queries:
            save(quarter, entries)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_same_again_writes_nothing_and_keeps_no_second_history(quarter):
    save(quarter, FULL)
    events = SubmittedFigure.pgh_event_model.objects.count()
    assert save(quarter, FULL).count == 0
    assert SubmittedFigure.pgh_event_model.objects.count() == events


def test_sound_rows_are_kept_and_every_fault_is_named_at_once(quarter):
    entries = {**FULL, "B13": Entry({"numerator": "11"}), "K5": Entry({"value": "五"}), "A11": Entry({"value": "1"})}
    saved = save(quarter, entries)
    assert [(f.indicator, f.cell) for f in saved.faults] == [("B13", "denominator"), ("K5", "value"), ("A11", "")]
    assert quarter.figure("K7").value == "6"
    assert quarter.figure("B13").value is None
    assert not quarter.own.figures.filter(indicator="A11").exists(), "the hub's figures are never asked for"


def test_a_cleared_row_is_empty_again(quarter):
    save(quarter, FULL)
    save(quarter, {"K5": Entry({"value": ""})})
    assert quarter.figure("K5").value is None


def test_another_platforms_people_are_refused(quarter):
    stranger = MembershipFactory.create().user
    for by in (stranger, quarter.city, quarter.bureau):
        with pytest.raises(Refusal, match="只能填报本平台的数据"):
            save(quarter, FULL, by=by)
        with pytest.raises(Refusal, match="只能填报本平台的数据"):
            hand_in(submission=quarter.own, by=by)


def test_handing_in_moves_what_is_filled_and_gives_a_receipt(quarter):
    save(quarter, {code: FULL[code] for code in ("B13", "C21", "C22")})
    add_evidence(figure=quarter.figure("C21"), name="刊播.docx", content=docx_bytes(), by=quarter.window)
    receipt = hand_in(submission=quarter.own, by=quarter.window)
    assert set(quarter.own.figures.filter(status="handed_in").values_list("indicator", flat=True)) == {
        "B13",
        "C21",
        "C22",
    }
    document = json.loads(receipt.document)
    assert receipt.sha256 == digest(document)
    assert receipt.number.startswith("JB2026Q1-CNT-91-01-")
    assert [f["indicator"] for f in document["figures"]] == ["B13", "C21", "C22"]
    assert document["figures"][0]["value"] == {"numerator": "11", "denominator": "12"}
    assert document["figures"][1]["evidence"][0]["name"] == "刊播.docx"
    assert document["figures"][2]["not_applicable_reason"] == "本期没有评选"
    assert receipt.received_at == quarter.figure("B13").handed_in_at


def test_a_second_handing_in_takes_the_rest_and_then_nothing(quarter):
    save(quarter, {"K5": FULL["K5"]})
    assert hand_in(submission=quarter.own, by=quarter.window).version == 1
    with pytest.raises(Refusal, match="没有可以报送的数据"):
        hand_in(submission=quarter.own, by=quarter.window)
    save(quarter, {"K7": FULL["K7"]})
    assert hand_in(submission=quarter.own, by=quarter.window).version == 2
    assert SubmissionReceipt.objects.count() == 2


def test_handed_in_is_closed_for_the_platform_and_only_the_returned_cell_opens(quarter):
    save(quarter, FULL)
    hand_in(submission=quarter.own, by=quarter.window)
    (fault,) = save(quarter, {"K5": Entry({"value": "50"})}).faults
    assert "当前为“已报送”" in fault.message
    give_back(quarter.figure("K5"))
    saved = save(quarter, {"K5": Entry({"value": "50"}), "K7": Entry({"value": "60"})})
    assert (saved.count, [f.indicator for f in saved.faults]) == (1, ["K7"])
    assert (quarter.figure("K5").value, quarter.figure("K7").value) == ("50", "6")
    receipt = hand_in(submission=quarter.own, by=quarter.window)
    assert [f["indicator"] for f in json.loads(receipt.document)["figures"]] == ["K5"]
    values = quarter.figure("K5").events.order_by("pgh_id").values_list("status", "value")
    assert ("handed_in", "5") in values and ("handed_in", "50") in values, "history keeps every earlier form"


def test_the_database_itself_refuses_a_change_of_what_was_handed_in(quarter):
    save(quarter, FULL)
    hand_in(submission=quarter.own, by=quarter.window)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        SubmittedFigure.objects.filter(pk=quarter.figure("K5").pk).update(value="99")


LAST = datetime(2026, 4, 16, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("received_at", "late"),
    [
        (LAST - timedelta(microseconds=1), False),
        (LAST, True),
        (datetime(2026, 4, 15, 15, 59, 59, 999999, tzinfo=LAST.tzinfo), False),
    ],
)
def test_late_to_the_microsecond_in_beijing(received_at, late):
    assert is_late(due_on=DUE_ON, received_at=received_at) is late


@pytest.mark.parametrize(("due_in", "late"), [(-1, True), (0, False), (1, False)])
def test_the_receipt_says_whether_it_was_late(quarter, due_in, late):
    today = datetime.now(BEIJING).date()
    quarter.period.due_on = today + timedelta(days=due_in)
    quarter.period.save()
    save(quarter, {"K5": FULL["K5"]})
    receipt = hand_in(submission=quarter.own, by=quarter.window)
    assert receipt.is_late is late
    assert json.loads(receipt.document)["figures"][0]["is_late"] is late


def test_a_receipt_is_late_as_soon_as_one_of_its_figures_is(quarter):
    """One figure that came back until today beside one whose day has passed."""
    today = datetime.now(BEIJING).date()
    quarter.period.due_on = today - timedelta(days=30)
    quarter.period.save()
    save(quarter, {"K5": FULL["K5"]})
    hand_in(submission=quarter.own, by=quarter.window)
    give_back(quarter.figure("K5"), due_on=today)
    save(quarter, {"K5": Entry({"value": "8"}), "K7": FULL["K7"]})
    receipt = hand_in(submission=quarter.own, by=quarter.window)
    said = {figure["indicator"]: figure["is_late"] for figure in json.loads(receipt.document)["figures"]}
    assert said == {"K5": False, "K7": True}
    assert receipt.is_late


def test_a_returned_figure_has_a_day_of_its_own(quarter):
    today = datetime.now(BEIJING).date()
    quarter.period.due_on = today - timedelta(days=30)
    quarter.period.save()
    save(quarter, {"K5": FULL["K5"]})
    hand_in(submission=quarter.own, by=quarter.window)
    give_back(quarter.figure("K5"), due_on=today)
    assert not hand_in(submission=quarter.own, by=quarter.window).is_late


def test_evidence_comes_and_goes_while_the_figure_is_open(quarter):
    figure = quarter.figure("K5")
    evidence = add_evidence(figure=figure, name="证明.docx", content=docx_bytes(), by=quarter.window)
    removed = remove_evidence(evidence=evidence, by=quarter.window)
    assert removed.removed_by == quarter.window
    assert figure.evidence.count() == 1, "taken back, not deleted"
    with pytest.raises(Refusal, match="可执行程序"):
        add_evidence(figure=figure, name="证明.docx", content=b"MZ\x90\x00", by=quarter.window)
    assert Attachment.objects.count() == 1


def test_evidence_of_a_handed_in_figure_stays_as_it_is(quarter):
    figure = quarter.figure("K5")
    evidence = add_evidence(figure=figure, name="证明.docx", content=docx_bytes(), by=quarter.window)
    save(quarter, {"K5": FULL["K5"]})
    hand_in(submission=quarter.own, by=quarter.window)
    with pytest.raises(Refusal, match="不能增减佐证材料"):
        remove_evidence(evidence=evidence, by=quarter.window)
    with pytest.raises(Refusal, match="不能增减佐证材料"):
        add_evidence(figure=quarter.figure("K5"), name="证明.docx", content=docx_bytes(), by=quarter.window)
    with pytest.raises(Refusal, match="只能填报本平台的数据"):
        add_evidence(figure=figure, name="证明.docx", content=docx_bytes(), by=quarter.city)
