"""What kind of character one is: printed, put right, left out, or refused with a word of what it is."""

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

# What nearly every text consists of; whatever has nothing else needs no closer look. All of it is its own NFC.
UNUSUAL = re.compile("[^\n\t -~\u00b7\u2014\u2018-\u201d\u2026\u3000-\u3002\u3008-\u3011\u4e00-\u9fea\uff01-\uff5e]")
LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# Marks of no width and alternative forms of the character before: what stands without them reads the same.
NO_WIDTH = frozenset("\u00ad\u180b\u180c\u180d\u200b\u200c\u200d\u200e\u2060\ufeff")
_DIRECTIONS = frozenset("\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LOST = "\ufffd\ufffc"
_WORDS = {
    "Cc": "看不见的控制字符",
    "Cf": "看不见的格式字符",
    "Cs": "不成对的代理码",
    "Co": "私用区字符(造字)",
    "Cn": "未定义的字符",
    **dict.fromkeys(("Mn", "Mc", "Me"), "单独的组合符号"),
}
FOREIGN = "无字体可印的字符"


@cache
def is_printed(character: str) -> bool:
    """Whether the font of last resort has it, so that every document prints it (`printed.txt`)."""
    starts, ends = _printed()
    place = bisect_right(starts, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


@cache
def wrong(character: str) -> str:
    """In a word what is wrong with a character that may not stay, '' for one that may."""
    if character in "\n\t ":
        return ""
    if character in _DIRECTIONS:
        return "看不见的文字方向控制符"
    if character in LOST:
        return "原文损坏留下的替代符"
    category = unicodedata.category(character)
    if category in _WORDS:
        return _WORDS[category]
    return "" if is_printed(character) else FOREIGN


def is_left_out(character: str) -> bool:
    return character in NO_WIDTH or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_space(character: str) -> bool:
    """A space of another width inside a text; the full-width one is printed and stays."""
    return unicodedata.category(character) == "Zs" and character != "\u3000"


@cache
def _printed() -> tuple[list[int], list[int]]:
    words = (Path(__file__).parent / "printed.txt").read_text(encoding="ascii").split()
    pairs = [(first, last or first) for first, _, last in (word.partition("-") for word in words)]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]
