"""JSON bytes -> a document and the faults of the JSON itself: malformed, not UTF-8, duplicate keys.

A number that is no whole number, or too large for one, becomes an `UnfitNumber`, which no check accepts.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.scoring.findings import Fault, child, quoted

LONGEST_WHOLE = 17  # sign and 16 digits: all that may still be exact in every JSON reader


@dataclass(frozen=True, slots=True)
class UnfitNumber:
    """A number literal as it stood in the file."""

    literal: str

    def __str__(self) -> str:
        return self.literal


class RepeatedKeys(dict[str, object]):
    """An object in which keys stood more than once."""

    repeated: list[str]


def read_json(content: bytes) -> tuple[object, list[Fault]]:
    """The document, None when there is none, and its faults."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return None, [Fault("$", f"第 {error.start + 1} 个字节不是有效的 UTF-8,应为 UTF-8 编码的 JSON")]
    any_repeated: list[RepeatedKeys] = []
    try:
        document = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, any_repeated),
            parse_float=UnfitNumber,
            parse_int=_whole,
            parse_constant=UnfitNumber,
        )
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列附近"
        return None, [Fault("$", f"不是有效的 JSON({place}),应为 UTF-8 编码、无 BOM 的 JSON")]
    except RecursionError:
        return None, [Fault("$", "嵌套层数过多,应为合同规定的结构")]
    return document, list(_repeated_keys(document)) if any_repeated else []


def _object(pairs: list[tuple[str, object]], any_repeated: list[RepeatedKeys]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    keys = [key for key, _ in pairs]
    repeated = RepeatedKeys(fields)
    repeated.repeated = [key for key in fields if keys.count(key) > 1]
    any_repeated.append(repeated)
    return repeated


def _whole(literal: str) -> int | UnfitNumber:
    return int(literal) if len(literal) <= LONGEST_WHOLE else UnfitNumber(literal)


def _repeated_keys(document: object) -> Iterator[Fault]:
    waiting: list[tuple[str, object]] = [("$", document)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, RepeatedKeys):
            for key in node.repeated:
                yield Fault(child(path, key), f"键 {quoted(key)} 重复出现,应只出现一次")
        if isinstance(node, dict):
            waiting.extend((child(path, key), value) for key, value in reversed(node.items()))
        elif isinstance(node, list):
            waiting.extend((f"{path}[{place}]", value) for place, value in enumerate(node))
