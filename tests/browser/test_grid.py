"""The quarter's grid against a server that refuses, fails, is slow or not there at all: what was typed is never lost,
and never said to be saved before it is."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from playwright.sync_api import expect

from tests.browser.grid_page import CELLS, LONGEST_RETRY, PAUSE, RENEWED, TOKEN, GridPage, opened

pytestmark = pytest.mark.browser
UNSAVED = "有修改尚未保存……"
WRONG, WRONG_ROW = "坏", "整"
AT = "09:08:07"
NAMES = [name for cells in CELLS.values() for name in cells]
TEXTS = ["1", "2", "30", WRONG, WRONG_ROW, ""]
CHOICES = ["", "yes", "no"]


@pytest.fixture
def grid(chromium):
    with opened(chromium) as page:
        yield page


def row_of(name: str) -> str:
    return name.partition(".")[0]


def good(faults=(), versions=(), conflicts=()) -> dict[str, Any]:
    return {"saved_at": AT, "faults": list(faults), "versions": dict(versions), "conflicts": list(conflicts)}


def save(grid: GridPage, name: str, text: str) -> None:
    grid.type(name, text)
    grid.pass_time(PAUSE)


# By status and body: the portal in trouble, somebody else's page, something in the place of an answer.
NO_ANSWERS = [
    *((409, ""), (500, "<h1>500</h1>"), (502, ""), (404, ""), (200, "<h1>网关</h1>"), (400, "<h1>400</h1>")),
    *((409, good()), (500, good()), (400, good()), (500, {"refused": ["故障"]})),
    *((200, {}), (200, None), (200, {"saved_at": AT}), (200, {"faults": None}), (200, {"faults": [], "versions": {}})),
]


class Server:
    """What the portal would do with a save: rows without a fault are stored, each fault is named."""

    def __init__(self) -> None:
        self.stored: dict[str, str] = {}
        self.versions = dict.fromkeys(CELLS, 0)
        self.saves = 0

    def take(self, sent: dict[str, str]) -> dict[str, Any]:
        cells = {name: text for name, text in sent.items() if name in NAMES}
        self.saves += 1
        faults = [
            {"row": row_of(name), "field": name if text == WRONG else "", "message": f"现为“{text}”"}
            for name, text in cells.items()
            if text in (WRONG, WRONG_ROW)
        ]
        refused = {fault["row"] for fault in faults}
        self.stored |= {name: text for name, text in cells.items() if row_of(name) not in refused}
        versions = {row_of(name): self.saves for name in cells if row_of(name) not in refused}
        self.versions |= versions
        return good(faults, versions)


class Grid(RuleBasedStateMachine):
    """A person types, time passes, the server answers or does not. The model knows the person's last words."""

    page: GridPage
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.page.open()
        self.server = Server()
        self.typed = dict.fromkeys(NAMES, "")
        self.unsaved: set[str] = set()  # rows whose last words the server has not acknowledged
        self.wrong: set[str] = set()  # rows that the server has told the page are wrong, unchanged since
        self.in_flight: set[str] = set()
        self.waits_for_person = False

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS), choice=st.sampled_from(CHOICES))
    def type(self, name: str, text: str, choice: str) -> None:
        new = choice if name == "C21.cell.award" else text
        if new == self.typed[name]:
            return
        self.page.type(name, new)
        self.typed[name] = new
        self.unsaved.add(row_of(name))
        self.wrong.discard(row_of(name))
        self.in_flight.discard(row_of(name))  # what is on its way is not the last word any more
        self.waits_for_person = False
        assert self.page.note() == (UNSAVED, "")

    @rule(milliseconds=st.sampled_from([300, PAUSE, LONGEST_RETRY]))
    def pass_time(self, milliseconds: int) -> None:
        waited = bool(self.page.asked)
        self.page.pass_time(milliseconds)
        if self.page.asked and not waited:
            self._left()
        if milliseconds == LONGEST_RETRY and self.unsaved - self.wrong and not self.waits_for_person:
            assert self.page.asked, "what is not saved is tried again without being asked for"

    def _left(self) -> None:
        """A save is on its way: it holds the last words of every row that is not saved."""
        sent = self.page.sent()
        self.in_flight = {row_of(name) for name in sent if name in self.typed}
        assert self.in_flight >= self.unsaved - self.wrong
        assert {name: text for name, text in sent.items() if name in self.typed} == {
            name: self.typed[name] for name in NAMES if row_of(name) in self.in_flight
        }
        assert (sent["csrfmiddlewaretoken"], sent["platform"], sent["page_of"]) == (TOKEN, "CNT-91", "page-of-mine")
        assert {row: sent[f"{row}.seen"] for row in self.in_flight} == {
            row: str(self.server.versions[row]) for row in self.in_flight
        }

    @precondition(lambda self: self.page.asked)
    @rule()
    def saves(self) -> None:
        self.seen["saves"] += 1
        answer = self.server.take(self.page.sent())
        self.page.answer(200, answer)
        wrong = {fault["row"] for fault in answer["faults"]}
        self.unsaved -= self.in_flight - wrong
        self.wrong |= self.in_flight & wrong
        self.in_flight = set()

    @precondition(lambda self: self.page.asked)
    @rule(status=st.sampled_from([302, 401, 403]))
    def is_not_signed_in(self, status: int) -> None:
        self.seen["is_not_signed_in"] += 1
        self.page.answer(status, "<h1>登录</h1>")
        text, kind = self.page.note()
        assert "登录已过期" in text and "重新登录" in text and kind == "bad"
        self._not_taken()

    @precondition(lambda self: self.page.asked)
    @rule()
    def is_refused(self) -> None:
        self.seen["is_refused"] += 1
        self.page.answer(400, {"refused": ["本季度已锁定", "不能再改"]})
        assert self.page.note() == ("本季度已锁定；不能再改", "bad")
        self._not_taken()

    def _not_taken(self) -> None:
        # Whoever typed on while the answer was under way has a save of these words planned.
        self.waits_for_person = True
        self.in_flight = set()

    @precondition(lambda self: self.page.asked)
    @rule(answer=st.sampled_from(NO_ANSWERS))
    def fails(self, answer: tuple[int, object]) -> None:
        self.seen["fails"] += 1
        self.page.answer(*answer)
        self._to_be_tried_again()

    @precondition(lambda self: self.page.asked)
    @rule()
    def loses_the_connection(self) -> None:
        self.seen["loses_the_connection"] += 1
        self.page.drop()
        self._to_be_tried_again()

    def _to_be_tried_again(self) -> None:
        text, kind = self.page.note()
        assert "没有保存成功" in text and "秒后重试" in text and kind == "bad"
        self.in_flight = set()
        self.waits_for_person = False

    @invariant()
    def every_cell_shows_what_was_typed_last(self) -> None:
        assert self.page.shown() == self.typed

    @invariant()
    def only_what_is_saved_is_said_to_be(self) -> None:
        text, kind = self.page.note()
        if self.unsaved:
            assert kind != "good"
            assert "已保存" not in text or "有误，没有保存" in text
        if kind == "good":
            assert text == f"已保存 {AT}"
            assert self.typed == dict.fromkeys(NAMES, "") | self.server.stored

    @invariant()
    def faults_stand_where_they_belong(self) -> None:
        said = self.page.faulty()
        for row in self.wrong:
            expected = {name for name in CELLS[row] if self.typed[name] == WRONG}
            expected |= {row for name in CELLS[row] if self.typed[name] == WRONG_ROW}
            assert {each for each in said if row_of(each) == row} == expected
        sound = set(CELLS) - self.unsaved
        assert not {each for each in said if row_of(each) in sound}

    @invariant()
    def one_save_at_a_time(self) -> None:
        assert len(self.page.asked) <= 1

    @invariant()
    def leaving_is_warned_of_exactly_when_something_would_be_lost(self) -> None:
        assert self.page.warns() is bool(self.unsaved)

    def teardown(self) -> None:
        """Whatever happened: one sound word in every row and a server that works, and all of it is saved."""
        for code, names in CELLS.items():
            for name in names:
                self.page.type(name, "yes" if name == "C21.cell.award" else f"9{code}")
                self.typed[name] = "yes" if name == "C21.cell.award" else f"9{code}"
        for _ in range(2):
            if self.page.asked:
                self.page.answer(200, self.server.take(self.page.sent()))
            self.page.pass_time(LONGEST_RETRY)
        if self.page.asked:
            self.page.answer(200, self.server.take(self.page.sent()))
        assert self.server.stored == self.typed == self.page.shown()
        assert (self.page.note(), self.page.warns(), self.page.faulty()) == ((f"已保存 {AT}", "good"), False, set())


