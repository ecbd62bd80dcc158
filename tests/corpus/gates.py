"""Every gate that uploads pass, as `gate(name, content)` raising `Refusal`, and which upload stands behind which gate.
No Django here: the judging process has none."""

from datetime import date

from core.errors import Fault, Refusal
from core.files.excel.delimited import read_delimited
from core.files.excel.reader import read_workbook
from core.files.uploads.gate import Checked, check_evidence, check_scan, check_word
from core.files.virus import refuse_virus
from evaluation.intake.checks.figure_rows import year_of, yearless_findings
from evaluation.scoring.reading import read_json
from platforms.checks.service_rows import read_service_rows
from platforms.checks.tables import Source

KINDS = {"policy": "政策宣传"}
TODAY = date(2026, 11, 25)


def workbook(name: str, content: bytes) -> object:
    """What the hub import, the registers and the lists ask of an .xlsx before they look at a cell."""
    refuse_virus(content)
    return read_workbook(content)


def csv(name: str, content: bytes) -> object:
    """A file of annual figures up to the point where the register is asked."""
    refuse_virus(content)
    rows = read_delimited(content).rows
    if year_of(rows) is None:
        raise Refusal(
            [Fault(each.message, row=each.row or None, column=each.column) for each in yearless_findings(rows)]
        )
    return rows


def listing(name: str, content: bytes) -> object:
    """A workbook of served enterprises, cell by cell."""
    refuse_virus(content)
    sheet = read_workbook(content).sheets[0]
    source = Source(sheet.name, range(1, len(sheet.rows) + 1), sheet.rows)
    return read_service_rows(source, kinds=KINDS, today=TODAY)


def system(name: str, content: bytes) -> object:
    """An indicator system up to the point where it is a document."""
    refuse_virus(content)
    document, faults = read_json(content)
    if faults or not isinstance(document, dict):
        raise Refusal([Fault(str(fault)) for fault in faults] or "不是有效的 JSON 对象")
    return document


def document(name: str, content: bytes) -> Checked:
    """A summary's two files, each where it belongs: the scan of the stamped paper, and what was written."""
    check = check_scan if name.casefold().endswith(".pdf") else check_word
    return check(name, content)


GATES = {
    "workbook": workbook,
    "csv": csv,
    "listing": listing,
    "system": system,
    "document": document,
    "evidence": check_evidence,
}
