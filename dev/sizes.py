"""How long a module, a function and a template may be. `make check` runs this file and the tests ask its functions, so
that each measure stands once. How much a function may branch is ruff's (C901, pyproject.toml)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from dev.paths import CHECKOUT

APPS = ("zhuzhou_sme", "demo", "rewards", "evaluation", "platforms", "core")
MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 60, 200


def modules(root: Path = CHECKOUT) -> list[Path]:
    """The portal's own Python; migrations are made and not written."""
    return sorted(path for app in APPS for path in (root / app).rglob("*.py") if "migrations" not in path.parts)


def templates(root: Path = CHECKOUT) -> list[Path]:
    return sorted((root / "templates").rglob("*.html"))


def label(path: Path, root: Path = CHECKOUT) -> str:
    return path.relative_to(root).as_posix()


def faults_of(path: Path) -> Iterator[str]:
    """What is too long in one file, in words."""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    is_python = path.suffix == ".py"
    allowed = MODULE_LINES if is_python else TEMPLATE_LINES
    if lines > allowed:
        yield f"{lines} 行,最多 {allowed} 行"
    for function in ast.walk(ast.parse(text)) if is_python else ():
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and length(function) > FUNCTION_LINES:
            yield f"函数 {function.name} {length(function)} 行,最多 {FUNCTION_LINES} 行"


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def main(root: Path = CHECKOUT) -> int:
    """Print every fault; 1 if there is one, or if there is nothing to look at."""
    paths = [*modules(root), *templates(root)]
    faults = [f"{label(path, root)}:{fault}" for path in paths for fault in faults_of(path)]
    for fault in faults or ([] if paths else ["没有可检查的文件"]):
        print(fault)
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
