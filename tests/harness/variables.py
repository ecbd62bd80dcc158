"""A template that asks for what it was not given is wrong: Django prints nothing there and says nothing.

Only our own templates are held to it; those of packages ask for much that may be there. In `{% if … %}`, `{% for … %}`
and before `|default` two things may be missing in ours: a plain name, which is how a component leaves out what its
caller did not give, and anything of None.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.template.base import FilterExpression, Node, Variable, VariableDoesNotExist

TEMPLATES = Path(settings.BASE_DIR) / "templates"


class Rendering(threading.local):
    """Where this thread is: the node it renders, and whether that may ask for a name that nobody gave."""

    node: Node | None = None
    may_be_missing = False


@contextmanager
def undefined_variables() -> Iterator[list[str]]:
    """Yields a list that fills with whatever our templates ask for in vain: template, line, variable."""
    found: list[str] = []
    rendering = Rendering()
    variable: Any = Variable  # its look-up is no part of what django-stubs describe
    render, resolve, look_up = Node.render_annotated, FilterExpression.resolve, variable._resolve_lookup

    @wraps(render)
    def rendered(self: Node, context: Any) -> Any:
        before, rendering.node = rendering.node, self
        try:
            return render(self, context)
        finally:
            rendering.node = before

    @wraps(resolve)
    def resolved(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
        before, rendering.may_be_missing = rendering.may_be_missing, ignore_failures or _has_default(self)
        try:
            return resolve(self, context, ignore_failures)
        finally:
            rendering.may_be_missing = before

    @wraps(look_up)
    def looked_up(self: Variable, context: Any) -> Any:
        try:
            return look_up(self, context)
        except VariableDoesNotExist as missing:
            of_nothing = missing.params[1] is context or missing.params[1] is None
            if _is_ours(rendering.node) and not (of_nothing and rendering.may_be_missing):
                found.append(_place(rendering.node, self))
            raise

    with (
        patch.object(Node, "render_annotated", rendered),
        patch.object(FilterExpression, "resolve", resolved),
        patch.object(Variable, "_resolve_lookup", looked_up),
    ):
        yield found


def _has_default(expression: FilterExpression) -> bool:
    return any(function.__name__ == "default" for function, _ in expression.filters)


def _is_ours(node: Node | None) -> bool:
    return node is not None and Path(str(node.origin.name)).is_relative_to(TEMPLATES)


def _place(node: Node | None, variable: Variable) -> str:
    assert node is not None and node.token is not None
    return f"{Path(node.origin.name).relative_to(TEMPLATES)}:{node.token.lineno}: {variable.var}"
