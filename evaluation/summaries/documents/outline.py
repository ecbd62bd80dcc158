"""The outline of the annual summary as a .docx that a platform goes on writing in (细则 R4.3): the headings, what
belongs under each, and the platform's own year filled in so that nobody copies figures by hand."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from core.characters import writable
from evaluation.summaries.checks import OUTLINE, Heading

FANG_SONG, HEI, KAI = "仿宋", "黑体", "楷体"
_BODY, _TITLE, _SMALL = Pt(16), Pt(22), Pt(12)
_GREY = RGBColor(0x59, 0x59, 0x59)
_WIDTH = 15.6  # centimetres between the margins of GB/T 9704
_PROMPTS = {
    "平台基本情况": "写明运营单位、场地、人员、入驻机构、制度与收费。",
    "年度重点工作完成情况": "逐项对照目标说明完成情况;未完成的写明原因。",
    "典型服务案例": "不少于2个:企业、问题、做法、成效数据。",
    "满意度调查与企业意见整改情况": "写明调查方式、样本、结果和整改。",
    "存在的问题与不足": "据实填写。",
    "下一年度工作计划": "据实填写。",
    "对省、市平台和工信部门的意见建议": "据实填写。",
}


@dataclass(frozen=True)
class OutlineTable:
    """A small table: heading row and rows of equal length; `widths` in shares of the line."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class OutlineView:
    """Everything the outline is filled with. `tables` are keyed by the title of the heading they stand under."""

    title: str
    facts: tuple[str, ...]
    as_of: str
    tables: dict[str, tuple[OutlineTable, ...]]


def outline_docx(view: OutlineView) -> bytes:
    """The document as bytes; margins and sizes after GB/T 9704, fonts by the names that office programs have."""
    document: Document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    _font(document.styles["Normal"], FANG_SONG, _BODY)
    _write(document, view.title, HEI, _TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    for fact in view.facts:
        _write(document, fact, FANG_SONG, _BODY)
    _write(document, view.as_of, KAI, _SMALL, grey=True)
    for heading in OUTLINE:
        _section(document, heading, view.tables.get(heading.title, ()))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _section(document: Document, heading: Heading, tables: Sequence[OutlineTable]) -> None:
    _write(document, str(heading), HEI if heading.level == 1 else KAI, _BODY)
    prompt = _PROMPTS.get(heading.title)
    if prompt:
        _write(document, f"【{prompt}】", KAI, _SMALL, grey=True)
    for table in tables:
        _write(document, table.caption, FANG_SONG, _SMALL)
        _table(document, table)
    if heading.title != "年度运营情况":
        _write(document, "", FANG_SONG, _BODY)


def _table(document: Document, table: OutlineTable) -> None:
    drawn = document.add_table(rows=1 + len(table.rows), cols=len(table.headings))
    drawn.style, drawn.autofit = "Table Grid", False
    unit = _WIDTH / sum(table.widths)
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = Cm(width * unit)
    for cells, texts in zip(drawn.rows, (table.headings, *table.rows), strict=True):
        for cell, text, width in zip(cells.cells, texts, table.widths, strict=True):
            cell.width = Cm(width * unit)  # WPS reads the grid, Word the cell: both are written
            _run(cell.paragraphs[0], text, HEI if texts is table.headings else FANG_SONG, _SMALL)


def _write(
    document: Document,
    text: str,
    font: str,
    size: Length,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    grey: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = align
    run = _run(paragraph, text, font, size)
    if grey:
        run.font.color.rgb = _GREY


def _run(paragraph: Paragraph, text: str, font: str, size: Length) -> Run:
    run = paragraph.add_run(writable(text))
    _font(run, font, size)
    return run


def _font(styled: Run | BaseStyle, name: str, size: Length) -> None:
    """A font for Latin and for Chinese letters: without the second, Chinese text falls back to the theme's."""
    styled.font.name, styled.font.size = name, size
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
