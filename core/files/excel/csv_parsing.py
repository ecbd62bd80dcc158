"""CSV files into rows of text, strictly: whatever would be read differently by two programs is refused. For uploaded
files it runs in the limited child; files of our own making may be read directly."""

import csv
import io
from dataclasses import asdict, dataclass

from core.errors import Fault, Refusal
from core.files.excel.encodings import decoded

MAX_CELLS = 5_000_000
MAX_COLUMNS = 500
MAX_FIELD = 32_767  # characters, as in a workbook's cell
MAX_ROWS = 100_000
MAX_LINES = 1_048_576  # as many as a sheet has: formatted blank rows below the table are honest
_TOO_LONG = f"有一格超过{MAX_FIELD}个字符"
_QUOTES = "引号没有成对,或引号后还有文字;请检查从这一行开始的双引号"


@dataclass(frozen=True)
class Delimited:
    """A CSV file: `rows[i]` begins on line `lines[i]` of the file, all rows equally wide; `encoding` as read."""

    rows: list[list[str]]
    lines: list[int]
    encoding: str


def table(content: bytes, comment: str = "") -> dict[str, object]:
    """`parsed` as the child hands it back."""
    return asdict(parsed(content, comment=comment))


def parsed(content: bytes, *, comment: str = "") -> Delimited:
    """The table of a CSV file. Blank lines at the end are dropped, and lines that begin with `comment`. Raises
    `Refusal` with every faulty row."""
    text, encoding = decoded(content)
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if not (comment and row and row[0].startswith(comment)):
                rows.append(row)
                lines.append(line)
                if len(rows) > MAX_LINES:
                    raise Refusal(f"超过{MAX_LINES}行")
            line = reader.line_num + 1
    except csv.Error as error:
        too_long = "field larger" in str(error)
        raise Refusal([Fault(_TOO_LONG if too_long else _QUOTES, row=line)]) from None
    while rows and not any(field.strip() for field in rows[-1]):
        rows.pop()
        lines.pop()
    if len(rows) > MAX_ROWS:
        raise Refusal(f"超过{MAX_ROWS}行")
    _check_rows(rows, lines)
    return Delimited(rows, lines, encoding)


def _check_rows(rows: list[list[str]], lines: list[int]) -> None:
    if not rows:
        raise Refusal("文件中没有数据")
    width = len(rows[0])
    if width > MAX_COLUMNS or width * len(rows) > MAX_CELLS:
        raise Refusal(f"数据范围过大({len(rows)}行×{width}列),最多{MAX_COLUMNS}列、{MAX_CELLS // 10_000}万格")
    faults = []
    for line, row in zip(lines, rows, strict=True):
        if len(row) != width:
            faults.append(Fault(f"有{len(row)}列", expected=f"与首行相同,{width}列", row=line))
        if any(len(field) > MAX_FIELD for field in row):
            faults.append(Fault(_TOO_LONG, row=line))
    if faults:
        raise Refusal(faults[:30])
