"""The gate for handed-in files: what a file is and what it may hold, before anybody opens it. Structure first, then the
scanner if there is one, then a parser in the limited child."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from core.errors import Refusal
from core.files.sandbox import run_limited
from core.files.virus import refuse_virus

MAX_BYTES = 20 * 1024 * 1024
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
EVIDENCE = (DOCX, PDF, XLSX, PNG, JPEG)

_NAMES = {DOCX: ".docx文档", PDF: "PDF", XLSX: ".xlsx工作簿", PNG: "PNG图片", JPEG: "JPG图片"}
_ENDINGS = {DOCX: (".docx",), PDF: (".pdf",), XLSX: (".xlsx",), PNG: (".png",), JPEG: (".jpg", ".jpeg")}
_OFFICE = "core.files.uploads.office.inspect"
_OFFICE_KINDS = {"docx": DOCX, "xlsx": XLSX}
_INSPECTORS = {
    PDF: "core.files.uploads.pdf.inspect",
    PNG: "core.files.uploads.image.inspect",
    JPEG: "core.files.uploads.image.inspect",
}
_MARKS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "这是可执行程序,不予接收"),
    (b"\x7fELF", "这是可执行程序,不予接收"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "这是旧版Office(或WPS)文件,或设有打开密码;请另存为无密码的.docx(或.xlsx)格式后再上传",
    ),
    (b"Rar!", "这是RAR压缩包,请解压后上传其中的文档"),
    (b"7z\xbc\xaf", "这是7z压缩包,请解压后上传其中的文档"),
    (b"GIF8", "这是GIF图片,请另存为JPG或PNG后再上传,或扫描成PDF"),
)


@dataclass(frozen=True)
class Checked:
    """A file that passed: its media type, the number of its pages (PDF), paragraphs (DOCX), sheets (XLSX) or pixels
    (images), and the bytes to keep. An image is kept as it was encoded anew, without what a camera wrote into it."""

    media_type: str
    length: int
    content: bytes = field(default=b"", compare=False, repr=False)


def check_word(name: str, content: bytes) -> Checked:
    """Raises `Refusal` in Chinese unless the bytes are a plain .docx, as people write them, and the name says so."""
    return check_upload(name, content, (DOCX,))


def check_scan(name: str, content: bytes) -> Checked:
    """The same for the scan of a stamped paper: a .pdf and nothing else."""
    return check_upload(name, content, (PDF,))


def check_evidence(name: str, content: bytes) -> Checked:
    """The same for evidence: also workbooks and pictures."""
    return check_upload(name, content, EVIDENCE)


def check_upload(name: str, content: bytes, accepted: tuple[str, ...]) -> Checked:
    """Raises `Refusal` unless the bytes are of an accepted media type, sound, and named accordingly."""
    _check_outside(name, content, accepted)
    kind = next((kind for mark, kind in _MARKS if content.startswith(mark)), None)
    if kind is not None:
        _check_place(name, kind, accepted)
        found: dict[str, Any] = json.loads(run_limited(_INSPECTORS[kind], content))
    else:
        found = json.loads(run_limited(_OFFICE, content))
        kind = _OFFICE_KINDS[found["kind"]]
        _check_place(name, kind, accepted)
        if "refused" in found:
            raise Refusal(found["refused"])
    kept = base64.b64decode(found["content"]) if "content" in found else content
    return Checked(kind, found["length"], kept)


def _check_place(name: str, kind: str, accepted: tuple[str, ...]) -> None:
    if kind not in accepted:
        raise Refusal(f"这是{_NAMES[kind]},这里只接收{_named(accepted)}")
    endings = _ENDINGS[kind]
    if not name.casefold().endswith(endings):
        raise Refusal(f"文件内容是{_NAMES[kind]},但文件名“{name[:60]}”的扩展名不是{'或'.join(endings)},请改名后再上传")


def _named(accepted: tuple[str, ...]) -> str:
    return "、".join(_NAMES[kind] for kind in accepted)


def _check_outside(name: str, content: bytes, accepted: tuple[str, ...]) -> None:
    if not content:
        raise Refusal("文件是空的(0字节),请检查后重新上传")
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB,请压缩图片后再上传")
    refuse_virus(content)
    for mark, message in _OTHER_FILES:
        if content.startswith(mark):
            raise Refusal(message)
    if content.startswith((b"PK\x03\x04", *(mark for mark, _ in _MARKS))):
        return
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Refusal(f"这是网页或XML文件,不是文档;请上传{_named(accepted)}")
    raise Refusal(f"“{name[:60]}”不是{_named(accepted)}中的任何一种,请另存为其中一种格式后再上传")
