"""Every difference between a given result and the one worked out again, with its JSON path."""

from collections.abc import Iterator

from evaluation.scoring.canonical import file_bytes
from evaluation.scoring.findings import child, quoted
from evaluation.scoring.reading import read_json


def differences(given: bytes, computed: object) -> list[str]:
    """Lines `path: …`; an empty list means that the bytes are the same."""
    if given == file_bytes(computed):
        return []
    document, faults = read_json(given)
    if faults:
        return [str(fault) for fault in faults]
    found = list(_compared("$", document, computed))
    return found or ["$: 内容一致,但不是规范字节,应为 RFC 8785 规范形式加一个换行符"]


def _compared(path: str, given: object, computed: object) -> Iterator[str]:
    if isinstance(given, dict) and isinstance(computed, dict):
        for key in sorted(given.keys() | computed.keys()):
            yield from _member(child(path, key), key, given, computed)
    elif isinstance(given, list) and isinstance(computed, list):
        for place, (left, right) in enumerate(zip(given, computed, strict=False)):
            yield from _compared(f"{path}[{place}]", left, right)
        if len(given) != len(computed):
            yield f"{path}: 有 {len(given)} 项,应为 {len(computed)} 项"
    elif type(given) is not type(computed) or given != computed:
        yield f"{path}: 是{quoted(given)},重新计算应为{quoted(computed)}"


def _member(path: str, key: str, given: dict[str, object], computed: dict[str, object]) -> Iterator[str]:
    if key not in computed:
        yield f"{path}: 多出这个键,应没有"
    elif key not in given:
        yield f"{path}: 缺少这个键,应为{quoted(computed[key])}"
    else:
        yield from _compared(path, given[key], computed[key])
