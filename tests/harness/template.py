"""The key of the template database: whatever decides what the migrations make, digested."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from django.apps import apps
from django.conf import settings


def key() -> str:
    """Changes when a migration, something a migration imports, an installed package or the run-time role does."""
    packages = sorted(f"{each.name}=={each.version}" for each in metadata.distributions())
    return digest(files(), [settings.DATABASE_APP_ROLE, *packages])


def digest(paths: Iterable[Path], facts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits over the names and bytes of the files and over the facts, whatever their order."""
    parts = sorted(f"{path}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths)
    return hashlib.sha256("\n".join([*parts, *sorted(facts)]).encode()).hexdigest()[:16]


def files() -> set[Path]:
    """Every migration of every installed app, what follows them, and the project's modules that these import."""
    found = {path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")}
    return with_imports(found | {Path(settings.BASE_DIR, "zhuzhou_sme", "tables.py")})


def with_imports(paths: Iterable[Path]) -> set[Path]:
    """The files and every module of the project that one of them imports, or that such a module imports."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += imported(path)
    return found


def imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            yield from own_module(name)


def own_module(name: str) -> Iterator[Path]:
    place = Path(settings.BASE_DIR, *name.split("."))
    yield from (each for each in (place.with_suffix(".py"), place / "__init__.py") if each.is_file())
