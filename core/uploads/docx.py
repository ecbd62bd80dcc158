"""Opening a .docx in the limited child. No Django here."""

import io

import docx
from lxml.etree import LxmlError

from core.errors import Refusal


def inspect(content: bytes) -> dict[str, int]:
    """How many paragraphs the document has; Refusal when it cannot be opened or holds nothing."""
    try:
        paragraphs = len(docx.Document(io.BytesIO(content)).element.body.findall(".//{*}p"))
    except (ValueError, KeyError, AttributeError, LxmlError):
        raise Refusal("文档已损坏,无法打开;请用Word或WPS打开后另存一份再上传") from None
    if paragraphs == 0:
        raise Refusal("文档是空的,请检查后重新上传")
    return {"length": paragraphs}
