"""RFC 8785 canonical JSON: the same bytes for the same document on every machine and Python version.

Documents hold objects, arrays, strings, whole numbers, true, false and null; other numbers are refused.
"""

import hashlib
import json
import re

LARGEST_WHOLE = 9_007_199_254_740_991  # RFC 8785 takes no whole number beyond what every JSON reader keeps exactly
BEYOND_UTF16_UNIT = re.compile("[\U00010000-\U0010ffff]")


class NotCanonicalError(ValueError):
    """No canonical form: a number that is not whole, a lone surrogate, endless nesting."""


def canonical_bytes(document: object) -> bytes:
    """The RFC 8785 form of a document, without line feed."""
    text = _dumped(document, sort=True)  # a document that contains itself or nests endlessly stops here
    _refuse_unfit(document)
    if BEYOND_UTF16_UNIT.search(text):
        # RFC 8785 orders keys by UTF-16 code unit, which differs from code points only beyond U+FFFF.
        text = _dumped(_ordered(document), sort=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError(f"lone surrogate: {error}") from error


def file_bytes(document: object) -> bytes:
    """What stands in a file: the canonical form and one line feed."""
    return canonical_bytes(document) + b"\n"


def digest(document: object) -> str:
    """SHA-256 of the RFC 8785 form, in lower-case hexadecimal."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _dumped(document: object, *, sort: bool) -> str:
    try:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=sort)
    except (RecursionError, TypeError, ValueError) as error:
        raise NotCanonicalError(str(error)) from error


def _refuse_unfit(document: object) -> None:
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            for key, value in node.items():
                if not isinstance(key, str):
                    raise NotCanonicalError("a key that is not a string")
                if type(value) is not str:  # nearly everything is a plain string, and those are fit
                    waiting.append(value)
        elif isinstance(node, list | tuple):
            waiting.extend(node)
        elif not _is_fit(node):
            raise NotCanonicalError(f"no canonical form: {node!r}")


def _is_fit(node: object) -> bool:
    if isinstance(node, int):
        return abs(node) <= LARGEST_WHOLE
    return node is None or isinstance(node, str)


def _ordered(node: object) -> object:
    if isinstance(node, dict):
        return {key: _ordered(node[key]) for key in sorted(node, key=_utf16)}
    if isinstance(node, list | tuple):
        return [_ordered(item) for item in node]
    return node


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")
