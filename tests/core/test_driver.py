"""The driver that the settings name is the one that runs; each in a process of its own."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("core", "platforms", "evaluation", "rewards", "zhuzhou_sme", "demo", "tests", "benchmarks", "dev")
ASKED = "import django; django.setup(); from django.db import connection as c; print(c.Database.__name__)"


def answer(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "zhuzhou_sme.settings", **environment}
    return subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_the_driver_that_is_named_runs(driver: str):
    assert answer(ASKED, DATABASE_DRIVER=driver).stdout.strip() == driver


def test_without_a_name_it_is_the_one_that_production_installs():
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_DRIVER"}
    code = "import os; os.environ.pop('DATABASE_DRIVER', None); " + ASKED
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    installed = [name for name in ("psycopg", "psycopg2") if f"\n{name}-binary==" in lock]
    assert [answer(code, **environment).stdout.strip()] == installed


@pytest.mark.parametrize(
    ("code", "driver", "words"),
    [
        (ASKED, "mysql", "DATABASE_DRIVER 应为 psycopg 或 psycopg2"),
        (ASKED, "", "DATABASE_DRIVER 应为 psycopg 或 psycopg2"),
        (f"import psycopg; {ASKED}", "psycopg2", "已被载入"),
        (f"import sys; sys.modules['psycopg'] = None; {ASKED}", "psycopg", "psycopg 没有安装"),
        (f"import sys; sys.modules['psycopg2'] = None; {ASKED}", "psycopg2", "psycopg2 没有安装"),
    ],
)
def test_a_driver_that_cannot_run_is_refused_by_name(code: str, driver: str, words: str):
    done = answer(code, DATABASE_DRIVER=driver)
    assert done.returncode == 1
    assert words in done.stderr


def test_one_module_alone_knows_a_driver_by_name():
    """Everything else speaks to Django; `psycopg_any` is Django's own, for both."""
    naming = set()
    for path in (each for folder in FOLDERS for each in (ROOT / folder).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source if "psycopg" in source else "")):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in ("psycopg", "psycopg2") for name in names):
                naming.add(str(path.relative_to(ROOT)))
    # A server filled to the brim is spoken to by its superuser, whom Django does not know.
    assert naming == {"core/bulk.py", "tests/faults/test_disk_full.py"}
