"""A package as the office programs see it: which part is of which content type and which relation leads to it. Judged
by the lists of `kinds`; the names of parts mean nothing here."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from core.errors import Refusal
from core.files.office import kinds
from core.files.office.markup import Element, ambiguous, elements, root_name

CONTENT_TYPES = "[Content_Types].xml"
UNSAFE_NAME = "文件内部含有不安全的部件名称,不是正常的办公文件"
_OUTSIDE = "文件引用了外部内容(外部链接或外部图片),请断开链接后再上传"
_TEMPLATE_OUTSIDE = (
    "文件引用了外部内容(网络上的模板),请在“开发工具-文档模板”中改用Normal,或把内容复制到新建的Word文档后再上传"
)
_LINK_OUTSIDE = (
    "文件中的超链接“{target}”指向网络共享或会启动程序,只能链接到网页(http、https)或邮箱;请删除这个超链接后再上传"
)
_UNKNOWN_RELATION = "文件部件“{part}”中有这里不认识的内容({kind}),不予接收;请把内容复制到新建的{name}后再上传"
_UNKNOWN_TYPE = "文件部件“{part}”的类型这里不认识({kind}),不予接收;请把内容复制到新建的{name}后再上传"
# What a document made from a template, or from pasted text, remembers of the machine it was made on. It leads nowhere.
_LOCAL_FILE = re.compile(r"(?:file:(?:///)?)?[A-Za-z]:[\\/]", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|ftp|mailto|tel|sms):|#", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAY_BE_LOCAL = ("image", "attachedtemplate")
# Parts that are bytes to everybody, whatever type they are given; a picture of an odd type is still a picture.
_BYTES = frozenset(("image", "thumbnail", "hdphoto", "font", "printersettings", "own", "workbookmetadata"))
_CHART = ("chartSpace",)


class Relation(NamedTuple):
    """One relation: the part that has it, its type as written, its last word ('' if unknown), where it leads, whether
    that is outside the package."""

    source: str
    kind: str
    name: str
    target: str
    outside: bool
    key: str


def relations_of(parts: Mapping[str, bytes], source: str) -> list[Relation]:
    """The relations of one part, '' for those of the package itself."""
    folder, _, leaf = source.rpartition("/")
    wanted = f"{folder}/_rels/{leaf}.rels".lstrip("/").casefold()
    return [
        found for name, xml in parts.items() if name.casefold() == wanted for found in _relations(source, name, xml)
    ]


def judge(parts: Mapping[str, bytes], names: frozenset[str], *, name: str, ending: str) -> set[str]:
    """Refuses a package with anything that is dangerous or unknown; gives the parts that hold the numbers of charts.
    `parts` are its XML, `names` all its parts; `name` and `ending` are how messages speak of the file."""
    types = _types(parts)
    words = {"name": name, "ending": ending}
    workbooks, reached = set(), dict[str, str]()
    for relation in _all_relations(parts):
        if relation.name == "package" and root_name(parts.get(relation.source, b"")) in _CHART:
            workbooks.add(relation.target)
        elif not relation.outside:
            _judge_relation(relation, words)
            reached.setdefault(relation.target.casefold(), relation.name)
        elif _leads_outside(relation):
            raise Refusal(_TEMPLATE_OUTSIDE if relation.name == "attachedtemplate" else _OUTSIDE)
    for part in names - workbooks:
        if part.casefold() != CONTENT_TYPES.casefold():
            _judge_type(part, types.of(part), reached.get(part.casefold(), ""), words)
    for xml in parts.values():
        if message := kinds.dangerous_root(root_name(xml)):
            raise Refusal(message.format(**words))
    return workbooks


def main_part(parts: Mapping[str, bytes]) -> str:
    """The part that the package itself calls its document; '' without one, or with two."""
    found = {relation.target for relation in relations_of(parts, "") if relation.name == "officedocument"}
    (target,) = found if len(found) == 1 else ("",)
    return next((name for name in parts if name.casefold() == target.casefold()), "")


def _all_relations(parts: Mapping[str, bytes]) -> Iterator[Relation]:
    for name, xml in parts.items():
        if name.casefold().endswith(".rels"):
            folder, _, leaf = name.rpartition("/")
            yield from _relations(f"{folder[: -len('_rels')]}{leaf[: -len('.rels')]}".lstrip("/"), name, xml)


def _relations(source: str, name: str, xml: bytes) -> Iterator[Relation]:
    found = elements(name, xml, frozenset({"Relationship"}))
    if len({element.attributes.get("Id") for element in found}) < len(found):
        raise ambiguous(name)
    for element in found:
        given = element.attributes
        kind, target = given.get("Type", "").strip(), given.get("Target", "").strip()
        outside = given.get("TargetMode", "").strip().casefold() == "external"
        word = "package" if kind.casefold().endswith("/relationships/package") else kinds.relation_name(kind)
        place = target if outside else _resolved(source, target)
        yield Relation(source, kind, word, place, outside, given.get("Id", ""))


def _resolved(source: str, target: str) -> str:
    """The name of the part that a target means; one that leaves the package is refused."""
    place = unquote(target).replace("\\", "/").partition("#")[0]
    if _OTHER_SCHEME.match(place) or place.startswith("//"):
        raise Refusal(_OUTSIDE)
    found = [] if place.startswith("/") else source.split("/")[:-1]
    for step in place.split("/"):
        if step == "..":
            if not found:
                raise Refusal(UNSAFE_NAME)
            found.pop()
        elif step not in ("", "."):
            found.append(step)
    return "/".join(found)


def _judge_relation(relation: Relation, words: dict[str, str]) -> None:
    if message := kinds.dangerous(relation.kind):
        raise Refusal(message.format(**words))
    if not relation.name:
        part = relation.source or "文件本身"
        raise Refusal(_UNKNOWN_RELATION.format(part=part, kind=relation.kind[-80:], **words))


def _judge_type(part: str, kind: str, reached_as: str, words: dict[str, str]) -> None:
    """A part that no relation reaches is dead weight, unless its type is one of the dangerous ones."""
    if message := kinds.dangerous(kind):
        raise Refusal(message.format(**words))
    if kind and reached_as and reached_as not in _BYTES and not kinds.is_known_type(kind):
        raise Refusal(_UNKNOWN_TYPE.format(part=part, kind=kind[-80:], **words))


def _leads_outside(relation: Relation) -> bool:
    """A link that somebody has to click may lead to a page or an address; nothing else leaves the file."""
    if relation.name == "hyperlink":
        if _is_harmless_link(relation.target):
            return False
        raise Refusal(_LINK_OUTSIDE.format(target=relation.target[:60]))
    return not (relation.name in _MAY_BE_LOCAL and _LOCAL_FILE.match(relation.target))


def _is_harmless_link(target: str) -> bool:
    place = unquote(target).strip()
    if place.replace("\\", "/").startswith("//"):
        return False
    return bool(_WEB.match(place) or _LOCAL_FILE.match(place)) or not _OTHER_SCHEME.match(place)


class _Types(NamedTuple):
    by_part: dict[str, str]
    by_ending: dict[str, str]

    def of(self, part: str) -> str:
        own = self.by_part.get(part.casefold())
        return self.by_ending.get(part.rpartition(".")[2].casefold(), "") if own is None else own


def _types(parts: Mapping[str, bytes]) -> _Types:
    by_part, by_ending = dict[str, str](), dict[str, str]()
    xml = next((xml for name, xml in parts.items() if name.casefold() == CONTENT_TYPES.casefold()), b"")
    for element in elements(CONTENT_TYPES, xml, frozenset({"Default", "Override"})):
        kind = _type_of(element)
        if element.name == "Override":
            by_part[unquote(element.attributes.get("PartName", "")).lstrip("/").casefold()] = kind
        else:
            by_ending[element.attributes.get("Extension", "").casefold()] = kind
    return _Types(by_part, by_ending)


def _type_of(element: Element) -> str:
    return element.attributes.get("ContentType", "").partition(";")[0].strip()
