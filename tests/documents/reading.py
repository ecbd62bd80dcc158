"""What a finished PDF says: pages, fonts, where each character stands."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """A run of text: millimetres from the left and from the top of the page, to its baseline; points of its size."""

    text: str
    left: float
    baseline: float
    size: float


@cache
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def font_names(pdf: bytes) -> set[str]:
    """The base names of every font of every page, without the tag of the subset."""
    names: set[str] = set()
    for page in reader(pdf).pages:
        resources: Any = page["/Resources"]
        fonts = (font.get_object() for font in resources.get("/Font", {}).values())
        names |= {str(font["/BaseFont"]).split("+", 1)[-1] for font in fonts}
    return names


@cache
def words(pdf: bytes, page: int) -> list[Word]:
    found: list[Word] = []
    sheet = reader(pdf).pages[page]
    height = float(sheet.mediabox.height)

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(Word(text.strip(), x / MM, (height - y) / MM, abs(size * tm[0] * cm[0])))

    sheet.extract_text(visitor_text=visit)
    return found


@cache
def text_of(pdf: bytes, page: int) -> str:
    return "".join(reader(pdf).pages[page].extract_text().split())
