"""The grid's page and its script's address when two people have it open, or one was moved to another platform."""

import json
from typing import Any

import pytest
from lxml import html as markup

from tests.evaluation.collection.conftest import quarter, window_in
from tests.factories import MembershipFactory
from tests.forms import form_on, send, sent
from tests.web.test_workspace_quarter import GRID, signed_in, text

__all__ = ["quarter"]


@pytest.fixture
def colleague(quarter):
    return MembershipFactory.create(platform=quarter.own.platform, user__full_name="李同事").user


def said(answer) -> str:
    """What is answered, to the browser or to the script."""
    is_script = answer["Content-Type"] == "application/json"
    return json.dumps(answer.json(), ensure_ascii=False) if is_script else text(answer)


def conflict_on(response) -> dict[str, Any]:
    box = markup.fromstring(response.content.decode()).find(".//fieldset[@data-conflict]")
    return json.loads(box.get("data-conflict"))


def test_the_hole_of_today_a_save_of_another_cell_keeps_the_colleagues(quarter, colleague):
    client = signed_in(quarter.window)
    opened = client.get(GRID)
    sent(signed_in(colleague), GRID, {"K7.cell.value": "6", "step": "save"})
    send(client, opened, GRID, {"K5.cell.value": "5", "step": "save"})
    assert (quarter.figure("K5").value, quarter.figure("K7").value) == ("5", "6")


def test_without_script_both_values_are_shown_and_the_person_decides(quarter, colleague):
    client = signed_in(quarter.window)
    opened = client.get(GRID)
    sent(signed_in(colleague), GRID, {"K7.cell.value": "6", "K7.remark": "两家", "step": "save"})
    told = send(client, opened, GRID, {"K5.cell.value": "5", "K7.cell.value": "7", "step": "hand_in"})
    page = text(told)
    assert told.status_code == 400
    assert "您打开页面之后" in page and "李同事" in page and "6项" in page and "两家" in page
    assert form_on(told, GRID)["K7.cell.value"] == "7", "what was typed stays"
    assert (quarter.figure("K7").value, quarter.figure("K5").value) == ("6", "5")
    again = send(client, told, GRID, {"step": "save"})
    assert again.status_code == 400, "undecided"
    kept = send(client, told, GRID, {"K7.decide": "keep", "step": "save"})
    assert (kept.status_code, quarter.figure("K7").value) == (302, "6")
    mine = send(client, told, GRID, {"K7.decide": "mine", "step": "save"})
    assert (mine.status_code, quarter.figure("K7").value, quarter.figure("K7").saved_by) == (302, "7", quarter.window)


def test_whoever_decides_decides_about_the_words_they_were_told_of(quarter, colleague):
    client = signed_in(quarter.window)
    opened = client.get(GRID)
    sent(signed_in(colleague), GRID, {"K7.cell.value": "6", "step": "save"})
    told = send(client, opened, GRID, {"K7.cell.value": "7", "step": "save"})
    sent(signed_in(colleague), GRID, {"K7.cell.value": "8", "step": "save"})
    again = send(client, told, GRID, {"K7.decide": "mine", "step": "save"})
    assert (again.status_code, quarter.figure("K7").value) == (400, "8")
    assert conflict_on(again)["words"]["K7.cell.value"] == "8"


def test_kept_and_handed_in_at_once(quarter, colleague):
    client = signed_in(quarter.window)
    opened = client.get(GRID)
    sent(signed_in(colleague), GRID, {"K7.cell.value": "6", "step": "save"})
    told = send(client, opened, GRID, {"K7.cell.value": "7", "step": "save"})
    done = send(client, told, GRID, {"K7.decide": "keep", "step": "hand_in"})
    assert done.status_code == 302
    assert (quarter.figure("K7").status, quarter.figure("K7").value) == ("handed_in", "6")


