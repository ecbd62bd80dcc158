"""Every template is used, by source: named in code, included or extended by one that is, or put in the place of a
library's. A name that code builds is an f-string and counts for what it may become."""

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.template.utils import get_app_template_dirs

from dev.paths import CHECKOUT
from dev.sizes import modules

TEMPLATES = CHECKOUT / "templates"
ENDINGS = (".html", ".txt", ".css")

# Rendered by name when a request fails: by Django, and 429 by the sign-in library, which has no such page of its own.
BY_STATUS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}

TAG = re.compile(r"{%-?\s*(?:include|extends)\s+(\S+)")


def names() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.suffix in ENDINGS}


def patterns_in(tree: ast.AST) -> set[str]:
    """Strings that may name a template; what an f-string fills in may be anything within one folder."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values))
    return {each for each in found if each.endswith(ENDINGS) and each.strip("*/.") not in ("html", "txt", "css")}


def patterns_in_code() -> set[str]:
    return {pattern for path in modules() for pattern in patterns_in(ast.parse(path.read_text(encoding="utf-8")))}


def matching(pattern: str, known: set[str]) -> set[str]:
    return {name for name in known if fnmatchcase(name, pattern) and name.count("/") == pattern.count("/")}


def named_in(name: str) -> set[str]:
    """What a template includes or extends."""
    return {target.strip("\"'") for target in TAG.findall((TEMPLATES / name).read_text(encoding="utf-8"))}


def standing_for_a_library(known: set[str]) -> set[str]:
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    assert len(folders) > 5
    return {name for name in known if any((folder / name).is_file() for folder in folders)}


def reached(roots: set[str], known: set[str]) -> set[str]:
    found, waiting = set[str](), roots & known
    while waiting:
        found |= waiting
        waiting = {target for name in waiting for target in named_in(name) & known} - found
    return found


def test_every_template_is_used():
    known = names()
    roots = {name for pattern in patterns_in_code() for name in matching(pattern, known)}

    assert len(roots) > 50
    assert sorted(known - reached(roots | BY_STATUS | standing_for_a_library(known), known)) == []


def test_what_a_template_includes_or_extends_is_written_out():
    """A name in a variable could not be followed; if one is ever needed, it belongs in a list here with its reason."""
    tags = {name: TAG.findall((TEMPLATES / name).read_text(encoding="utf-8")) for name in names()}

    assert sum(map(len, tags.values())) > 100
    assert {name: target for name, found in tags.items() for target in found if target[0] not in "\"'"} == {}


@pytest.mark.parametrize(
    ("source", "pattern"),
    [('page(request, "a/b.html")', "a/b.html"), ("f\"a/{'_job' if x else 'job'}.html\"", "a/*.html")],
)
def test_a_name_in_code_is_seen(source: str, pattern: str) -> None:
    assert pattern in patterns_in(ast.parse(source))


def test_what_scrolls_sideways_is_reached_by_keyboard_and_has_a_name():
    opening = re.compile(r'<div class="results"[^>]*>')
    found = [(name, tag) for name in names() for tag in opening.findall((TEMPLATES / name).read_text(encoding="utf-8"))]
    assert len(found) > 30
    assert [name for name, tag in found if 'tabindex="0"' not in tag or "aria-label=" not in tag] == []
