"""The bulletin's PDF measured against GB/T 9704-2012, and against the web page of the same view-model."""

from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from core.paper import render_pdf
from core.paper.official_page import Layout, page_measures
from core.paper.punctuation import full_width, full_width_html
from evaluation.bulletin.documents import BulletinView, read_view, view_bytes
from evaluation.bulletin.documents.view import Attachment, Column, Paragraph, Row, Table
from tests.documents.reading import MM, font_names, reader, text_of, words
from tests.factories.bulletins import small_view

LEFT, TOP, BOTTOM_EDGE = 28, 37, 297 - 35
HAN = "演示正文逐字排列每面二十二行每行二十八字" * 50
ROWS = 60


def printed(view: BulletinView) -> bytes:
    return render_pdf(
        "documents/bulletin.html", {"view": view, "page": page_measures(view.layout, view.red_head), "demo_mode": False}
    )


@pytest.fixture(scope="module")
def view() -> BulletinView:
    small = small_view(rows=ROWS)
    first = replace(small.sections[0], paragraphs=(Paragraph(HAN),), table=None)
    return read_view(view_bytes(replace(small, sections=(first, *small.sections))))


@pytest.fixture(scope="module")
def pdf(view) -> bytes:
    return printed(view)


def line_tops(pdf: bytes, page: int) -> list[float]:
    return sorted({round(word.baseline, 2) for word in words(pdf, page) if abs(word.size - 16) < 0.1})


def test_first_page_in_the_order_and_places_of_the_standard(pdf, view):
    first = words(pdf, 0)
    mark = next(word for word in first if word.text == view.red_head)
    assert mark.baseline - 0.88 * mark.size / MM == pytest.approx(TOP + 35, abs=1)  # 发文机关标志 35 mm under the top
    number = next(word for word in first if word.text.startswith("演通"))
    title = next(word for word in first if word.text == view.title_lines[0])
    addressee = next(word for word in first if word.text == full_width("各演示单位:"))
    assert mark.baseline < number.baseline < title.baseline < addressee.baseline
    assert (round(number.size), round(title.size), round(addressee.size)) == (16, 22, 16)  # 三号, 二号, 三号
    assert addressee.left == pytest.approx(LEFT, abs=0.1)
    assert "演通〔2025〕1号" in text_of(pdf, 0)


def test_type_area_of_22_lines_of_28_characters(pdf):
    """156 × 225 mm; 37 mm above and 28 mm to the left of it."""
    full = [word for word in words(pdf, 1) if set(word.text) <= set(HAN) and len(word.text) > 20]
    assert {len(word.text) for word in full} == {28}
    assert {round(word.left, 1) for word in full} == {float(LEFT)}
    lines = line_tops(pdf, 1)
    assert len(lines) == 22
    pitches = [after - before for before, after in pairwise(lines)]
    assert max(pitches) - min(pitches) < 0.02
    assert lines[0] - 0.88 * 16 / MM >= TOP
    assert lines[-1] + 0.12 * 16 / MM <= BOTTOM_EDGE


def test_page_numbers_odd_right_even_left(pdf):
    """四号, between dashes, 7 mm under the type area, one character in from the edge."""
    odd, even = (next(w for w in words(pdf, page) if w.text == f"— {page + 1} —") for page in (0, 1))
    assert even.left == pytest.approx(LEFT + 14 / MM, abs=0.1)
    width = (14 + 3 + 7 + 3 + 14) / MM  # two dashes of one character, a digit of half of one, two thin spaces
    assert odd.left + width == pytest.approx(210 - 26 - 14 / MM, abs=1)
    for number in (odd, even):
        assert number.size == pytest.approx(14, abs=0.01)
        assert number.baseline - 0.3 * 14 / MM == pytest.approx(BOTTOM_EDGE + 7, abs=0.5)


