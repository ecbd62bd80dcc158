"""Who declares what and who may name whom: each slice its own, core nothing of an upper app, and no circle of imports
anywhere, also not inside functions or for types alone."""

import ast
import inspect
import re
from collections.abc import Mapping, Set
from importlib import import_module
from pathlib import Path

import grimp
import pytest
from django.apps import apps

from core.declared import house
from evaluation.intake.actions import Reading

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "platforms", "evaluation", "rewards", "zhuzhou_sme")
UPPER = ("platforms", "evaluation", "rewards", "zhuzhou_sme", "demo")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def in_circles(imports: Mapping[str, Set[str]]) -> set[str]:
    """What remains when modules that import nothing of the rest, or are imported by nothing of it, are put aside."""
    rest = set(imports)
    while True:
        imported = {each for module in rest for each in imports[module] & rest}
        ends = {module for module in rest if not imports[module] & rest} | rest - imported
        if not ends:
            return rest
        rest -= ends


def test_a_circle_is_found_and_a_chain_is_none():
    assert in_circles({"a": {"b"}, "b": {"c"}, "c": set()}) == set()
    assert in_circles({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}) == {"b", "c"}


@pytest.mark.parametrize("app", [*APPS, "demo"])
def test_no_module_of_an_app_imports_itself_by_a_circle(app):
    """Imports for types alone and imports inside functions count too: a circle is one however it is hidden."""
    graph = grimp.build_graph(app, exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 5
    assert in_circles(imports) == set()


def upper_models() -> set[str]:
    labels = [label for label in UPPER if apps.is_installed(label)]
    return {model.__name__ for label in labels for model in apps.get_app_config(label).get_models()}


def reverse_names() -> set[str]:
    """The names under which rows of core know rows of upper apps."""
    fields = [field for model in apps.get_app_config("core").get_models() for field in model._meta.related_objects]
    upper = [field for field in fields if field.related_model._meta.app_label in UPPER]
    return {name for field in upper if (name := field.get_accessor_name())}


@pytest.mark.parametrize("path", sorted((ROOT / "core").rglob("*.py")), ids=dotted)
def test_nothing_in_core_names_a_model_or_a_label_of_an_upper_app(path):
    """Words count as well as code: labels in strings, models in docstrings, reverse names of foreign keys. No list is
    exempt: what core needs of an upper app (a parser for the sandbox, a handler for a job) is handed over by it."""
    text = path.read_text(encoding="utf-8")
    assert {"Platform", "Ranking", "Reward", "Membership"} <= upper_models() and "membership" in reverse_names()
    labels = re.findall(rf"\b(?:{'|'.join(UPPER)})\.\w*", text)
    names = {word for word in re.findall(r"\w+", text) if word in upper_models() | reverse_names()}
    assert (labels, names) == ([], set())


def registries() -> list[str]:
    paths = [ROOT / app / "registry.py" for app in APPS if app != "evaluation"]
    return [dotted(path) for path in [*paths, *sorted(ROOT.glob("evaluation/*/registry.py"))]]


@pytest.mark.parametrize("name", registries())
def test_every_registry_is_collected_under_its_own_name(name):
    declared = import_module(name).DECLARED
    assert declared.owner == name.removesuffix(".registry")
    assert declared in house().declared


def test_nobody_else_is_collected():
    assert {f"{one.owner}.registry" for one in house().declared} == set(registries())


@pytest.mark.parametrize("one", house().declared, ids=lambda one: one.owner)
def test_who_sees_a_model_is_said_by_the_slice_that_it_belongs_to(one):
    """Only core speaks of a library's model."""
    homes = {sight.model.__module__ for sight in one.sights}
    assert all(is_at_home(home, one.owner) for home in homes), homes


def is_at_home(module: str, owner: str) -> bool:
    of_a_library = module.split(".")[0] not in APPS
    return module.startswith(f"{owner}.") or (of_a_library and owner == "core")


def test_a_model_is_at_home_in_its_own_slice_alone():
    assert is_at_home("evaluation.ranking.models.ranking", "evaluation.ranking")
    assert is_at_home("allauth.mfa.models", "core")
    assert not is_at_home("evaluation.ranking.models.ranking", "evaluation.bulletin")
    assert not is_at_home("evaluation.ranking.models.ranking", "core")
    assert not is_at_home("allauth.mfa.models", "platforms")


def tasks() -> list[str]:
    paths = [*ROOT.glob("*/tasks.py"), *ROOT.glob("evaluation/*/tasks.py")]
    return sorted(dotted(path) for path in paths if path.parent.name != "core")


@pytest.mark.parametrize("name", tasks())
def test_every_task_handles_a_declared_kind_of_its_own_slice(name):
    module = import_module(name)
    own = {f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == name}
    public = {function for function in own if not function.__name__.startswith("_")}
    owner = next(one for one in house().declared if one.owner == name.removesuffix(".tasks"))
    assert public
    assert {kind.handler for kind in owner.jobs} == public


def enqueued(path: Path) -> list[str]:
    """Kinds that a module asks for by their words."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    asking = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "enqueue"]
    return [str(call.args[0].value) for call in asking if isinstance(call.args[0], ast.Constant)]


def test_every_kind_that_is_asked_for_is_declared():
    kinds = {kind for app in (*APPS, "demo") for path in (ROOT / app).rglob("*.py") for kind in enqueued(path)}
    assert len(kinds) >= 5
    assert kinds <= set(house().jobs)


def readings() -> list[type[Reading]]:
    """Every kind of file that is read, however deep its class stands."""
    found = list(Reading.__subclasses__())
    for kind in found:
        found += kind.__subclasses__()
    return found


def test_every_reading_is_imported_by_a_declared_job_of_its_permission():
    """`request_import` asks for the job by the permission's name."""
    named = {reading.permission for reading in readings()}
    assert len(named) >= 3
    assert named <= house().jobs.keys() & house().permissions.keys()
