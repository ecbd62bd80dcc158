"""Whatever the portal defines, the portal uses: a function, class, constant or method that only tests call is dead, and
a test of it tests nothing that runs."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from dev.paths import CHECKOUT
from dev.sizes import APPS, label, modules

Name = tuple[str, str]  # module and what it defines
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
# What a framework finds by name, by file or by a decorator that registers it.
FOUND_BY_NAME = {
    "urlpatterns": "Django's resolver",
    "app_name": "Django's resolver",
    "handler400": "Django's resolver",
    "handler500": "Django's resolver",
    "application": "the web server",
    "Command": "manage.py",
    "register": "Django's template engine",
    "REGISTRY": "zhuzhou_sme/registry.py",
    "prepare": "the limited child, before it gives up the file system",
}
FOUND_BY_DECORATOR = ("admin.register", "shared_task", "register.", "tracked(", "worker_init.connect")
FOUND_BY_FILE = {"zhuzhou_sme/settings.py": "Django", "apps.py": "Django asks each app for its configuration"}
# Methods that a library calls by a name made of a field's.
FOUND_BY_PREFIX = {"clean_": "Django's forms", "dehydrate_": "django-import-export"}
FOUND_BY_METHOD = {
    "create_superuser": "manage.py createsuperuser",
    "process_exception": "Django's middleware",
}


@dataclass
class Module:
    """One file: what it defines, what its names mean, and which names of which module it uses."""

    path: Path
    tree: ast.Module
    defined: dict[str, ast.stmt] = field(default_factory=dict)
    means: dict[str, Name] = field(default_factory=dict)  # local name -> where it comes from; no name: a whole module


def dotted(path: Path) -> str:
    return label(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def users() -> list[Path]:
    """Whose use counts: the portal with its migrations and what operation runs; neither tests nor benchmarks."""
    folders = [path for app in (*APPS, "ops") for path in (CHECKOUT / app).rglob("*.py")]
    return sorted([*folders, CHECKOUT / "manage.py"])


@cache
def house() -> Mapping[str, Module]:
    found = {dotted(path): Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in users()}
    for module in found.values():
        module.defined = dict(definitions(module.tree))
        module.means = {
            local: origin for node in ast.walk(module.tree) for local, origin in brought_in(node, frozenset(found))
        }
    return found


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, Definition):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node) for target in targets if isinstance(target, ast.Name))


def brought_in(node: ast.AST, known: frozenset[str]) -> Iterator[tuple[str, Name]]:
    if isinstance(node, ast.Import):
        yield from ((alias.asname, (alias.name, "")) for alias in node.names if alias.asname)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield alias.asname or alias.name, (inner, "") if inner in known else (node.module, alias.name)


def origin(name: Name) -> Name:
    """Where a name that is handed on was defined."""
    module = house().get(name[0])
    further = module.means.get(name[1]) if module and name[1] not in module.defined else None
    return origin(further) if further and further != name else name


def used_in(own: str, module: Module) -> Iterator[Name]:
    for name, node in [("", each) for each in module.tree.body if not isinstance(each, Definition)] + [
        (node.name, node) for node in module.tree.body if isinstance(node, Definition)
    ]:
        for part in ast.walk(node):
            yield from (found for found in meant(own, module, part) if found != (own, name))


def meant(own: str, module: Module, part: ast.AST) -> Iterator[Name]:
    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
        yield origin(module.means.get(part.id, (own, part.id)))
    elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
        yield origin((module.means.get(part.value.id, ("", ""))[0], part.attr))
    elif isinstance(part, ast.Constant) and isinstance(part.value, str):
        before, _, last = part.value.replace(":", ".").rpartition(".")
        yield origin((before, last))


@cache
def used() -> frozenset[Name]:
    return frozenset(name for own, module in house().items() for name in used_in(own, module))


@cache
def words() -> frozenset[str]:
    """Every attribute, argument, word of a string and word of a template: how a method may be asked for."""
    found: set[str] = set()
    for module in house().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                found.update(re.findall(r"\w+", node.value))
    for template in (CHECKOUT / "templates").rglob("*.*"):
        inside = re.findall(r"{[{%].*?[%}]}", template.read_text(encoding="utf-8"), re.DOTALL)
        found.update(word for part in inside for word in re.findall(r"\w+", part))
    return frozenset(found)


def is_found(name: str, path: Path, node: ast.stmt) -> bool:
    """A framework finds it."""
    if name in FOUND_BY_NAME or label(path) in FOUND_BY_FILE or path.name in FOUND_BY_FILE or name.startswith("__"):
        return True
    decorators = [ast.unparse(each) for each in node.decorator_list] if isinstance(node, Definition) else []
    return any(each.startswith(FOUND_BY_DECORATOR) for each in decorators)


def methods(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        yield from (each.name for each in node.body if isinstance(each, ast.FunctionDef))


def is_asked_for_by_a_library(module: str, class_name: str, method: str) -> bool:
    """A class of somebody else's has a method of that name: it calls ours."""
    if method in FOUND_BY_METHOD or method.startswith(("__", *FOUND_BY_PREFIX)):
        return True
    bases = getattr(import_module(module), class_name).__mro__[1:]
    return any(method in vars(base) for base in bases if base.__module__.partition(".")[0] not in APPS)


@pytest.mark.parametrize("path", modules(), ids=label)
def test_what_a_module_defines_is_used(path: Path):
    own = dotted(path)
    defined = house()[own].defined
    assert [n for n, node in defined.items() if (own, n) not in used() and not is_found(n, path, node)] == []


@pytest.mark.parametrize("path", modules(), ids=label)
def test_what_a_class_can_do_is_asked_of_it(path: Path):
    own = dotted(path)
    unasked: dict[str, list[str]] = defaultdict(list)
    for name, node in house()[own].defined.items():
        for method in methods(node):
            if method not in words() and not is_asked_for_by_a_library(own, name, method):
                unasked[name].append(method)
    assert unasked == {}


def test_a_use_is_followed_to_where_the_name_was_defined():
    """Through a package that hands it on; handing on alone is no use."""
    assert {("core.jobs.queue", "enqueue"), ("core.jobs.runner", "run")} <= used()
    assert ("core.jobs", "enqueue") not in used()
