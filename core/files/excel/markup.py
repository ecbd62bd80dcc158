"""Just enough reading of the XML inside a workbook to judge it before a parser sees it. Not an XML parser: the gate has
already refused document types, foreign encodings and NUL bytes."""

import re
from collections.abc import Iterator
from html import unescape

_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def elements(xml: bytes, name: bytes) -> Iterator[dict[str, str]]:
    """Attributes of each element with this local name, whatever its prefix; attribute names without their prefix."""
    for match in re.finditer(rb"<(?:[^\s<>/:]+:)?" + name + rb"((?:\s[^<>]*)?)>", xml):
        yield {
            key.rpartition(b":")[2].decode("utf-8", "replace"): unescape((double or single).decode("utf-8", "replace"))
            for key, double, single in _ATTRIBUTE.findall(match[1])
        }