def test_nothing_typed_is_lost_or_said_to_be_saved_too_early(grid):
    seen: Counter[str] = Counter()
    machine = type("OneGrid", (Grid,), {"page": grid, "seen": seen})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
        ),
    )
    assert seen.keys() == {"saves", "is_not_signed_in", "is_refused", "fails", "loses_the_connection"}


def test_nothing_else_counts_as_saved(grid):
    save(grid, "K5.cell.value", "5")
    for status, body in NO_ANSWERS:
        grid.answer(status, body)
        assert ("没有保存成功" in grid.note()[0], grid.warns()) == (True, True), (status, body)
        grid.pass_time(LONGEST_RETRY)
        assert grid.sent()["K5.cell.value"] == "5", (status, body)


def test_each_further_failure_waits_longer_and_success_starts_anew(grid):
    save(grid, "K5.cell.value", "5")
    for seconds in (2, 5, 15, 30, 30):
        grid.answer(500, "")
        assert grid.note() == (f"没有保存成功，{seconds}秒后重试；请不要关闭本页", "bad")
        grid.pass_time(seconds * 1000 - 1)
        assert grid.asked == []
        grid.pass_time(1)
        assert grid.sent()["K5.cell.value"] == "5"
    grid.answer(200, good())
    save(grid, "K5.cell.value", "6")
    grid.drop()
    assert "2秒后重试" in grid.note()[0]


