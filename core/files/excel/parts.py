"""The zip container of an office file: every rule that can be checked before anybody parses a part. Used for .xlsx
and, through the same rules, for other office files."""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from core.errors import Refusal
from core.files.excel.markup import elements
from core.files.virus import refuse_virus

MAX_PARTS = 2_000
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 120  # honest sheets packed 6 to 26 : 1, bombs 290 and more
_RATIO_MATTERS_FROM = 64 * 1024
_CHUNK = 256 * 1024
_DAMAGED = "文件已损坏(压缩结构不完整或被改动),请重新导出或另存后再上传"
_TOO_LARGE = f"文件解压后超过{MAX_UNPACKED // 1024 // 1024}MB,请删去{{excess}}后再上传"
_BOMB = f"文件压缩比异常(超过{MAX_RATIO}:1),疑似压缩炸弹;如为正常文件,请把内容复制到新建的{{name}}后再上传"
_ENCODING = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_FORBIDDEN_PARTS = (
    ("vbaproject", "文件含有宏,请另存为不含宏的{ending}格式后再上传"),
    ("/macrosheets/", "文件含有Excel 4.0宏表,请把数据复制到新建的工作簿后再上传"),
    ("/activex/", "文件含有ActiveX控件,请删除控件后再上传"),
    ("/embeddings/", "文件内嵌了其他文件,请删除内嵌对象后再上传"),
    ("/externallinks/", "文件含有指向其他文件的链接,请用“数据-编辑链接-断开链接”后再上传"),
    ("/pivotcache/", "文件含有数据透视表,其缓存可能带出未显示的数据;请把结果粘贴为数值后再上传"),
)
# A chart in a Word document brings the workbook with its numbers along.
_CHART_WORKBOOK = re.compile(r"word/embeddings/[^/]+\.xlsx", re.IGNORECASE)
# What a document made from a template, or from pasted text, remembers of the machine it was made on. It leads nowhere.
_LOCAL_FILE = re.compile(r"file:///[A-Za-z]:", re.IGNORECASE)
_OUTSIDE = "文件引用了外部内容(外部链接或外部图片),请断开链接后再上传"
_TEMPLATE_OUTSIDE = (
    "文件引用了外部内容(网络上的模板),请在“开发工具-文档模板”中改用Normal,或把内容复制到新建的Word文档后再上传"
)
_MAY_BE_LOCAL = ("/image", "/attachedTemplate")


class _Kind(NamedTuple):
    """How messages speak of a file."""

    name: str
    ending: str
    excess: str


_WORKBOOK = _Kind("工作簿", ".xlsx", "多余的行、列和图片")
_DOCUMENT = _Kind("Word文档", ".docx", "多余的内容、压缩图片")


def checked_parts(content: bytes) -> dict[str, bytes]:
    """The XML parts of the container by name; other parts are counted and left behind. Raises `Refusal`."""
    parts, workbooks, size = _parts_of(content, MAX_UNPACKED)
    for name, workbook in workbooks.items():
        try:
            _, inner, inner_size = _parts_of(workbook, MAX_UNPACKED - size)
        except Refusal as refusal:
            raise Refusal(f"文档中图表的数据({name}):{refusal}") from None
        if inner:
            raise Refusal(f"文档中图表的数据({name})又内嵌了其他文件,请把图表粘贴为图片后再上传")
        size += inner_size
    return parts


