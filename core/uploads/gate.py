"""The gate for handed-in documents (.docx, .pdf): what a file is and what it may hold, before anybody opens it."""

import json
from dataclasses import dataclass

from core.errors import Refusal
from core.excel.parts import checked_parts
from core.sandbox import run_limited

MAX_BYTES = 20 * 1024 * 1024
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "这是可执行程序,不予接收"),
    (b"\x7fELF", "这是可执行程序,不予接收"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版.doc(或.wps)文件,或设有打开密码;请另存为无密码的.docx格式后再上传"),
    (b"Rar!", "这是RAR压缩包,请解压后上传其中的文档"),
    (b"7z\xbc\xaf", "这是7z压缩包,请解压后上传其中的文档"),
    (b"\x89PNG", "这是图片,请上传.docx文档或扫描后的PDF"),
    (b"\xff\xd8\xff", "这是图片,请上传.docx文档或扫描后的PDF"),
    (b"GIF8", "这是图片,请上传.docx文档或扫描后的PDF"),
)
# The harmless file that every virus scanner reports, in two halves so that this source is not one.
_TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Checked:
    """A document that passed: its media type and the number of its pages (PDF) or paragraphs (DOCX)."""

    media_type: str
    length: int


def check_document(name: str, content: bytes) -> Checked:
    """Raises `Refusal` in Chinese unless the bytes are a plain .docx or .pdf and the name says the same."""
    _check_outside(name, content)
    if content.startswith(b"%PDF-"):
        _check_ending(name, ".pdf")
        return Checked(PDF, json.loads(run_limited("core.uploads.pdf.inspect", content))["pages"])
    _check_ending(name, ".docx")
    parts = checked_parts(content)
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise Refusal("压缩包内没有Word文档,只是扩展名为.docx;请用Word或WPS另存为.docx格式后再上传")
    return Checked(DOCX, json.loads(run_limited("core.uploads.docx.inspect", content))["paragraphs"])


def _check_outside(name: str, content: bytes) -> None:
    if not content:
        raise Refusal("文件是空的(0字节),请检查后重新上传")
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB,请压缩图片后再上传")
    if _TEST_VIRUS in content:
        raise Refusal("文件含有病毒特征,已拒绝接收;请用杀毒软件检查本机")
    for mark, message in _OTHER_FILES:
        if content.startswith(mark):
            raise Refusal(message)
    if content.startswith((b"PK\x03\x04", b"%PDF-")):
        return
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Refusal("这是网页或XML文件,不是文档;请上传.docx或PDF")
    raise Refusal(f"“{name[:60]}”既不是.docx文档也不是PDF,请另存为这两种格式之一后再上传")


def _check_ending(name: str, ending: str) -> None:
    if not name.casefold().endswith(ending):
        raise Refusal(f"文件内容是{ending[1:].upper()},但文件名“{name[:60]}”的扩展名不是{ending},请改名后再上传")
