"""Everything typed or taken in: put right what is harmless, name what may not stay."""

import unicodedata
from typing import NamedTuple, TypeVar

from core.characters.kinds import FOREIGN, LINE_ENDS, UNUSUAL, is_left_out, is_space, wrong
from core.errors import Fault, Refusal

_AROUND = 6
_SHOWN = 5
_SPACES = " \t\n\u3000"

Json = TypeVar("Json")


class Odd(NamedTuple):
    """A character that may not stay: its number in the text, from 1, what it is, and the text around it."""

    number: int
    character: str
    kind: str
    around: str

    def __str__(self) -> str:
        return f"{self.kind}{code_of(self.character)}(第{self.number}个字符,“{self.around}”)"


def code_of(character: str) -> str:
    return f"U+{ord(character):04X}"


def clean(text: str, *, lines: bool = False) -> str:
    """The same text put right: NFC, one kind of line end and of space, no marks without width, nothing blank at its
    ends. Without `lines` it is one line: line ends and tabs become spaces. What may not stay is still in it (`odd`)."""
    if UNUSUAL.search(text):
        text = _put_right(text)
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    return text.strip(_SPACES)


def odd(text: str) -> list[Odd]:
    """Every character of a cleaned text that may not stay."""
    if not UNUSUAL.search(text):
        return []
    return [
        Odd(place + 1, character, kind, _shown(text, place))
        for place, character in enumerate(text)
        if (kind := wrong(character))
    ]


def faults(text: str, name: str = "") -> list[str]:
    """In Chinese, each character that may not stay; `name` is the field's."""
    found = odd(text)
    of_field = f"“{name}”的" if name else ""
    said = [f"{of_field}文字中有{each},请删去或改用常用字" for each in found[:_SHOWN]]
    return [*said, f"另有{len(found) - _SHOWN}个这样的字符"] if len(found) > _SHOWN else said


def checked(text: str, name: str, *, lines: bool = False) -> str:
    """The text put right, or `Refusal` naming the field and each character that may not stay."""
    text = clean(text, lines=lines)
    if wrong_there := faults(text, name):
        raise Refusal([Fault(each) for each in wrong_there])
    return text


def cleaned_document(document: Json) -> tuple[Json, list[tuple[str, str]]]:
    """A JSON document with every text put right, and its faults, those of keys too, with the JSON path of each."""
    wrong_there: list[tuple[str, str]] = []
    return _cleaned(document, "$", wrong_there), wrong_there


def read_back(text: str) -> str:
    """What was typed into a search box or stands in an address: put right, and what may not stay left out."""
    text = clean(text)
    return text if not UNUSUAL.search(text) else "".join(c for c in text if not wrong(c)).strip(_SPACES)


def legible(text: str) -> str:
    """What a document says, for reading on a page: put right, without what may not stay; a page has more fonts than
    ours."""
    text = clean(text, lines=True)
    return text if not UNUSUAL.search(text) else "".join(c for c in text if wrong(c) in ("", FOREIGN)).strip(_SPACES)


def _put_right(text: str) -> str:
    text = LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = "".join(" " if is_space(character) else character for character in text if not is_left_out(character))
    return unicodedata.normalize("NFC", text)


def _shown(text: str, place: int) -> str:
    near = text[max(0, place - _AROUND) : place + _AROUND + 1].replace("\n", " ").replace("\t", " ")
    return "".join(f"[{code_of(each)}]" if wrong(each) not in ("", FOREIGN) else each for each in near)


def _cleaned(value: Json, path: str, wrong_there: list[tuple[str, str]]) -> Json:
    found: object = value
    if isinstance(value, str):
        found = clean(value, lines=True)
        wrong_there += [(path, each) for each in faults(found)]
    elif isinstance(value, dict):
        wrong_there += [(path, each) for key in value for each in faults(str(key))]
        found = {key: _cleaned(each, f"{path}.{key}", wrong_there) for key, each in value.items()}
    elif isinstance(value, list):
        found = [_cleaned(each, f"{path}[{place}]", wrong_there) for place, each in enumerate(value)]
    return found  # type: ignore[return-value]
