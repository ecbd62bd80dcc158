"""Chinese punctuation for print (GB/T 15834): full width beside Chinese characters, half width between digits and
letters. Registers and forms hold both; a document must not. Text in, text out."""

import re

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2026\U00020000-\U0003ffff"
_WIDE = str.maketrans(",:;!?", "\uff0c\uff1a\uff1b\uff01\uff1f")
_OPEN, _CLOSE = "\uff08", "\uff09"
_BRACKETS = re.compile(rf"(?<=[{_HAN}])\(([^()<>]*)\)|\(([^()<>]*[{_HAN}][^()<>]*)\)|\(([^()<>]*)\)(?=[{_HAN}])")
_MARKS = re.compile(rf"(?<=[{_HAN}])[,:;!?]|(?<=[%0-9A-Za-z)])[,:;!?](?=[{_HAN}])")
_NOT_TEXT = re.compile(r"(<style\b.*?</style>|<[^>]*>|&#?\w+;)", re.DOTALL)


def full_width(text: str) -> str:
    """Every mark that stands beside a Chinese character in full width; those in `1,200` and `9:30` stay as they are."""
    before = None
    while before != text:  # brackets inside brackets, marks beside marks: the inner ones first
        before = text
        text = _MARKS.sub(lambda mark: mark[0].translate(_WIDE), _BRACKETS.sub(_wide_pair, text))
    return text


def full_width_html(html: str) -> str:
    """The same for the text of an HTML document; tags, style sheets and entities stay as they are."""
    parts = _NOT_TEXT.split(html)
    parts[::2] = [full_width(part) for part in parts[::2]]
    return "".join(parts)


def _wide_pair(pair: re.Match[str]) -> str:
    return f"{_OPEN}{next(inside for inside in pair.groups() if inside is not None)}{_CLOSE}"
