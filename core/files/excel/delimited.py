"""Uploaded CSV files into rows of text, strictly: whatever would be read differently by two programs is refused."""

import csv
import io
from dataclasses import dataclass

from core.errors import Fault, Refusal
from core.files.excel.texts import cleaned_rows

MAX_BYTES = 20 * 1024 * 1024
MAX_FIELD = 32_767  # characters, as in a workbook's cell
MAX_ROWS = 100_000
MAX_LINES = 1_048_576  # as many as a sheet has: formatted blank rows below the table are honest
_TOO_LONG = f"有一格超过{MAX_FIELD}个字符"
_QUOTES = "引号没有成对,或引号后还有文字;请检查从这一行开始的双引号"
_BINARY = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"MZ", b"\x7fELF"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf"),
)


@dataclass(frozen=True)
class Delimited:
    """A CSV file: `rows[i]` begins on line `lines[i]` of the file, all rows equally wide; `encoding` as read."""

    rows: list[list[str]]
    lines: list[int]
    encoding: str


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, the heading first; index i is row i + 1. Raises `Refusal` with the faulty row."""
    return read_delimited(content).rows


def read_delimited(content: bytes, *, comment: str = "") -> Delimited:
    """Like `read_csv`, with the encoding to show to the uploader. Blank lines at the end are dropped, and lines that
    begin with `comment`."""
    text, encoding = _decoded(content)
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
    return Delimited(cleaned_rows(rows, numbers=lines), lines, encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise Refusal("文件是空的,请检查后重新上传")
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB")
    if content.startswith(_BINARY):
        raise Refusal("这不是CSV文本文件,请用Excel或WPS打开后另存为“CSV UTF-8(逗号分隔)”再上传")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[1:200:2].count(b"\x00") > 20:
        raise Refusal("文件是UTF-16编码(“Unicode文本”);请另存为“CSV UTF-8(逗号分隔)”后再上传")
    if b"\x00" in content:
        raise Refusal([Fault("含有空字符(NUL),文件已损坏", row=content[: content.index(b"\x00")].count(b"\n") + 1)])
    for encoding, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Refusal("无法识别文件编码;请另存为“CSV UTF-8(逗号分隔)”后再上传")


def _check_rows(rows: list[list[str]], lines: list[int]) -> None:
    if not rows:
        raise Refusal("文件中没有数据")
    width = len(rows[0])
    faults = []
    for line, row in zip(lines, rows, strict=True):
        if len(row) != width:
            faults.append(Fault(f"有{len(row)}列", expected=f"与首行相同,{width}列", row=line))
        if any(len(field) > MAX_FIELD for field in row):
            faults.append(Fault(_TOO_LONG, row=line))
    if faults:
        raise Refusal(faults[:30])
