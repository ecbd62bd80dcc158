"""What stands stored from before there was a check: every writer survives it. The log says where, nobody else."""

import logging
import re

from core.characters.incoming import code_of
from core.characters.kinds import UNUSUAL, is_left_out, is_space, wrong

_log = logging.getLogger(__name__)
_LOST = "\ufffd"
_GETA = "〓"  # what a printer sets where the type is not in the case; the fonts have no U+FFFD
# What cannot stand in the XML of an office document, lone surrogates, and what is no character at all.
_NOT_WRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


def writable(text: str) -> str:
    """The text as a workbook, a CSV file, a Word document or a JSON file can hold it."""
    if not _NOT_WRITABLE.search(text):
        return text
    _tell("written", {found[0] for found in _NOT_WRITABLE.finditer(text)})
    return _NOT_WRITABLE.sub(_LOST, text)


def printable(html: str) -> str:
    """A document's source with nothing that no font prints: it would leave an empty or a black box. Marks of no width
    go, spaces become plain, each other such character becomes a 〓."""
    if not UNUSUAL.search(html):
        return html
    replaced = {character: _set(character) for character in set(html) if character not in "\r\n\t\x0c"}
    if lost := {character for character, there in replaced.items() if there == _GETA and character != _GETA}:
        _tell("printed", lost)
    return html.translate({ord(character): there for character, there in replaced.items()})


def _set(character: str) -> str:
    if is_left_out(character):
        return ""
    if is_space(character) or character in "\u0085\u2028\u2029":
        return " "
    return _GETA if wrong(character) else character


def _tell(done: str, characters: set[str]) -> None:
    _log.warning("stored text has characters that cannot be %s: %s", done, " ".join(sorted(map(code_of, characters))))