def test_attachment_on_a_new_sheet_turned_with_its_head_repeated(pdf, view):
    sheets = [n for n, page in enumerate(reader(pdf).pages) if page.mediabox.width > page.mediabox.height]
    assert len(sheets) > 1
    label = next(word for word in words(pdf, sheets[0]) if word.text == "附件1")
    assert (round(label.size), round(label.left)) == (16, 35)
    assert all("平台名称服务企业" in text_of(pdf, sheet) for sheet in sheets)
    rows = [f"演示{number}号窗口平台{number}+{number}" for number in range(1, ROWS + 1)]
    assert [sum(row in text_of(pdf, sheet) for sheet in sheets) for row in rows] == [1] * ROWS  # no row is cut
    assert [f"—{sheet + 1}—" in text_of(pdf, sheet) for sheet in sheets] == [True] * len(sheets)


def test_scores_keep_their_room_beside_a_remark(view):
    """A ranking that gives reasons for 不参评: every number stands in a column of its own."""
    titles = ("名次", "平台名称", "常规考核得分", "年度重点工作考核得分", "总分")
    columns = tuple(Column(title, is_number=title != "平台名称") for title in titles)
    ranked = Row(("1", "演示一号窗口平台", "85.18", "96.83", "94.50", ""))
    rows = (ranked, Row(("不参评", "演示二号窗口平台", "—", "—", "—", "晚于6月30日")))
    table = Table("演示排名", (*columns, Column("说明", is_number=False)), rows)
    ranking = printed(replace(view, attachments=(Attachment("附件1", "演示排名表", False, (table,)),)))
    page = next(n for n in range(len(reader(ranking).pages)) if "附件1" in {word.text for word in words(ranking, n)})
    scores = [next(word for word in words(ranking, page) if word.text == text) for text in ranked.cells[2:5]]
    assert min(after.left - before.left for before, after in pairwise(scores)) > 15


def test_imprint_on_the_last_even_page_without_a_number(pdf, view):
    pages = reader(pdf).pages
    assert len(pages) % 2 == 0
    assert text_of(pdf, len(pages) - 1) == f"{view.issuer}2025年4月8日印发"


def test_sign_off_names_the_issuer_above_its_date(pdf, view):
    page = next(n for n in range(len(reader(pdf).pages)) if view.remark in text_of(pdf, n))
    found = words(pdf, page)
    issuer = next(word for word in found if word.text == view.issuer)
    remark = next(word for word in found if "此件公开发布" in word.text)
    assert issuer.left > 105
    assert remark.baseline - issuer.baseline == pytest.approx(2 * 10.227, abs=0.1)


def test_fonts_are_those_of_the_standard(pdf):
    assert font_names(pdf) == {"Fangsong", "Songti", "Biaosong-Bold", "Heiti", "Kaiti"}


def test_margins_and_pitch_are_settings(view):
    wider = printed(replace(view, layout=Layout(30, 30, 30, 30, "33.0")))
    lines = line_tops(wider, 1)
    assert lines[1] - lines[0] == pytest.approx(33 / MM, abs=0.01)
    assert min(word.left for word in words(wider, 1)) == pytest.approx(30, abs=0.1)


def test_the_same_view_gives_the_same_bytes(view, pdf):
    assert printed(read_view(view_bytes(view))) == pdf


def test_page_and_pdf_say_the_same_row_by_row(view, pdf):
    html = full_width_html(render_to_string("evaluation/bulletin_body.html", {"view": view}))
    page = "".join(unescape(strip_tags(html)).split())
    paper = "".join(text_of(pdf, number) for number in range(len(reader(pdf).pages)))
    tables = [section.table for section in view.sections if section.table]
    tables += [table for attachment in view.attachments for table in attachment.tables]
    rows = ["".join("".join(row.cells).split()) for table in tables for row in table.rows]
    texts = [p.lead + p.text for section in view.sections for p in section.paragraphs if p.text != HAN]
    for text in [*rows, *texts, view.number, view.title, view.opening, view.addressee, view.dated]:
        assert "".join(text.split()) in page
        assert "".join(text.split()) in paper
    assert HAN in page