def test_a_network_that_is_back_is_used_at_once(grid):
    save(grid, "K5.cell.value", "5")
    grid.drop()
    grid.page.evaluate("window.dispatchEvent(new Event('online'))")
    grid.pass_time(0)
    assert grid.sent()["K5.cell.value"] == "5"


def test_a_late_answer_does_not_speak_for_what_was_typed_since(grid):
    save(grid, "K5.cell.value", "5")
    grid.type("K5.cell.value", "6")
    grid.pass_time(60_000)
    assert grid.sent()["K5.cell.value"] == "5", "a second save may not overtake the first"
    grid.answer(200, good([{"row": "K5", "field": "K5.cell.value", "message": "现为5"}]))
    assert (grid.note(), grid.faulty(), grid.warns()) == ((UNSAVED, ""), set(), True)
    grid.pass_time(PAUSE)
    assert grid.sent()["K5.cell.value"] == "6"
    grid.answer(200, good())
    assert (grid.note(), grid.warns()) == ((f"已保存 {AT}", "good"), False)


def test_a_row_that_is_wrong_as_a_whole_stays_unsaved_when_others_are_saved(grid):
    save(grid, "B13.cell.numerator", "9")
    grid.answer(200, good([{"row": "B13", "field": "", "message": "分子大于分母"}]))
    save(grid, "K5.cell.value", "5")
    assert set(grid.sent()) == {"csrfmiddlewaretoken", "platform", "page_of", "K5.seen", *CELLS["K5"]}
    grid.answer(200, good())
    assert grid.note() == (f"已保存 {AT}；标红的1处有误，没有保存", "bad")
    assert grid.warns()


