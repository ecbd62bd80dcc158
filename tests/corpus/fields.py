"""Fields of Word documents, written as Word writes them: in runs."""

from tests.core.files.excel import files
from tests.corpus import written
from tests.corpus.documents import WORD


def document_with(body: str) -> bytes:
    inside = files.unzipped(written.saved(written.report()))
    xml = inside["word/document.xml"].decode().replace("<w:sectPr", f"{body}<w:sectPr", 1)
    return files.zipped(inside | {"word/document.xml": xml})


def run(xml: str) -> str:
    return f'<w:r xmlns:w="{WORD}">{xml}</w:r>'


def code(*pieces: str) -> str:
    """A field whose instruction is written in several runs."""
    inner = "".join(run(f'<w:instrText xml:space="preserve">{piece}</w:instrText>') for piece in pieces)
    begin, apart, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return f"{begin}{inner}{apart}{run('<w:t>结果</w:t>')}{end}"
