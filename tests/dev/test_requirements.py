"""Every package that is asked for says what it is for and is used; every package that is used is asked for."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

from dev.paths import CHECKOUT
from dev.sizes import APPS

RUNTIME, DEVELOPMENT = ("requirements.in",), ("requirements-dev.in",)
BESIDE = ("requirements-embedded.in", "requirements-psycopg3.in")
PORTAL = (*APPS, "ops", "manage.py")
WORKSHOP = ("tests", "dev", "benchmarks")
# Files beside Python that name modules or start programs.
CONFIGURATION = ("pyproject.toml", "Dockerfile", "docker-compose.yml")
# Used without being imported or named: what in which file makes use of it, or promises it.
ELSEWHERE = {
    "argon2-cffi": ("core/identity/passwords.py", "Argon2PasswordHasher"),
    "celery-types": ("core/tasks.py", "from celery import"),
    "types-openpyxl": ("core/files/excel/writer.py", "from openpyxl import"),
    "pytest-django": ("pyproject.toml", "DJANGO_SETTINGS_MODULE"),
    "pytest-xdist": ("dev/suite.py", "--numprocesses"),
    "pytest-randomly": ("docs/architecture.md", "--randomly-seed"),
}


class Requirement(NamedTuple):
    """One line of a list."""

    file: str
    name: str
    reason: str


def asked_in(*files: str) -> list[Requirement]:
    line = re.compile(r"^([A-Za-z0-9][\w.-]*)[^#\n]*(?:#(.*))?$", re.MULTILINE)
    return [
        Requirement(file, name_of(name), reason.strip())
        for file in files
        for name, reason in line.findall((CHECKOUT / file).read_text(encoding="utf-8"))
    ]


def name_of(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def sources(places: tuple[str, ...]) -> Iterator[Path]:
    for place in places:
        path = CHECKOUT / place
        yield from [path] if path.is_file() else path.rglob("*.py")


@cache
def imported_by(places: tuple[str, ...]) -> Mapping[str, list[str]]:
    """Modules of others that these places import, by their first name, with the files that do."""
    found: dict[str, list[str]] = defaultdict(list)
    own = {*APPS, *WORKSHOP, "migrations"}
    for path in sources(places):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for first in {name.partition(".")[0] for name in names} - own - sys.stdlib_module_names:
                found[first].append(path.relative_to(CHECKOUT).as_posix())
    return found


@cache
def words_of(places: tuple[str, ...]) -> frozenset[str]:
    """What strings and configuration name: the first part of dotted names, and programs."""
    texts = [(CHECKOUT / name).read_text(encoding="utf-8") for name in CONFIGURATION]
    bare = {word for text in texts for word in re.findall(r"[\w-]+", re.sub(r"#.*", "", text))}
    quoted = {
        node.value.partition(".")[0]
        for path in sources(places)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value
    }
    return frozenset(bare | quoted)


@cache
def modules() -> Mapping[str, set[str]]:
    """What each installed package can be imported as."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, packages in metadata.packages_distributions().items():
        for package in packages:
            found[name_of(package)].add(module)
    return found


def programs(package: str) -> set[str]:
    return {each.name for each in metadata.distribution(package).entry_points if each.group == "console_scripts"}


def is_used(package: str, places: tuple[str, ...], named_in: tuple[str, ...]) -> bool:
    if package in ELSEWHERE:
        file, words = ELSEWHERE[package]
        return words in (CHECKOUT / file).read_text(encoding="utf-8")
    own = modules()[package]
    return bool(own & imported_by(places).keys() or (own | programs(package)) & words_of(named_in))


@pytest.mark.parametrize("asked", asked_in(*RUNTIME, *BESIDE, *DEVELOPMENT), ids=lambda asked: asked.name)
def test_a_package_says_what_it_is_for(asked: Requirement):
    assert len(asked.reason) >= 5, f"{asked.file}: {asked.name} gives no reason"


@pytest.mark.parametrize("asked", asked_in(*RUNTIME, "requirements-psycopg3.in"), ids=lambda asked: asked.name)
def test_the_portal_uses_what_it_asks_for(asked: Requirement):
    """Tests do not count: what only they need belongs into another list."""
    assert is_used(asked.name, PORTAL, ("zhuzhou_sme/settings.py",)), f"{asked.file}: nothing uses {asked.name}"


@pytest.mark.parametrize("asked", asked_in("requirements-embedded.in", *DEVELOPMENT), ids=lambda asked: asked.name)
def test_tests_and_checks_use_what_they_ask_for(asked: Requirement):
    assert is_used(asked.name, WORKSHOP, ("dev",)), f"{asked.file}: nothing uses {asked.name}"


def test_nothing_is_looked_for_elsewhere_that_nobody_asks_for():
    assert ELSEWHERE.keys() <= {asked.name for asked in asked_in(*RUNTIME, *BESIDE, *DEVELOPMENT)}


@pytest.mark.parametrize(
    ("places", "files"),
    [(PORTAL, (*RUNTIME, "requirements-psycopg3.in")), (WORKSHOP, (*RUNTIME, *BESIDE, *DEVELOPMENT))],
    ids=["portal", "workshop"],
)
def test_what_is_imported_is_asked_for(places: tuple[str, ...], files: tuple[str, ...]):
    """A package that only comes along with another may stay away with its next version."""
    known = set().union(*(modules()[asked.name] for asked in asked_in(*files)))
    found = imported_by(places)
    assert "django" in found
    assert {module: files for module, files in found.items() if module not in known} == {}


def test_a_package_that_nothing_uses_is_noticed():
    assert not is_used("asgiref", PORTAL, ("zhuzhou_sme/settings.py",))
    assert is_used("gunicorn", PORTAL, ("zhuzhou_sme/settings.py",))
