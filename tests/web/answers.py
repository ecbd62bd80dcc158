"""The written table of answers.txt: for each kind of knock (method, whose thing, its state), rows of answers in the
order of the roles, and the addresses that give them."""

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parent / "answers.txt"
REWRITING = os.environ.get("REWRITE_GOLDEN") == "1"
HEAD = """What access.py does not say: every answer but that to a GET about one's own things in the usual state.
A section is a kind of knock; a row has the answers of {roles};
`in` = sent to sign in, `door` = sent to the desk's door, `+` = something was written. Read by an official, then kept:
REWRITE_GOLDEN=1 python3 -m dev test tests/web/test_every_knock.py
"""

Answers = dict[str, dict[str, str]]
"""Kind of knock → address → row of answers."""


def written() -> Answers:
    found: Answers = {}
    section = row = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section = line.removeprefix("# ")
            found[section] = {}
        elif section and line.startswith("  "):
            found[section][line.strip()] = row
        elif section and line:
            row = line
    return found


def write(answers: Mapping[str, Mapping[str, str]], roles: str) -> None:
    parts = [HEAD.format(roles=roles)]
    for section, rows in sorted(answers.items()):
        groups: dict[str, list[str]] = defaultdict(list)
        for name, row in sorted(rows.items()):
            groups[row].append(name)
        parts.append(f"# {section}\n")
        parts += ["\n".join([row, *(f"  {name}" for name in names)]) + "\n" for row, names in sorted(groups.items())]
    FILE.write_text("\n".join(parts), encoding="utf-8")