def test_a_token_that_changed_is_renewed_and_the_words_are_sent_at_once(grid):
    save(grid, "K5.cell.value", "5")
    grid.session = "here"
    grid.give(403, "<h1>403</h1>")
    grid.until_asked()
    sent = grid.sent()
    assert (sent["csrfmiddlewaretoken"], sent["K5.cell.value"]) == (RENEWED, "5")
    grid.answer(200, good())
    assert grid.note() == (f"已保存 {AT}", "good")


def test_whoever_signs_in_again_in_another_window_finds_the_words_and_they_are_sent(grid):
    save(grid, "K5.cell.value", "5")
    grid.answer(401, {"refused": ["登录已过期"]})
    assert "登录已过期" in grid.note()[0] and grid.shown()["K5.cell.value"] == "5" and grid.warns()
    link = grid.page.locator("[data-grid-note] a")
    assert (link.get_attribute("href"), link.get_attribute("target")) == (
        "/accounts/login/?next=/after-login/",
        "_blank",
    )
    grid.session = "here"
    grid.page.evaluate("window.dispatchEvent(new Event('focus'))")
    grid.pass_time(0)
    assert grid.sent()["K5.cell.value"] == "5"
    grid.answer(200, good())
    assert (grid.note(), grid.warns()) == ((f"已保存 {AT}", "good"), False)


def test_a_page_of_another_account_is_not_saved_and_says_so(grid):
    save(grid, "K5.cell.value", "5")
    grid.session = "other"
    grid.answer(401, "")
    assert (grid.note()[0], grid.shown()["K5.cell.value"], grid.warns()) == ("另一个账号", "5", True)


def test_a_network_that_breaks_while_the_token_is_renewed_is_tried_again(grid):
    save(grid, "K5.cell.value", "5")
    grid.session = "down"
    grid.answer(403, "")
    assert "没有保存成功" in grid.note()[0]
    grid.pass_time(LONGEST_RETRY)
    assert grid.sent()["K5.cell.value"] == "5"


# Somebody else wrote into the same row.

THEIRS = {
    "row": "K5",
    "version": 4,
    "said": "6项（李同事，保存）",
    "words": {"K5.cell.value": "6", "K5.reason": "", "K5.remark": "两家"},
}


def parted(grid: GridPage) -> None:
    save(grid, "K5.cell.value", "5")
    grid.answer(200, good(conflicts=[THEIRS]))


def test_both_values_are_shown_and_nothing_is_sent_until_the_person_decides(grid):
    parted(grid)
    box = grid.page.locator("[data-row=K5] [data-conflict]")
    assert "现有：6项（李同事，保存）" in box.inner_text() and "您填的：K5.cell.value 5" in box.inner_text()
    assert grid.shown()["K5.cell.value"] == "5"
    assert grid.note() == ("K5已有他人改动，请选择保留现有的还是用您填的", "bad")
    grid.type("K5.cell.value", "55")
    assert "您填的：K5.cell.value 55" in box.inner_text()
    grid.pass_time(LONGEST_RETRY)
    assert grid.asked == [] and grid.warns()
    grid.page.click("text=保存并报送")
    grid.pass_time(0)
    assert (grid.asked, grid.submitted) == ([], [])
    assert grid.page.evaluate("document.activeElement.textContent") == "保留现有", "the keyboard is led to the decision"


def test_the_others_is_kept_by_a_key(grid):
    parted(grid)
    grid.page.focus("[data-conflict] button >> nth=0")
    grid.page.keyboard.press("Enter")
    shown = grid.shown()
    assert (shown["K5.cell.value"], shown["K5.remark"]) == ("6", "两家")
    assert grid.page.locator("[data-conflict]").count() == 0
    assert grid.page.evaluate("document.activeElement.name") == "K5.cell.value"
    assert not grid.warns()
    save(grid, "K5.cell.value", "7")
    assert grid.sent()["K5.seen"] == "4", "written over what was seen"


