"""Opening a PDF in the limited child: what it may not hold. No Django here."""

import io
from collections.abc import Iterator

import pikepdf

from core.errors import Fault, Refusal
from core.files.uploads.pdf_actions import dictionary_findings, link_findings, stream_findings

MAX_PAGES = 500
MAX_UNPACKED = 200 * 1024 * 1024  # of everything but pictures: honest 20 MB of text and fonts stay well below
MAX_OBJECTS = 300_000
_REPRINT = "请用“打印为PDF”重新生成后再上传"
_HOLDERS = (pikepdf.Dictionary, pikepdf.Array)
_ENCRYPTED = "PDF设有加密或权限限制,请取消后另存再上传"


def prepare() -> None:
    """What the library opens once and keeps, done while files can still be opened: the machine's source of chance,
    which it asks for when it reads a locked file."""
    document, target = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(target, encryption=pikepdf.Encryption(owner="x", user=""))
    pikepdf.open(target).close()


def inspect(content: bytes) -> dict[str, int]:
    """Number of pages; Refusal with everything found that a plain document does not need.

    An /OpenAction that only turns to a page is normal and passes.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            messages = dict.fromkeys(_findings(document))
            pages = len(document.pages)
    except pikepdf.PasswordError:
        raise Refusal("PDF设有密码,请取消密码后另存再上传") from None
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, OverflowError):
        raise Refusal("PDF已损坏,无法打开;请重新生成或扫描后再上传") from None
    if messages:
        raise Refusal([Fault(message) for message in messages])
    return {"length": pages}


def _findings(document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield _ENCRYPTED
    if not 1 <= len(document.pages) <= MAX_PAGES:
        yield f"PDF共{len(document.pages)}页,应为1至{MAX_PAGES}页"
    if len(document.objects) > MAX_OBJECTS:
        raise Refusal(f"PDF内部对象过多(超过{MAX_OBJECTS}个),{_REPRINT}")
    unpacked = 0
    for item in document.objects:
        unpacked += _unpacked_size(item)
        if unpacked > MAX_UNPACKED:
            raise Refusal(f"PDF解压后超过{MAX_UNPACKED // 1024 // 1024}MB,{_REPRINT}")
        if isinstance(item, pikepdf.Stream):
            yield from stream_findings(item)
        for dictionary in _dictionaries(item):
            yield from dictionary_findings(dictionary)
    base = document.Root.get("/URI")
    if isinstance(base, pikepdf.Dictionary) and "/Base" in base:
        yield from link_findings(base["/Base"])


def _unpacked_size(item: pikepdf.Object) -> int:
    """Bytes of a stream that whoever opens the file will unpack; a picture is unpacked when its page is looked at and
    says its size beforehand. One stream of more than this process may hold ends it: a refusal as well."""
    if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image":
        return 0
    try:
        return len(item.get_stream_buffer())
    except pikepdf.PdfError as error:
        if "bad_alloc" in str(error):
            raise MemoryError from None
        return 0  # packed as a picture, or damaged: nobody can unpack it to anything larger


def _dictionaries(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The dictionary of an object and every direct dictionary inside it; indirect ones come as objects of their own,
    so that nothing is visited twice and no circle is followed."""
    waiting = [item.stream_dict if isinstance(item, pikepdf.Stream) else item]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary):
            yield found
            inner = list(found.values())
        elif isinstance(found, pikepdf.Array):
            inner = list(found)
        else:
            continue
        waiting += [value for value in inner if isinstance(value, _HOLDERS) and not value.is_indirect]
