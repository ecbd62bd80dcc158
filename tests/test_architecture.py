"""The house keeps its own measures: sizes, banned names, pure bottoms. A check nobody has to remember."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from dev.paths import CHECKOUT as ROOT
from dev.sizes import faults_of, label, modules, templates

BANNED_NAMES = {"utils", "helpers", "common", "misc", "managers", "services"}
PURE_FOLDERS = ("core/characters", "evaluation/scoring", "rewards/consequences")
PURE_FILES = ("evaluation/findings.py", "evaluation/deadlines.py", "core/errors.py", "core/numbers.py")


@pytest.mark.parametrize("path", [*modules(), *templates()], ids=label)
def test_sizes(path):
    """`make check` asks the same (dev/sizes.py)."""
    assert list(faults_of(path)) == []


def test_how_much_a_function_may_branch_is_asked_of_all():
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    excused = {rule for rules in [lint["ignore"], *lint["per-file-ignores"].values()] for rule in rules}
    assert "C90" in lint["select"] and not {rule for rule in excused if rule.startswith("C")}
    assert lint["mccabe"]["max-complexity"] == 10
    assert [label(path) for path in modules() if re.search(r"noqa: ?[A-Z0-9, ]*C901", path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", modules(), ids=label)
def test_no_banned_module_names(path):
    assert path.stem not in BANNED_NAMES
    assert path.parent.name not in BANNED_NAMES


def pure_modules() -> dict[str, Path]:
    """Every module that must be pure, by its dotted name: scoring, consequences, and the checks of every slice."""
    folders = [*(ROOT / folder for folder in PURE_FOLDERS), *ROOT.glob("evaluation/*/checks")]
    found = [path for folder in folders for path in folder.rglob("*.py")]
    found += [ROOT / name for name in PURE_FILES]
    found += ROOT.glob("evaluation/*/checks.py")
    return {label(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in found}


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.parametrize("name", sorted(pure_modules()))
def test_a_pure_module_uses_the_standard_library_other_pure_modules_and_no_floats(name):
    pure = pure_modules()
    assert pure[name].is_file()
    for node in ast.walk(ast.parse(pure[name].read_text(encoding="utf-8"))):
        for module in imported(node):
            assert module in pure or module.split(".")[0] in sys.stdlib_module_names, f"{name} imports {module}"
        is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
        calls_float = isinstance(node, ast.Name) and node.id == "float" and isinstance(node.ctx, ast.Load)
        assert not is_float and not calls_float, f"{name} uses a float: {ast.dump(node)}"


def test_every_slice_with_rules_is_looked_at():
    """The search above must not find nothing after the next move."""
    slices = {name.split(".")[1] for name in pure_modules() if ".checks" in name}
    assert {"systems", "intake", "collection", "gathering", "marking", "register", "progress", "summaries"} <= slices


def test_templates_decide_by_the_workflow_and_not_by_words():
    """A model says what its status allows; a template that compares one would miss the next status."""
    literal = re.compile(r"{%[^%]*\bstatus\s*(?:[=!]=|\bin\b)[^%]*%}")
    assert len(templates()) > 100
    found = {label(path): literal.findall(path.read_text(encoding="utf-8")) for path in templates()}
    assert {name: tags for name, tags in found.items() if tags} == {}


def test_triggers_are_never_ignored():
    assert [label(path) for path in modules() if "pgtrigger.ignore" in path.read_text(encoding="utf-8")] == []
