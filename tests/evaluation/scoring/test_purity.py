"""The core stays what it promises: standard library alone, no float and nothing that makes one, no clock."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted((ROOT / "evaluation" / "scoring").rglob("*.py"))
CLOCKS_AND_CHANCE = {"time", "datetime", "random", "secrets", "uuid"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def is_float(node):
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("float", "round")
    written = isinstance(node, ast.Constant) and isinstance(node.value, float)
    divided = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
    return made or written or divided


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_float_and_nothing_but_the_standard_library(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [ast.unparse(node) for node in ast.walk(tree) if is_float(node)] == []
    for name in imported(tree):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("evaluation.scoring"), name
        assert name not in CLOCKS_AND_CHANCE
        if path.name != "__main__.py":
            assert name not in {"os", "sys", "pathlib", "io", "subprocess", "socket"}


def test_the_core_runs_without_site_packages():
    program = "import evaluation.scoring.result, sys; print([m for m in sys.modules if 'django' in m])"
    done = subprocess.run(
        [sys.executable, "-S", "-s", "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == "[]\n"


def test_importing_the_app_imports_nothing():
    assert (ROOT / "evaluation" / "__init__.py").read_text(encoding="utf-8") == ""