def test_mine_is_sent_as_an_answer_to_the_others_by_a_key(grid):
    parted(grid)
    grid.page.focus("[data-conflict] button >> nth=1")
    grid.page.keyboard.press("Enter")
    grid.pass_time(0)
    sent = grid.sent()
    assert (sent["K5.cell.value"], sent["K5.seen"]) == ("5", "4")
    grid.answer(200, good(versions={"K5": 5}))
    assert (grid.note(), grid.warns()) == ((f"已保存 {AT}", "good"), False)


def test_other_rows_go_on_being_saved(grid):
    parted(grid)
    save(grid, "B13.cell.numerator", "9")
    assert "K5.seen" not in grid.sent()
    grid.answer(200, good(versions={"B13": 1}))
    assert "K5已有他人改动" in grid.note()[0]


def test_ones_own_words_whose_answer_got_lost_are_no_conflict(grid):
    """The first saving was stored, its answer lost; meanwhile the person typed on."""
    save(grid, "K5.cell.value", "5")
    grid.drop()
    grid.type("K5.cell.value", "55")
    grid.pass_time(LONGEST_RETRY)
    own = {**THEIRS, "words": {"K5.cell.value": "5", "K5.reason": "", "K5.remark": ""}}
    grid.answer(200, good(conflicts=[own]))
    grid.pass_time(PAUSE)
    assert grid.page.locator("[data-conflict]").count() == 0
    assert (grid.sent()["K5.cell.value"], grid.sent()["K5.seen"]) == ("55", "4")


def hand_in(grid: GridPage) -> None:
    """Click, and wait until the script or the page has taken notice."""
    grid.page.click("text=保存并报送")
    grid.pass_time(0)


def test_handing_in_saves_first_what_is_not_saved(grid):
    grid.type("K5.cell.value", "5")
    hand_in(grid)
    assert grid.submitted == [] and grid.sent()["K5.cell.value"] == "5"
    assert grid.warns()
    grid.type("K5.cell.value", "6")
    grid.answer(200, good())
    grid.pass_time(0)
    assert grid.submitted == [] and grid.sent()["K5.cell.value"] == "6", "the last word goes along"
    grid.asked.pop().fulfill(status=200, json=good())
    expect(grid.page.locator("h1")).to_have_text("回执", timeout=60_000)
    (form,) = grid.submitted
    assert "step=hand_in" in form and "K5.cell.value=6" in form


@pytest.mark.parametrize(("status", "words"), [(401, "重新登录"), (302, "重新登录"), (500, "没有保存成功")])
def test_handing_in_does_not_carry_typed_words_into_a_closed_door(grid, status, words):
    grid.type("K5.cell.value", "5")
    hand_in(grid)
    grid.answer(status, "")
    assert words in grid.note()[0]
    assert (grid.submitted, grid.shown()["K5.cell.value"], grid.warns()) == ([], "5", True)
    save(grid, "K5.cell.value", "6")
    grid.answer(200, good())
    assert grid.submitted == [], "nobody has asked to hand it in since"
    assert grid.note() == (f"已保存 {AT}", "good")


def test_a_way_out_that_was_stopped_does_not_stop_the_saving(grid):
    grid.page.evaluate("document.forms[0].addEventListener('submit', (event) => event.preventDefault())")
    hand_in(grid)
    save(grid, "K5.cell.value", "5")
    assert grid.warns()
    assert grid.sent()["K5.cell.value"] == "5"


def test_a_page_left_with_words_unsaved_asks_first(grid):
    asked = []
    grid.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.page.focus("[name='K5.cell.value']")
    grid.page.keyboard.type("5")  # a browser asks only for people who did something on the page
    grid.page.goto("about:blank")
    assert asked == ["beforeunload"]