def test_what_a_colleague_filled_in_is_not_handed_in_unseen(quarter, colleague):
    client = signed_in(quarter.window)
    opened = client.get(GRID)
    sent(signed_in(colleague), GRID, {"K7.cell.value": "6", "step": "save"})
    refused = send(client, opened, GRID, {"K5.cell.value": "5", "step": "hand_in"})
    assert (refused.status_code, "K7" in text(refused), "有改动" in text(refused)) == (400, True, True)
    assert quarter.figure("K7").status == "expected"
    done = send(client, refused, GRID, {"step": "hand_in"})
    assert (done.status_code, quarter.figure("K7").status) == (302, "handed_in")


def test_the_script_is_told_both_values_and_the_version(quarter, colleague):
    client = signed_in(quarter.window)
    opened = client.get(GRID)
    sent(signed_in(colleague), GRID, {"K7.cell.value": "6", "step": "save"})
    answer = send(client, opened, GRID, {"K5.cell.value": "5", "K7.cell.value": "7"}, to=f"{GRID}save").json()
    (conflict,) = answer["conflicts"]
    assert (conflict["row"], conflict["version"]) == ("K7", quarter.figure("K7").version)
    assert conflict["words"] == {"K7.cell.value": "6", "K7.reason": "", "K7.remark": ""}
    assert "李同事" in conflict["said"] and "6项" in conflict["said"]
    assert answer["versions"]["K5"] == quarter.figure("K5").version
    assert "K7" not in answer["versions"]


@pytest.mark.parametrize("to", [GRID, f"{GRID}save"])
def test_without_a_version_nothing_is_written_and_it_is_said(quarter, to):
    client = signed_in(quarter.window)
    fields = {"platform": quarter.own.platform.code, "K7.cell.value": "7", "step": "save"}
    answer = client.post(to, fields)
    assert quarter.figure("K7").value is None
    assert "还没有人填写" in said(answer)


def moved(quarter):
    """To another platform that is asked for the same quarter, and signed in again."""
    other = window_in(code="CNT-92", region=quarter.own.platform.region)
    quarter.own.pk, platform = None, quarter.own.platform
    quarter.own.platform = other
    quarter.own.save()
    for code in ("K5", "K7"):
        quarter.own.figures.create(indicator=code)
    membership = quarter.window.membership
    membership.platform = other
    membership.save()
    quarter.window.refresh_from_db()
    return platform, other


@pytest.mark.parametrize("to", [GRID, f"{GRID}save"])
def test_a_page_opened_for_one_platform_is_not_saved_into_another(quarter, to):
    opened = signed_in(quarter.window).get(GRID)
    platform, other = moved(quarter)
    client = signed_in(quarter.window)
    assert other.name in text(client.get(GRID))
    answer = send(client, opened, GRID, {"K7.cell.value": "7", "step": "hand_in"}, to=to)
    assert answer.status_code in (400, 409)
    words = said(answer)
    assert platform.name in words or "在另一个单位时打开" in words
    assert quarter.figure("K7").value is None
    assert 'value="7"' not in words, "it is not put before the person as if it were the new platform's"


@pytest.mark.parametrize("to", [GRID, f"{GRID}save"])
def test_the_grid_itself_names_its_platform(quarter, to):
    """Whatever else a page says of itself."""
    opened = signed_in(quarter.window).get(GRID)
    platform, other = moved(quarter)
    fields = {"platform": form_on(opened, GRID)["platform"], "K7.seen": "0", "K7.cell.value": "7", "step": "save"}
    answer = signed_in(quarter.window).post(to, fields)
    assert answer.status_code in (400, 409)
    assert platform.code in said(answer) and other.name in said(answer)
    assert quarter.figure("K7").value is None


@pytest.mark.parametrize("to", [GRID, f"{GRID}save"])
def test_a_page_that_names_no_platform_is_refused(quarter, to):
    client = signed_in(quarter.window)
    fields = form_on(client.get(GRID), GRID)
    del fields["platform"]
    answer = client.post(to, {**fields, "K7.cell.value": "7", "step": "save"})
    assert answer.status_code in (400, 409)
    assert quarter.figure("K7").value is None
