"""The zip container of an office file and what it holds: every rule that can be checked before anybody parses a part.
Used for .xlsx and, through the same rules, for other office files. The names of parts are judged here first, because a
name gives the plainest sentence; `core.files.office` judges what they are, whatever they are called."""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from core.errors import Refusal
from core.files.office import kinds, package
from core.files.office.fields import check_fields
from core.files.office.formulas import check_names
from core.files.office.markup import check_characters, check_whole, is_xml
from core.files.virus import refuse_virus

MAX_PARTS = 2_000
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 120  # honest sheets packed 6 to 26 : 1, bombs 290 and more
_RATIO_MATTERS_FROM = 64 * 1024
_CHUNK = 256 * 1024
_DAMAGED = "文件已损坏(压缩结构不完整或被改动),请重新导出或另存后再上传"
_TOO_LARGE = f"文件解压后超过{MAX_UNPACKED // 1024 // 1024}MB,请删去{{excess}}后再上传"
_BOMB = f"文件压缩比异常(超过{MAX_RATIO}:1),疑似压缩炸弹;如为正常文件,请把内容复制到新建的{{name}}后再上传"
_FORBIDDEN_PARTS = (
    ("vbaproject", kinds.MACRO),
    ("/macrosheets/", kinds.MACRO_SHEET),
    ("/activex/", kinds.CONTROL),
    ("/embeddings/", kinds.EMBEDDED),
    ("/externallinks/", kinds.LINKED),
    ("/pivotcache/", kinds.PIVOT),
)
_FORBIDDEN_BYTES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kinds.EMBEDDED),
    (b"PK\x03\x04", kinds.EMBEDDED),
    (b"%PDF-", kinds.EMBEDDED),
    (b"MZ\x90", "文件内藏有可执行程序,不予接收"),
    (b"\x7fELF", "文件内藏有可执行程序,不予接收"),
)
_NEVER_XML = tuple(mark for mark, _ in _FORBIDDEN_BYTES)
# A chart in a Word document brings the workbook with its numbers along.
_CHART_WORKBOOK = re.compile(r"word/embeddings/[^/]+\.xlsx", re.IGNORECASE)


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
            parts, others, size = _unpack(archive, infos, kind, allowed)
            _check_ratio(size, len(content), kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, UnicodeDecodeError):
        raise Refusal(_DAMAGED) from None
    return parts, _checked(parts, others, kind), size


def _checked(parts: dict[str, bytes], others: dict[str, bytes], kind: _Kind) -> dict[str, bytes]:
    """The workbooks of charts; Refusal for whatever else brings a danger along."""
    for name, part in parts.items():
        check_characters(name, part)
    if b"macroEnabled" in parts.get(package.CONTENT_TYPES, b""):
        raise Refusal(kinds.MACRO.format(**kind._asdict()))
    names = frozenset(parts) | frozenset(others)
    charts = package.judge(parts, names, name=kind.name, ending=kind.ending)
    workbooks = {name: data for name, data in others.items() if name in charts or _CHART_WORKBOOK.fullmatch(name)}
    for name in others.keys() - workbooks.keys():
        for mark, message in _FORBIDDEN_BYTES:
            if others[name].startswith(mark):
                raise Refusal(message.format(**kind._asdict()))
    for name, part in parts.items():
        check_whole(name, part)
    check_names(parts)
    check_fields(parts)
    return workbooks


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
            raise Refusal(package.UNSAFE_NAME)
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
    """Reads every part, counting real bytes while reading: those that are XML, and the others. Of the others only the
    first bytes are kept, and the whole of what might be the workbook of a chart."""
    parts: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    total = 0
    for info in infos:
        data = _read(archive, info, kind, allowed - total)
        total += len(data)
        _check_ratio(len(data), info.compress_size, kind)
        refuse_virus(data)
        if is_xml(info.filename, data) and not data.startswith(_NEVER_XML):
            parts[info.filename] = data
        else:
            others[info.filename] = data if data.startswith(b"PK\x03\x04") else data[:16]
    return parts, others, total


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
