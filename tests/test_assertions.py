"""Every test can fail: it asserts something, and not only inside a loop that would be passed over if it were empty."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PASSING_ON = {"enumerate", "zip", "sorted", "reversed", "list", "tuple", "set", "product"}
VIEWS = {"items", "values", "keys"}

Constants = dict[str, ast.expr]


def modules() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


def is_assertion(node: ast.AST) -> bool:
    if isinstance(node, ast.With):
        return any("raises(" in ast.unparse(item.context_expr) for item in node.items)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return ast.unparse(node.value.func).startswith("expect(")
    return isinstance(node, ast.Assert)


def is_filled(node: ast.expr, constants: Constants) -> bool:
    """Whether a loop over this is seen to run at least once, without running anything."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(not isinstance(each, ast.Starred) or is_filled(each.value, constants) for each in node.elts)
    if isinstance(node, ast.Dict):
        return any(
            key is not None or is_filled(value, constants) for key, value in zip(node.keys, node.values, strict=True)
        )
    if isinstance(node, ast.BinOp):
        return is_filled(node.left, constants) or is_filled(node.right, constants)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(node.value)
    if isinstance(node, ast.Name):
        return node.id in constants and is_filled(constants[node.id], {})
    return isinstance(node, ast.Call) and is_filled_call(node, constants)


def is_filled_call(node: ast.Call, constants: Constants) -> bool:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in VIEWS and is_filled(node.func.value, constants)
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name == "range":
        return all(isinstance(each, ast.Constant) for each in node.args) and bool(list(eval(ast.unparse(node))))
    return name in PASSING_ON and bool(node.args) and all(is_filled(each, constants) for each in node.args)


def is_sure(test: ast.FunctionDef, constants: Constants) -> bool:
    """Whether some assertion is reached whatever the data are."""

    def reached(node: ast.AST) -> bool:
        if is_assertion(node):
            return True
        if isinstance(node, ast.For) and not is_filled(node.iter, constants):
            return False
        if isinstance(node, ast.While) and not isinstance(node.test, ast.Constant):
            return False
        return any(reached(child) for child in ast.iter_child_nodes(node))

    return any(reached(node) for node in test.body)


def unsure_tests(source: str) -> list[str]:
    tree = ast.parse(source)
    constants: Constants = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            constants[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            constants[node.target.id] = node.value
    tests = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test")]
    return [test.name for test in tests if not is_sure(test, constants)]


def test_there_are_tests():
    assert len(modules()) > 50


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(TESTS)))
def test_every_test_asserts_something_whatever_its_data_are(path):
    assert unsure_tests(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("body", "is_refused"),
    [
        ("check(x)", True),
        ("for each in rows():\n        assert each", True),
        ("for each in rows:\n        if each:\n            assert each", True),
        ("while rows:\n        assert rows.pop()", True),
        ("for each in [*rows()]:\n        assert each", True),
        ("for each in range(count):\n        assert each", True),
        ("assert rows()\n    for each in rows():\n        assert each", False),
        ("for each in (1, 2):\n        assert each", False),
        ("for number, each in enumerate(KNOWN):\n        assert each", False),
        ("for each in KNOWN.items():\n        assert each", False),
        ("for each in range(3):\n        assert each", False),
        ("with pytest.raises(ValueError):\n        check(x)", False),
        ("expect(page).to_have_text('x')", False),
    ],
)
def test_what_could_pass_over_nothing_is_found(body, is_refused):
    found = unsure_tests(f"KNOWN = {{1: 2}}\ndef test_one(x):\n    {body}\n")
    assert found == (["test_one"] if is_refused else [])
