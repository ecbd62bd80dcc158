"""Every dependency has a reason and a use, and what is imported is declared."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from dev.paths import CHECKOUT

FILES = ("requirements.in", "requirements-embedded.in", "requirements-dev.in", "requirements-psycopg3.in")
RUNTIME = ("core", "platforms", "evaluation", "rewards", "demo", "zhuzhou_sme")
OURS = {*RUNTIME, "dev", "tests", "benchmarks", "manage"}
LINE = re.compile(r"(?P<name>[\w.-]+)(\[[\w,]+\])?(==\S+|>=\S+)?(  # (?P<reason>\S.*))?")
# Programs and plugins that are named otherwise than by an import: the words by which they are called.
CALLED_BY = {
    "pytest-xdist": "--numprocesses",
    "pytest-randomly": "pytest_randomly",
    "pytest-django": "DJANGO_SETTINGS_MODULE",
    "pytest-playwright": "browser: BrowserType",
    "import-linter": "lint-imports",
    "ruff": "ruff",
    "djlint": "djlint",
    "uv": "uv",
    "gunicorn": "gunicorn",
    "argon2-cffi": "Argon2PasswordHasher",
}
STUBS = {
    "django-stubs": "django",
    "djangorestframework-stubs": "rest_framework",
    "celery-types": "celery",
    "types-openpyxl": "openpyxl",
}


def requirements(name: str) -> dict[str, str]:
    """Distribution -> reason."""
    lines = [line for line in (CHECKOUT / name).read_text().splitlines() if line and not line.startswith(("#", "-"))]
    matches = [match for line in lines if (match := LINE.fullmatch(line))]
    assert len(matches) == len(lines) > 0
    return {match["name"]: match["reason"] or "" for match in matches}


def normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@cache
def sources(*folders: str) -> tuple[ast.Module, ...]:
    paths = [path for folder in folders for path in (CHECKOUT / folder).rglob("*.py")]
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths)


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def named(tree: ast.Module) -> Iterator[str]:
    """The first word of every dotted name in a text: how settings call for an app or a class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.split(".")[0]


def everything() -> str:
    paths = [CHECKOUT / "pyproject.toml", *(path for folder in OURS for path in (CHECKOUT / folder).rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path != Path(__file__))


@cache
def modules_of() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for module, distributions in packages_distributions().items():
        for distribution in distributions:
            found.setdefault(normal(distribution), set()).add(module)
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_dependency_has_a_reason(name):
    assert [package for package, reason in requirements(name).items() if not reason] == []


def test_every_dependency_is_used():
    trees = sources(*sorted(OURS - {"manage"}))
    used = {module for tree in trees for module in (*imported(tree), *named(tree))}
    text = everything()
    declared = [package for name in FILES for package in requirements(name)]
    assert len(declared) > 40
    idle = [
        package
        for package in declared
        if not (modules_of().get(normal(package), set()) | {STUBS.get(package, "")}) & used
        and not (package in CALLED_BY and CALLED_BY[package] in text)
    ]
    assert idle == []


@pytest.mark.parametrize(
    ("folders", "files"),
    [(RUNTIME, FILES[:1]), (("tests", "benchmarks"), FILES)],
    ids=["the portal", "its tests"],
)
def test_what_is_imported_is_declared(folders, files):
    declared = {normal(package) for name in files for package in requirements(name)}
    known = {module for package in declared for module in modules_of().get(package, ())} | OURS | {"_pytest"}
    other = {module for tree in sources(*folders) for module in imported(tree)} - sys.stdlib_module_names - known
    assert other - {"psycopg"} == set(), "psycopg is imported where DATABASE_DRIVER names it (core/bulk.py)"
