"""Honest files by the program that wrote them, each with the uploads that it is meant for."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pikepdf
from openpyxl.comments import Comment

from core.files.excel.cells import text_of
from core.files.excel.writer import Table, csv_bytes, workbook_bytes
from tests.core.files.excel import files
from tests.core.files.uploads import build
from tests.corpus import documents, office, printed, tables, written
from tests.corpus.printers import MAKERS
from tests.corpus.producers import WRITERS
from tests.corpus.tables import TABLES
from tests.corpus.writers import WRITERS as WRITTEN

FOLDER = Path(__file__).parent / "honest"
BOTH = ("summary", "evidence")
EVIDENCE = ("evidence",)


class Honest(NamedTuple):
    style: str
    name: str
    make: Callable[[], bytes]
    uploads: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.style}: {self.name}"


def stored(place: str, *uploads: str) -> Honest:
    """A file that another program wrote (see honest/README.md)."""
    return Honest(place.partition("/")[0], place, (FOLDER / place).read_bytes, uploads)


def book(style: str, purpose: str, write: Callable[[Any], bytes], name: str = "") -> Honest:
    return Honest(style, f"{name or purpose}.xlsx", lambda: write(TABLES[purpose]()), (purpose, "evidence"))


def by_openpyxl(rows: Any) -> bytes:
    return files.saved([list(row) for row in rows])


def by_our_writer(rows: Any) -> bytes:
    return workbook_bytes([Table("数据", [list(row) for row in rows])])


def ledger() -> bytes:
    """A working table with formulas, a remark, a second sheet, a hidden one, a picture."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["B2"] = "场次", 3, "=SUM(B1:B1)"
    sheet["B1"].comment = Comment("请核对", "演示审核人")
    workbook.create_sheet("说明")["A1"] = "口径"
    workbook.create_sheet("辅助").sheet_state = "hidden"
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def with_cell_pictures() -> bytes:
    """WPS puts pictures into cells by a function of its own."""
    images = f'{files.HEAD}<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    more: dict[str, str | bytes] = {"xl/cellimages.xml": images, "xl/media/image1.png": printed.picture("PNG")}
    return office.wps([["图", "=DISPIMG"]], **more)


def with_calculation() -> bytes:
    chain = f'{files.HEAD}<calcChain xmlns="{files.MAIN}"><c r="B2" i="1"/></calcChain>'
    table = f'{files.HEAD}<table xmlns="{files.MAIN}" id="1" name="表1" displayName="表1" ref="A1:B2"/>'
    return office.excel([["甲", "乙"], [1, 2]], **{"xl/calcChain.xml": chain, "xl/tables/table1.xml": table})


def csv(style: str, purpose: str, encoding: str, end: str = "\r\n", *, quoted: bool = False) -> Honest:
    rows = (tables.figures if purpose == "figures" else TABLES[purpose])()
    return Honest(style, f"{purpose}-{encoding}.csv", lambda: _csv(rows, encoding, end, quoted), (purpose,))


def _csv(rows: Any, encoding: str, end: str, quoted: bool) -> bytes:
    width = max(map(len, rows))
    lines = [",".join(_field(value, quoted) for value in [*row, *[None] * (width - len(row))]) for row in rows]
    return (end.join(lines) + end).encode(encoding)


def _field(value: Any, quoted: bool) -> str:
    text = text_of(value)
    return '"' + text.replace('"', '""') + '"' if quoted or '"' in text or "," in text else text


def mixed_ends() -> bytes:
    """Copied together from two machines, with a byte order mark and a heading of two lines in quotes."""
    heading = '"企业名称\n",统一社会信用代码'
    rows = [f"演示企业{n}号有限公司,{row[2]}" for n, row in enumerate(tables.recognitions()[1:], 1)]
    return (heading + "\r\n" + "\n".join(rows[:4]) + "\r\n" + "\r\n".join(rows[4:]) + "\n\n").encode("utf-8-sig")


