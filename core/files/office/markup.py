"""The XML inside office files, read by a real parser that knows no document types, entities or outside places, with a
bound for each reading."""

import re
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from core.errors import Refusal

MAX_ELEMENTS = 400_000  # of the parts that are looked at element by element; sheets and texts are not among them
MAX_DEPTH = 200
_ENCODING = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARK = b"\xef\xbb\xbf"
_PIECE = 64 * 1024
_UNREADABLE = "文件部件{}含有无法读取的字符或不是UTF-8编码,请用办公软件另存后再上传"
_DTD = "文件部件{}含有DTD或实体定义,存在安全风险,不予接收"
_BROKEN = "文件已损坏(部件{}不是完整的XML),请用办公软件打开后另存一份再上传"
_AMBIGUOUS = "文件的结构前后不一致(部件{}中有重复的属性或关系),请用办公软件打开后另存一份再上传"
_TOO_MUCH = "文件部件{}的结构过于庞大或嵌套过深,请把内容复制到新建的文件后再上传"


class Element(NamedTuple):
    """One element: its local name, its attributes by local name, the text directly inside it, how deep it stands."""

    name: str
    attributes: dict[str, str]
    text: str
    depth: int


def is_xml(name: str, data: bytes) -> bool:
    """Whether a part is judged as XML: by its ending, or because it begins as XML does."""
    return name.casefold().endswith((".xml", ".rels", ".vml")) or data[:64].lstrip(_MARK + b" \t\r\n")[:1] == b"<"


def check_characters(name: str, xml: bytes) -> None:
    """Refuses what two parsers would read differently, before any of them reads it."""
    encoding = _ENCODING.match(xml.removeprefix(_MARK).lstrip()[:200])
    if (
        xml.startswith((b"\xff\xfe", b"\xfe\xff"))
        or b"\x00" in xml
        or (encoding and encoding[1].upper() not in (b"UTF-8", b"UTF8", b"US-ASCII", b"ASCII"))
    ):
        raise Refusal(_UNREADABLE.format(name))
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refusal(_DTD.format(name))


def check_whole(name: str, xml: bytes) -> None:
    """Refuses what is not whole. Old drawings (VML) are no real XML in honest files either; nobody here reads them."""
    if not name.casefold().endswith(".vml"):
        _read(name, xml, expat.ParserCreate("UTF-8"))


def root_name(xml: bytes) -> str:
    """Local name of the first element, '' where there is none."""
    found: list[str] = []
    parser = expat.ParserCreate("UTF-8")

    def start(name: str, _: dict[str, str]) -> None:
        found.append(name.rpartition(":")[2])
        parser.StartElementHandler = None

    parser.StartElementHandler = start
    for place in range(0, len(xml), _PIECE):
        try:
            parser.Parse(xml[place : place + _PIECE], False)
        except expat.ExpatError:
            break
        if found:
            break
    return found[0] if found else ""


def elements(name: str, xml: bytes, wanted: frozenset[str] | None = None) -> list[Element]:
    """The elements with these local names, or all, in the order of their ends. Raises `Refusal` past the bounds."""
    reading = _Reading(name, wanted)
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    _read(name, xml, parser)
    return reading.found


def ambiguous(name: str) -> Refusal:
    """For a part that says the same thing twice."""
    return Refusal(_AMBIGUOUS.format(name))


class _Reading:
    """What is known while a part is read: the elements that are still open, and those that were asked for."""

    def __init__(self, part: str, wanted: frozenset[str] | None) -> None:
        self.part = part
        self.wanted = wanted
        self.open: list[tuple[str, dict[str, str], list[str]] | None] = []
        self.found: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if len(self.open) >= MAX_DEPTH or len(self.found) >= MAX_ELEMENTS:
            raise Refusal(_TOO_MUCH.format(self.part))
        if self.wanted is not None and local not in self.wanted:
            self.open.append(None)
            return
        own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if len(own) < len(attributes):  # two programs would take different ones
            raise ambiguous(self.part)
        self.open.append((local, own, []))

    def characters(self, text: str) -> None:
        if self.open and (element := self.open[-1]) is not None:
            element[2].append(text)

    def end(self, _: str) -> None:
        element = self.open.pop()
        if element is not None:
            local, attributes, texts = element
            self.found.append(Element(local, attributes, "".join(texts), len(self.open)))


def _read(name: str, xml: bytes, parser: expat.XMLParserType) -> None:
    def refuse(*_: object) -> NoReturn:
        raise Refusal(_DTD.format(name))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(xml.removeprefix(_MARK).lstrip() if xml else b"<x/>", True)
    except expat.ExpatError:
        raise Refusal(_BROKEN.format(name)) from None
