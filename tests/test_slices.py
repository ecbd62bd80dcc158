"""A slice is a room: most of what its modules import stands inside it. It is entered by what it offers: its queries,
actions, models, documents, checks and words. Its pages, forms,
tasks and declarations are its own, and so is whatever begins with an underscore. The order of the slices is what
import-linter holds."""

import ast
from pathlib import Path

import grimp
import pytest

from dev.paths import CHECKOUT
from dev.sizes import APPS, label, modules

LEAST_SHARE = 60  # per cent of the imports among the slices
DOORS = {"queries", "actions", "models", "documents", "checks", "choices", "permissions"}

# These only list what every slice has; each for one kind of module.
LISTS = {
    "evaluation.admin": {"admin"},
    "evaluation.registry": {"registry"},
    "evaluation.urls": {"urls"},
}


def slices() -> set[str]:
    """The packages of the evaluation that have pages or models of their own."""
    folders = [path for path in (CHECKOUT / "evaluation").iterdir() if (path / "__init__.py").exists()]
    return {path.name for path in folders} - {"scoring", "urls", "management", "migrations"}


def is_inside(importer: str, imported: str, own: set[str]) -> bool:
    """Whether a module of a slice is imported that is not one of its doors, from outside the slice."""
    app, name, *rest = f"{imported}.".split(".")[:3]
    if app != "evaluation" or name not in own or not rest[0] or rest[0] in DOORS:
        return False
    is_own = importer.split(".")[:2] == [app, name]
    return not is_own and rest[0] not in LISTS.get(importer, set())


def test_a_slice_is_entered_by_its_doors():
    graph, own = grimp.build_graph(*APPS), slices()
    links = [(a, b) for a in sorted(graph.modules) for b in sorted(graph.find_modules_directly_imported_by(a))]

    assert {"ranking", "bulletin", "collection", "systems", "home"} <= own
    assert len(links) > 1000
    assert [f"{a} imports {b}" for a, b in links if is_inside(a, b, own)] == []


@pytest.mark.parametrize(
    ("importer", "imported", "expected"),
    [
        ("evaluation.bulletin.views.desk", "evaluation.collection.forms", True),
        ("evaluation.home.workspace", "evaluation.collection.views.due", True),
        ("rewards.actions", "evaluation.ranking._inside", True),
        ("evaluation.admin", "evaluation.ranking.views.desk", True),
        ("evaluation.admin", "evaluation.ranking.admin", False),
        ("evaluation.ranking.views.desk", "evaluation.ranking.forms", False),
        ("evaluation.bulletin.actions", "evaluation.ranking.queries.sealed_results", False),
        ("evaluation.bulletin.actions", "evaluation.ranking", False),
        ("evaluation.bulletin.views.desk", "core.views.desk", False),
    ],
)
def test_what_is_inside(importer: str, imported: str, expected: bool) -> None:
    assert is_inside(importer, imported, {"ranking", "bulletin", "collection", "home"}) is expected


def private_imports(source: str, module: str) -> list[str]:
    """Names of ours that begin with an underscore, and what stands in such a module of another package."""
    package = module.rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ImportFrom) or not node.module or node.module.split(".")[0] not in APPS:
            continue
        is_hidden = any(map(is_private, node.module.split("."))) and not node.module.startswith(f"{package}.")
        found += [f"{node.module}.{alias.name}" for alias in node.names if is_hidden or is_private(alias.name)]
    return found


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_nobody_takes_what_begins_with_an_underscore():
    names = {path: label(path).removesuffix(".py").replace("/", ".") for path in modules()}
    found = {name: private_imports(path.read_text(encoding="utf-8"), name) for path, name in names.items()}

    assert len(found) > 300
    assert {name: taken for name, taken in found.items() if taken} == {}


def test_what_begins_with_an_underscore_is_seen():
    source = "from evaluation.ranking.queries import _rows\nfrom docx.table import _Cell\nfrom core._inside import it\n"
    assert private_imports(source, "evaluation.home.public") == ["evaluation.ranking.queries._rows", "core._inside.it"]


def imports_of(path: Path) -> list[str]:
    """The modules of the evaluation that a module imports, one per statement."""
    found = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
    dotted = [f"{node.module}.{node.names[0].name}" if node.module == "evaluation" else node.module for node in found]
    return [module for module in dotted if module and module.startswith("evaluation.")]


def test_most_imports_stay_inside_a_slice():
    found = [
        (path.relative_to(CHECKOUT / "evaluation").parts[0].removesuffix(".py"), module.split(".")[1])
        for path in sorted((CHECKOUT / "evaluation").rglob("*.py"))
        if "migrations" not in path.parts
        for module in imports_of(path)
    ]
    inside = [own for own, other in found if own == other]
    assert len(found) > 500
    share = 100 * len(inside) / len(found)
    assert share >= LEAST_SHARE, f"{len(inside)} of {len(found)} imports stay inside a slice: {share:.1f} %"