WORKBOOKS = [
    *(book("Excel", purpose, office.excel) for purpose in TABLES),
    *(book("WPS", purpose, office.wps) for purpose in TABLES),
    *(book("openpyxl", purpose, by_openpyxl) for purpose in TABLES),
    *(stored(f"libreoffice/{purpose}.xlsx", purpose, "evidence") for purpose in ("hub", "services", "recognitions")),
    stored("libreoffice/platforms.xlsx", "registers", "evidence"),
    stored("libreoffice/ledger.xlsx", "evidence"),
    *(book(style, purpose, write) for style, write in WRITERS.items() for purpose in TABLES),
    book("Excel", "recognitions", office.three_sheets, "recognitions-three-sheets"),
    book("portal", "services", by_our_writer),
    Honest("openpyxl", "ledger.xlsx", ledger, EVIDENCE),
    Honest("WPS", "cell-pictures.xlsx", with_cell_pictures, EVIDENCE),
    Honest("Excel", "calculation.xlsx", with_calculation, EVIDENCE),
]
TEXTS = [
    csv("Excel", "figures", "gb18030"),
    csv("Excel", "figures", "utf-8-sig"),
    csv("WPS", "figures", "utf-8", quoted=True),
    csv("Excel", "services", "gb18030"),
    csv("Excel", "services", "utf-8-sig"),
    csv("Excel", "recognitions", "gb18030"),
    csv("editor", "registers", "utf-8", "\n"),
    csv("Excel", "registers", "gb18030"),
    Honest("portal", "registers.csv", lambda: csv_bytes([list(row) for row in tables.registers()]), ("registers",)),
    Honest("editor", "mixed-ends.csv", mixed_ends, ("recognitions",)),
    stored("libreoffice/services.csv", "services"),
    stored("libreoffice/recognitions.csv", "recognitions"),
    stored("libreoffice/platforms.csv", "registers"),
]
DOCUMENTS = [
    stored("libreoffice/summary.docx", *BOTH),
    *(
        Honest(style, f"{name}.docx", make, BOTH)
        for style, name, make in (
            ("python-docx", "report", lambda: written.saved(written.report())),
            ("Word", "comments", written.with_comments),
            ("Word", "changes", written.with_changes),
            ("Word", "hyperlink", written.with_hyperlink),
            ("Word", "footnotes", written.with_footnotes),
            ("Word", "chart", written.with_chart),
            ("Word", "web-settings", written.word_style),
            ("WPS", "report", written.wps_style),
            ("WPS", "local-template", written.on_a_local_template),
        )
    ),
]
DOCUMENTS += [Honest(style, "writer.docx", make, BOTH) for style, make in WRITTEN.items()]
PDFS = [
    *(
        stored(f"{place}.pdf", *BOTH)
        for place in (
            *(f"libreoffice/{name}" for name in ("summary", "ledger", "services", "form")),
            *(f"libreoffice/summary-archive-{part}" for part in (1, 2, 3)),
            *("chromium/report", "chromium/outline", "cairo/printed"),
            *(f"ghostscript/{name}" for name in ("rewritten", "archive", "distilled", "printed-as-image")),
        )
    ),
    *(
        Honest(style, f"{name}.pdf", make, BOTH)
        for style, name, make in (
            ("WeasyPrint", "page", printed.printed_page),
            ("WeasyPrint", "archive", partial(printed.printed_page, "pdf/a-3b")),
            ("Acrobat", "first-page", build.pdf_turning_to_first_page),
            ("Acrobat", "outline", partial(printed.pdf, printed.outlined)),
            ("Acrobat", "form", partial(printed.pdf, printed.plain_form)),
            ("Acrobat", "seal", partial(printed.pdf, printed.signed)),
            ("Acrobat", "web-view", partial(printed.pdf, printed.linked, linearize=True)),
            ("WPS", "export", partial(printed.pdf, printed.office_export)),
            (
                "Word",
                "object-streams",
                partial(printed.pdf, printed.office_export, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            ),
            ("scanner", "colour", printed.scanned),
            ("scanner", "grey", partial(printed.scanned, "L")),
            ("scanner", "black-and-white", partial(printed.scanned, "1")),
        )
    ),
]
PDFS += [Honest(style, "printed.pdf", make, BOTH) for style, make in MAKERS.items()]
PICTURES = [
    stored("cairo/scan.jpg", *EVIDENCE),
    *(
        Honest(style, name, make, EVIDENCE)
        for style, name, make in (
            ("telephone", "place.jpg", documents.photograph_with_place),
            ("camera", "progressive.jpg", partial(printed.picture, "JPEG", progressive=True)),
            ("camera", "grey.jpeg", partial(printed.picture, "JPEG", "L")),
            ("printer", "cmyk.jpg", partial(printed.picture, "JPEG", "CMYK")),
            ("screen", "plain.png", partial(printed.picture, "PNG")),
            ("screen", "palette.png", partial(printed.picture, "PNG", "P")),
            ("screen", "transparent.PNG", partial(printed.picture, "PNG", "RGBA")),
            ("screen", "grey-16.png", partial(printed.picture, "PNG", "I;16")),
            ("editor", "interlaced.png", printed.interlaced),
        )
    ),
]
HONEST = [*WORKBOOKS, *TEXTS, *DOCUMENTS, *PDFS, *PICTURES]
