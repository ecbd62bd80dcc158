"""A slice is a room: most of what its modules import stands inside it."""

import ast
from pathlib import Path

EVALUATION = Path(__file__).resolve().parents[2] / "evaluation"
LEAST_SHARE = 60  # per cent


def imports(path: Path) -> list[str]:
    """The modules of the evaluation that a module imports, one per statement."""
    found = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
    dotted = [f"{node.module}.{node.names[0].name}" if node.module == "evaluation" else node.module for node in found]
    return [module for module in dotted if module and module.startswith("evaluation.")]


def test_most_imports_stay_inside_a_slice():
    slices = [
        (path.relative_to(EVALUATION).parts[0].removesuffix(".py"), module.split(".")[1])
        for path in sorted(EVALUATION.rglob("*.py"))
        if "migrations" not in path.parts
        for module in imports(path)
    ]
    inside = [own for own, other in slices if own == other]
    assert len(slices) > 500
    share = 100 * len(inside) / len(slices)
    assert share >= LEAST_SHARE, f"{len(inside)} of {len(slices)} imports stay inside a slice: {share:.1f} %"
