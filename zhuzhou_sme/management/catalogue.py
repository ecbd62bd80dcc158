"""A gettext catalogue compiled in Python, so that no gettext tool is needed. Only the plain forms that our file uses:
`msgid`, `msgid_plural`, `msgstr`, `msgstr[0]`, quoted continuation lines, comments."""

import ast
import re
import struct
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "locale/zh_Hans/LC_MESSAGES/django.po"
COMPILED = SOURCE.with_suffix(".mo")

_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr|msgstr\[0\]) )?(".*")')
_MAGIC, _REVISION, _HEADER_SIZE = 0x950412DE, 0, 28


def entries(text: str) -> dict[str, str]:
    """Each message's key (singular NUL plural) and its words. ValueError for a line that is not understood, for a key
    that occurs twice and for a message without words."""
    found: dict[str, str] = {}
    for block in text.split("\n\n"):
        parts = _parts(block)
        if not parts:
            continue
        key = parts["msgid"] + ("\0" + parts["msgid_plural"] if "msgid_plural" in parts else "")
        words = parts.get("msgstr") or parts.get("msgstr[0]", "")
        if key in found or not words:
            raise ValueError(f"重复或没有译文:{key!r}")
        found[key] = words
    return found


def compiled(text: str) -> bytes:
    """The .mo file: header, table of keys, table of words, then both texts; keys in byte order, no hash table."""
    pairs = sorted((key.encode(), words.encode()) for key, words in entries(text).items())
    keys, words = ([pair[side] for pair in pairs] for side in (0, 1))
    first_text = _HEADER_SIZE + 16 * len(pairs)
    key_table, first_words = _table(keys, first_text)
    word_table, _ = _table(words, first_words)
    header = struct.pack(
        "<7I", _MAGIC, _REVISION, len(pairs), _HEADER_SIZE, _HEADER_SIZE + 8 * len(pairs), 0, first_text
    )
    return header + key_table + word_table + b"".join(text + b"\0" for text in [*keys, *words])


def _parts(block: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    current = ""
    for line in block.splitlines():
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"看不懂这一行:{line}")
        current = match[1] or current
        parts[current] = parts.get(current, "") + ast.literal_eval(match[2])
    return parts


def _table(texts: list[bytes], offset: int) -> tuple[bytes, int]:
    """Length and place of each text, the first at `offset`; and the place after the last."""
    table = b""
    for text in texts:
        table += struct.pack("<2I", len(text), offset)
        offset += len(text) + 1
    return table, offset
