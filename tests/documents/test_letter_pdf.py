"""The letters' PDF measured against the 信函格式 of GB/T 9704-2012, 10.1."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.paper import render_pdf
from core.paper.official_page import Layout
from core.paper.punctuation import full_width
from rewards.consequences import WeakIndicator
from rewards.documents import Letter, WeakRow, YearPlace, YellowCardLetter
from tests.documents.reading import MM, reader, text_of, words

LEFT, RIGHT_EDGE, BOTTOM_EDGE = 28, 210 - 26, 297 - 35
COPIES = full_width("抄送:演示局、演示丙县主管部门")


def weak(code: str) -> WeakRow:
    indicator = WeakIndicator(code, "演示重点工作" * 5, "年度重点工作考核", Decimal("0.8"), Decimal(15), Decimal(4))
    return WeakRow(indicator, "29家次", "达到目标值100家次得15分,不足按比例计分")


def printed(letter: Letter) -> bytes:
    return render_pdf(letter.template, {"letter": letter, "page": letter.page, "demo_mode": False})


@pytest.fixture(scope="module")
def letter() -> YellowCardLetter:
    return YellowCardLetter(
        template="documents/yellow_card_letter.html",
        layout=Layout(37, 35, 28, 26, "29.0"),
        number="黄牌〔2025〕W03号",
        addressee="演示丙县窗口平台",
        issuer="演示市中小企业公共服务平台",
        copies=("演示局", "演示丙县主管部门"),
        dated_on=date(2026, 11, 25),
        place=YearPlace(2025, "县(市、区)综合窗口平台", "演示丙县窗口平台", "演示运营单位", "37.06", 9, 9, False),
        steps=(),
        weakest=(weak("K1"), weak("K2"), weak("K3")),
        deadline="30个工作日内",
        is_county=True,
    )


@pytest.fixture(scope="module")
def pdf(letter) -> bytes:
    return printed(letter)


def test_mark_number_title_and_addressee_in_their_places(pdf, letter):
    first = words(pdf, 0)
    mark = next(word for word in first if word.text == letter.issuer)
    number = next(word for word in first if word.text.startswith("黄牌〔"))
    title = next(word for word in first if word.text == "黄牌警告通知书")
    addressee = next(word for word in first if word.text == full_width("演示丙县窗口平台:"))
    assert mark.baseline - 0.88 * mark.size / MM == pytest.approx(30, abs=1.5)
    line = 29 / MM
    assert title.baseline - number.baseline == pytest.approx(3 * line, abs=3)  # two lines between them
    assert addressee.baseline - title.baseline == pytest.approx(2 * line, abs=3)  # one line between them
    assert (round(title.size), round(addressee.size)) == (22, 16)
    assert addressee.left == pytest.approx(LEFT, abs=0.1)
    assert "—1—" not in text_of(pdf, 0)


def test_lines_of_28_characters(pdf):
    opening = next(word for word in words(pdf, 0) if word.text.startswith("根据《"))
    assert len(opening.text) == 26  # two characters of indent before them


def test_the_issuer_stands_in_the_middle_above_its_date(pdf, letter):
    found = words(pdf, 1)
    issuer = next(word for word in found if word.text == letter.issuer)
    day = next(word for word in found if word.text.startswith("2026"))
    right = RIGHT_EDGE - 4 * 16 / MM
    assert issuer.left + len(letter.issuer) * 16 / MM / 2 == pytest.approx((day.left + right) / 2, abs=1)
    assert day.baseline - issuer.baseline == pytest.approx(29 / MM, abs=0.5)


def test_copies_stand_at_the_foot_of_the_last_page(pdf):
    last = len(reader(pdf).pages) - 1
    assert "整改报告" in text_of(pdf, last)  # beside the report form, not on a page of its own
    (copies,) = (word for word in words(pdf, last) if word.text.startswith(COPIES[:3]))
    assert copies.baseline == pytest.approx(BOTTOM_EDGE, abs=5)
    assert copies.left == pytest.approx(LEFT + 14 / MM, abs=0.2)


def test_page_numbers_from_the_second_page_as_on_a_bulletin(pdf):
    second = next(word for word in words(pdf, 1) if word.text == "— 2 —")
    assert second.left == pytest.approx(LEFT + 14 / MM, abs=0.1)
    assert second.baseline - 0.3 * 14 / MM == pytest.approx(BOTTOM_EDGE + 7, abs=0.5)


def test_margins_are_settings(letter):
    wider = printed(replace(letter, layout=Layout(30, 30, 32, 30, "33.0")))
    assert min(word.left for word in words(wider, 1)) == pytest.approx(32, abs=0.1)


def test_a_name_that_no_font_prints_stops_no_letter(letter, caplog):
    """Published names never change: the letter comes with a 〓, and the log says for which character."""
    text = text_of(printed(replace(letter, addressee="演示\U00020003县\x0b窗口平台")), 0)
    assert "演示〓县〓窗口平台" in text
    assert "U+000B U+20003" in caplog.text
