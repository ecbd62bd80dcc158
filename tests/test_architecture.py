"""The house keeps its own measures: sizes, banned names, pure bottoms. A check nobody has to remember."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("zhuzhou_sme", "rewards", "evaluation", "platforms", "core")
BANNED_NAMES = {"utils", "helpers", "common", "misc", "managers", "services"}
PURE = ("evaluation/scoring", "evaluation/checks", "rewards/consequences")
MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 60, 200


def modules() -> list[Path]:
    found = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    assert found
    return found


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules(), ids=label)
def test_module_and_function_sizes(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MODULE_LINES
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f"{f.name}: {length(f)}" for f in functions if length(f) > FUNCTION_LINES]
    assert long == []


@pytest.mark.parametrize("path", modules(), ids=label)
def test_no_banned_module_names(path):
    assert path.stem not in BANNED_NAMES
    assert path.parent.name not in BANNED_NAMES


def test_template_sizes():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    long = [label(path) for path in templates if path.read_text(encoding="utf-8").count("\n") > TEMPLATE_LINES]
    assert long == []


@pytest.mark.parametrize("folder", PURE)
def test_pure_bottom_uses_the_standard_library_and_no_floats(folder):
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert paths
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            roots = []
            if isinstance(node, ast.Import):
                roots = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                roots = [node.module or ""]
            for name in roots:
                own = name.startswith(folder.replace("/", "."))
                assert own or name.split(".")[0] in sys.stdlib_module_names, f"{label(path)} imports {name}"
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            calls_float = isinstance(node, ast.Name) and node.id == "float" and isinstance(node.ctx, ast.Load)
            assert not is_float and not calls_float, f"{label(path)} uses a float: {ast.dump(node)}"


def test_statuses_move_only_in_transitions():
    """`update(status=…)` would walk past the model's methods; only the database guard would stop it."""
    offenders = [
        f"{label(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(keyword.arg == "status" for keyword in node.keywords)
    ]
    assert offenders == []


def test_triggers_are_never_ignored():
    assert [label(path) for path in modules() if "pgtrigger.ignore" in path.read_text(encoding="utf-8")] == []
