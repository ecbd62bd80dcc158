"""Fields of a Word document that fetch something or start a program when the document is opened or refreshed."""

import re
from collections.abc import Iterator, Mapping

from core.errors import Refusal
from core.files.office.markup import Element, elements

_FIELD_PARTS = (b"instrText", b"fldSimple", b"fldChar", b"delInstrText")
_ELEMENTS = frozenset({"fldChar", "instrText", "delInstrText", "fldSimple", "t"})
_REFUSED = frozenset(("DDE", "DDEAUTO", "LINK", "IMPORT", "INCLUDE", "INCLUDETEXT", "DATABASE", "RD", "AUTOTEXTLIST"))
_FETCHES = "INCLUDEPICTURE"
_WORDS = re.compile(r'"([^"]*)"|(\S+)')
_NAME = re.compile(r"[A-Za-z]+")
_SWITCH = re.compile(r"\\[A-Za-z*@#!]")
_ELSEWHERE = re.compile(r"//|(?!file:/{1,3}[A-Za-z]:)[A-Za-z][A-Za-z0-9+.-]+:", re.IGNORECASE)
_INNER = "\ufffc"
_MESSAGE = (
    "文档含有{name}域,打开时会读取其他文件、访问网络或启动程序;请按Ctrl+A全选后按Ctrl+Shift+F9把域转为文字,再上传"
)
_HIDDEN = "文档中有域代码由另一个域拼成,无法判断其用途;请按Ctrl+A全选后按Ctrl+Shift+F9把域转为文字,再上传"
_DRAWN = "文件引用了外部内容(图形中的外部图片),请删除后重新插入图片再上传"
_OLD_PICTURE = re.compile(
    rb"""<(?:[^\s<>/:]+:)?(?:imagedata|fill|stroke|image)\s[^<]*?\b(?:src|href|althref)\s*=\s*["']([^"']*)"""
)


def check_fields(parts: Mapping[str, bytes]) -> None:
    """Raises `Refusal` for a field that leads outside, however its instruction is cut into runs, and for a picture of
    the old drawing language that names its own place."""
    for name, xml in parts.items():
        for match in _OLD_PICTURE.finditer(xml):
            if match[1].strip() and not re.match(rb"[A-Za-z]:[\\/]|file:///[A-Za-z]:|data:|#", match[1].strip()):
                raise Refusal(_DRAWN)
        if any(mark in xml for mark in _FIELD_PARTS):
            for instruction in _instructions(name, xml):
                _check(instruction)


def _check(instruction: str) -> None:
    words = instruction.strip().split(maxsplit=1)
    if not words:
        return
    if words[0].startswith(_INNER):
        raise Refusal(_HIDDEN)
    found = _NAME.search(instruction)
    name = found[0].upper() if found else ""
    if name in _REFUSED or (name == _FETCHES and _is_elsewhere(words[-1])):
        raise Refusal(_MESSAGE.format(name=name))


def _is_elsewhere(arguments: str) -> bool:
    """Whether a picture comes from anywhere but a place on the writer's own machine, which leads nowhere."""
    places = (quoted or plain for quoted, plain in _WORDS.findall(arguments))
    place = next((place for place in places if not _SWITCH.match(place)), "")
    return _INNER in place or bool(_ELSEWHERE.match(place.strip().replace("\\", "/")))


def _instructions(part: str, xml: bytes) -> Iterator[str]:
    """What each field says, put together from its runs; a field inside another one stands there as one mark."""
    fields: list[list[str] | None] = []  # None: past its instruction, where its result stands
    for element in elements(part, xml, _ELEMENTS):
        if element.name == "fldSimple":
            yield element.attributes.get("instr", "")
        elif element.name == "fldChar":
            yield from _turned(fields, element)
        elif fields and fields[-1] is not None:
            fields[-1].append(element.text)
    yield from ("".join(field) for field in fields if field is not None)


def _turned(fields: list[list[str] | None], element: Element) -> Iterator[str]:
    kind = element.attributes.get("fldCharType")
    if kind == "begin":
        if fields and fields[-1] is not None:
            fields[-1].append(_INNER)
        fields.append([])
    elif fields and kind in ("separate", "end"):
        field = fields[-1]
        fields[-1] = None
        if kind == "end":
            fields.pop()
        if field is not None:
            yield "".join(field)
