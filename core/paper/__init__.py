"""HTML templates to PDF, the same bytes for the same input. Layout stands in templates/documents, facts in the apps."""

from collections.abc import Mapping
from typing import Any


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """A print template as PDF bytes; see `core.paper.rendering`."""
    # WeasyPrint takes most of a second to import; only a process that renders pays for it.
    from core.paper import rendering

    return rendering.render_pdf(template, context)
