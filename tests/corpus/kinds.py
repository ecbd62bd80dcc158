"""How nasty files are written down: each with what every gate says to it, '' where it passes."""

from collections.abc import Callable
from typing import NamedTuple

from tests.core.files.excel import files
from tests.corpus import spreadsheets

ANY_CSV = "这不是CSV文本文件"
NO_JSON = "JSON"
NO_DOCUMENT = r"中的任何一种"
NOT_HERE = r"这里只接收(\.docx文档|PDF)$"
NO_TABLE = "平台编码"


class Nasty(NamedTuple):
    """`words` are a pattern of the refusal by gate; a gate that is left out has nothing of its own to say."""

    number: int
    kind: str
    name: str
    make: Callable[[], bytes]
    words: dict[str, str]

    def __str__(self) -> str:
        return f"{self.number:02d} {self.kind}"


def everywhere(number: int, kind: str, name: str, make: Callable[[], bytes], words: str, **other: str) -> Nasty:
    """Refused for the same reason wherever it is handed in."""
    gates = dict.fromkeys(("workbook", "csv", "document", "evidence"), words)
    return Nasty(number, kind, name, make, gates | {"system": NO_JSON} | other)


def container(
    number: int, kind: str, make: Callable[[], bytes], words: str, name: str = "表.xlsx", **other: str
) -> Nasty:
    """An office file whose container gives it away, whatever it holds."""
    return everywhere(number, kind, name, make, words, **{"csv": ANY_CSV} | other)


def sheet(number: int, kind: str, make: Callable[[], bytes], words: str, **other: str) -> Nasty:
    """A workbook that nobody could read as a table without guessing; as evidence people read it themselves."""
    gates = {"workbook": words, "csv": ANY_CSV, "system": NO_JSON, "document": NOT_HERE, "evidence": ""}
    return Nasty(number, kind, "表.xlsx", make, gates | other)


def word(number: int, kind: str, make: Callable[[], bytes], words: str, **other: str) -> Nasty:
    return container(number, kind, make, words, "总结.docx", **other)


def pdf(number: int, kind: str, make: Callable[[], bytes], words: str, **other: str) -> Nasty:
    return everywhere(number, kind, "总结.pdf", make, words, **{"workbook": "这是PDF文件", "csv": ANY_CSV} | other)


def picture(number: int, kind: str, name: str, make: Callable[[], bytes], words: str, **other: str) -> Nasty:
    gates = {"workbook": r"不是\.xlsx", "csv": ANY_CSV, "system": NO_JSON, "document": NOT_HERE, "evidence": words}
    return Nasty(number, kind, name, make, gates | other)


def text(number: int, kind: str, make: Callable[[], bytes], words: str, name: str = "表.csv", **other: str) -> Nasty:
    return everywhere(number, kind, name, make, NO_DOCUMENT, **{"csv": words, "workbook": "文本文件"} | other)


def dtd(number: int, kind: str, head: str) -> Nasty:
    return container(number, kind, lambda: spreadsheets.with_head(head), "DTD")


def part(number: int, kind: str, name: str, words: str, data: str | bytes = "x") -> Nasty:
    return container(number, kind, lambda: files.with_part(name, data), words)
