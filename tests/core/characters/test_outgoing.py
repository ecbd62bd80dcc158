"""What stands stored from before: every writer survives every code point, and no printed page shows a box."""

import csv
import io
import logging
import sys
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.characters import clean, odd, printable, writable
from core.files.excel.writer import Table, csv_bytes, workbook_bytes
from core.paper.rendering import pdf_of
from evaluation.summaries.documents.outline import OutlineView, outline_docx
from zhuzhou_sme.management.commands.list_printed import printed_characters

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
TEXTS = st.text(st.characters(exclude_categories=()))
FAMILIES = ("Fangsong, Songti", "Songti", "Biaosong", "Heiti", "Kaiti")


def document(text: str) -> str:
    paragraphs = "".join(f'<p style="font-family: {family}">{text}</p>' for family in FAMILIES)
    return f'<html lang="zh-Hans"><title>试</title>{paragraphs}</html>'


def outline(text: str) -> bytes:
    return outline_docx(OutlineView(title=text, facts=(text,), as_of=text, tables={}))


def accepted() -> str:
    """What passes the check, of every code point."""
    return "".join(c for c in EVERY if clean(c) == c and not odd(c))


def test_the_table_of_what_is_printed_is_the_fonts_own(settings):
    path = settings.BASE_DIR / "core" / "characters" / "printed.txt"
    assert path.read_text(encoding="ascii") == printed_characters(), "run manage.py list_printed"


@pytest.mark.parametrize("form", ["one by one", "in one line"])
def test_whatever_is_accepted_prints_without_a_box(form, caplog):
    """Everything but Chinese characters in every face, one by one and in one line, so that letters meet letters; the
    renderer tells of each box. The Chinese ones are the font's own by the table above, which is tested too."""
    signs = [c for c in accepted() if c not in "<>&" and not "\u3400" <= c <= "\u9fff" and c < "\U00020000"]
    assert len(signs) > 2000
    with caplog.at_level(logging.WARNING, "weasyprint"):
        pdf_of(document(" ".join(signs) if form == "one by one" else "".join(signs)))
    assert [record.message for record in caplog.records if ".notdef" in record.message] == []


def test_the_control_a_box_is_told(caplog, monkeypatch):
    monkeypatch.setattr("core.paper.rendering.printable", lambda html: html)
    with caplog.at_level(logging.WARNING, "weasyprint"):
        pdf_of(document("演\x0b示"))
    assert ".notdef" in caplog.text


def test_whatever_is_stored_prints_without_a_box(caplog):
    """Every tenth code point outside the Chinese planes, each between two characters."""
    stored = [chr(code) for code in [*range(0x20, 0x3400), *range(0xA000, 0x20000, 10)] if chr(code) not in "<>&"]
    with caplog.at_level(logging.WARNING):
        pdf_of(document("演".join(stored).replace("\ud800", "")))
    assert [record.message for record in caplog.records if ".notdef" in record.message] == []
    assert "characters that cannot be printed: " in caplog.text, "the log alone says so"


def test_all_code_points_at_once_can_be_printed_and_written():
    assert odd(printable(EVERY.translate(dict.fromkeys(map(ord, "\r\x0c"))))) == []
    writable(EVERY).encode()


@given(TEXTS)
@settings(max_examples=60)
def test_every_writer_survives_every_text(text):
    content = workbook_bytes([Table("表", [["名称"], [text]])])
    load_workbook(io.BytesIO(content))
    assert len(list(csv.reader(io.StringIO(csv_bytes([["名称"], [text]]).decode("utf-8-sig"), newline="")))) >= 1
    docx.Document(io.BytesIO(outline(text)))


@pytest.mark.parametrize("start", range(0, 0x110000, 0x8000))
def test_every_code_point_stands_in_a_workbook_and_in_a_document(start):
    text = "|".join(map(chr, range(start, start + 0x8000)))
    cells = [text[place : place + 8000] for place in range(0, len(text), 8000)]
    sheet = load_workbook(io.BytesIO(workbook_bytes([Table("表", [[cell] for cell in cells])])))["表"]
    assert sheet.max_row == len(cells)
    assert zipfile.ZipFile(io.BytesIO(outline(text))).testzip() is None
    csv_bytes([[text]])


def test_what_is_lost_is_marked():
    assert writable("张\x0b三\uffff\ud800") == "张\ufffd三\ufffd\ufffd"
    assert printable("张\x0b三\U00020003 e\u200b\u2009") == "张〓三〓 e "
