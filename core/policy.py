"""The text of the two rules this system implements, clause by clause, from `policy.md`. No rule is applied here.

Code and tests say `M6(2)` or `R3.1(1)`; people read 《管理办法》第六条第(二)项.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("policy.md")
_CLAUSE = re.compile(r" *- \*\*(?P<code>[MR][0-9.()]+)\*\* (?P<text>.+)")
_STEPS = re.compile(r"[0-9]+")
_NUMERALS = "〇一二三四五六七八九"
_SHORT_TITLES = {"M": "《管理办法》", "R": "《实施细则》"}


@dataclass(frozen=True)
class Clause:
    """One clause. `level` is 1 for an article (条), 2 for an item (项), 3 for a sub-item (目); `anchor` is its place on
    the page 政策原文; `citation` is how people name it."""

    code: str
    text: str
    level: int
    anchor: str
    citation: str


@dataclass(frozen=True)
class Policy:
    """One of the two documents. `letter` opens its clauses' codes."""

    letter: str
    title: str
    short_title: str
    clauses: tuple[Clause, ...]


@cache
def policies() -> tuple[Policy, ...]:
    """Both documents in the order of the source: 管理办法, 实施细则."""
    parts = SOURCE.read_text(encoding="utf-8").split("\n## ")[1:]
    return tuple(_policy(part) for part in parts)


@cache
def clauses() -> dict[str, Clause]:
    """Every clause by its code."""
    return {clause.code: clause for policy in policies() for clause in policy.clauses}


def clause(code: str) -> Clause:
    """The clause of this code; KeyError for a code that the policy does not have."""
    return clauses()[code]


def has_clause(code: str) -> bool:
    return code in clauses()


def citation(code: str) -> str:
    """`R3.1(1)` → 《实施细则》第三条第(一)项第1目; R0, which has no number, → 《实施细则》引言."""
    article, *below = (int(step) for step in _STEPS.findall(code))
    text = f"{_SHORT_TITLES[code[0]]}第{_chinese(article)}条" if article else f"{_SHORT_TITLES[code[0]]}引言"
    if below:
        text += f"第({_chinese(below[0])})项"
    return text + (f"第{below[1]}目" if len(below) > 1 else "")


def anchor(code: str) -> str:
    """`R3.1(1)` → `R3-1-1`."""
    return code[0] + "-".join(_STEPS.findall(code))


def _policy(part: str) -> Policy:
    title, _, body = part.partition("\n")
    found = [match for line in body.splitlines() if (match := _CLAUSE.fullmatch(line))]
    letter = found[0]["code"][0]
    return Policy(letter, title.strip(), _SHORT_TITLES[letter], tuple(_clause(m["code"], m["text"]) for m in found))


def _clause(code: str, text: str) -> Clause:
    level = len(_STEPS.findall(code))
    return Clause(code, text, level, anchor(code), citation(code))


def _chinese(number: int) -> str:
    """1 to 99 in Chinese numerals: 6 → 六, 12 → 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"