def _parts_of(content: bytes, allowed: int) -> tuple[dict[str, bytes], dict[str, bytes], int]:
    """Checked XML parts, workbooks of charts, number of bytes unpacked, of which there may be `allowed`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            kind = _DOCUMENT if any(info.filename.startswith("word/") for info in infos) else _WORKBOOK
            _check_names(infos, kind, allowed)
            parts, workbooks, size = _unpack(archive, infos, kind, allowed)
            _check_ratio(size, len(content), kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, UnicodeDecodeError):
        raise Refusal(_DAMAGED) from None
    for name, part in parts.items():
        _check_xml(name, part)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Refusal(_FORBIDDEN_PARTS[0][1].format(**kind._asdict()))
    _check_relationships(parts)
    return parts, workbooks, size


def repacked(parts: dict[str, bytes]) -> bytes:
    """The checked parts as a plain zip: what was checked is what the parser reads, however the original container
    was bent. Stored without packing, since the next reader is a process on this machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def _check_names(infos: list[zipfile.ZipInfo], kind: _Kind, allowed: int) -> None:
    if len(infos) > MAX_PARTS:
        raise Refusal(f"文件内部包含{len(infos)}个部件,超过{MAX_PARTS}个,不是正常的办公文件")
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.search(r"[\x00-\x1f\\:]", name):
            raise Refusal("文件内部含有不安全的部件名称,不是正常的办公文件")
        if name.casefold() in seen:
            raise Refusal(f"文件内部有重复的部件({name}),不是正常的办公文件")
        seen.add(name.casefold())
        for mark, message in _FORBIDDEN_PARTS:
            if mark in f"/{name}".casefold() and not _CHART_WORKBOOK.fullmatch(name):
                raise Refusal(message.format(**kind._asdict()))
        if info.flag_bits & 0x1:
            raise Refusal("文件设有密码,请取消密码后另存再上传")
    if sum(info.file_size for info in infos) > allowed:
        raise Refusal(_TOO_LARGE.format(**kind._asdict()))


def _unpack(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], kind: _Kind, allowed: int
) -> tuple[dict[str, bytes], dict[str, bytes], int]:
    """Reads every part, counting real bytes while reading; keeps those that are XML and the workbooks of charts."""
    parts: dict[str, bytes] = {}
    workbooks: dict[str, bytes] = {}
    total = 0
    for info in infos:
        data = _read(archive, info, kind, allowed - total)
        total += len(data)
        _check_ratio(len(data), info.compress_size, kind)
        refuse_virus(data)
        if _CHART_WORKBOOK.fullmatch(info.filename):
            workbooks[info.filename] = data
        elif _is_xml(info.filename, data):
            parts[info.filename] = data
    return parts, workbooks, total


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, kind: _Kind, allowed: int) -> bytes:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal(_DAMAGED)
    chunks = []
    size = 0
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > allowed:
                raise Refusal(_TOO_LARGE.format(**kind._asdict()))
            chunks.append(chunk)
    return b"".join(chunks)


def _check_ratio(unpacked: int, packed: int, kind: _Kind) -> None:
    if unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise Refusal(_BOMB.format(**kind._asdict()))


def _is_xml(name: str, data: bytes) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml")) or data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _check_xml(name: str, part: bytes) -> None:
    encoding = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    if (
        part.startswith((b"\xff\xfe", b"\xfe\xff"))
        or b"\x00" in part
        or (encoding and encoding[1].upper() not in (b"UTF-8", b"UTF8", b"US-ASCII", b"ASCII"))
    ):
        raise Refusal(f"文件部件{name}含有无法读取的字符或不是UTF-8编码,请用办公软件另存后再上传")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refusal(f"文件部件{name}含有DTD或实体定义,存在安全风险,不予接收")


def _check_relationships(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        if not name.casefold().endswith(".rels"):
            continue
        for relation in elements(part, b"Relationship"):
            if relation.get("TargetMode", "").casefold() == "external" and _leads_outside(relation):
                is_template = relation.get("Type", "").endswith("/attachedTemplate")
                raise Refusal(_TEMPLATE_OUTSIDE if is_template else _OUTSIDE)


def _leads_outside(relation: dict[str, str]) -> bool:
    kind = relation.get("Type", "")
    if kind.endswith(_MAY_BE_LOCAL) and _LOCAL_FILE.match(relation.get("Target", "")):
        return False
    return not kind.endswith("/hyperlink")
