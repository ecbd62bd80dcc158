"""What a document that passed the gate says, for reading in a page and for searching. Read in the limited child."""

import json

from core.characters import legible
from core.files.sandbox import run_limited


def document_lines(content: bytes) -> list[str]:
    """The text of a checked .docx, a paragraph or a table's row a line."""
    lines: list[str] = json.loads(run_limited("core.files.uploads.docx.read_text", content))["lines"]
    return [line for each in lines if (line := legible(each))]
