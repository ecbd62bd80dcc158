"""What the dictionaries of a PDF may not say: actions, attachments, places outside. No Django here."""

import re
from collections.abc import Iterator

import pikepdf

_REPRINT = "请用“打印为PDF”重新生成后再上传"
EMBEDDED = "PDF内嵌了其他文件,请删除附件后再上传"
_MEDIA = f"PDF含有多媒体内容(音频、视频、三维模型或其动作),{_REPRINT}"
_ALONE = f"PDF含有打开或翻页时自动执行的动作(访问网络、打开其他文件等),{_REPRINT}"
_OUTSIDE = f"PDF引用了外部内容(其他文件或网络上的页面),{_REPRINT}"
_SHARE = f"PDF中的链接指向网络共享或其他文件,{_REPRINT},或删除这个链接"
_OTHER_LINK = f"PDF中的链接不是网页或邮箱地址,{_REPRINT},或删除这个链接"
_ACTIONS = {
    "/JavaScript": f"PDF含有JavaScript脚本,{_REPRINT}",
    "/Launch": f"PDF含有启动程序的动作,{_REPRINT}",
    "/SubmitForm": f"PDF含有提交表单的动作,{_REPRINT}",
    "/ImportData": f"PDF含有导入数据的动作,{_REPRINT}",
    "/GoToE": f"PDF含有打开附件的动作,{_REPRINT}",
    **dict.fromkeys(("/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/GoTo3DView"), _MEDIA),
}
# What a file may do without anybody clicking: turn to a place, show or hide layers, print as any print button does.
_HARMLESS_ALONE = frozenset(("/GoTo", "/Named", "/SetOCGState", "/Trans", "/Hide", "/Thread", "/GoToDp"))
_MEDIA_NOTES = frozenset(("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"))
_KEYS = {
    "/JS": _ACTIONS["/JavaScript"],
    "/JavaScript": _ACTIONS["/JavaScript"],
    "/XFA": f"PDF含有XFA动态表单,{_REPRINT}",
    "/EF": EMBEDDED,
    "/EmbeddedFiles": EMBEDDED,
    "/Collection": EMBEDDED,
    "/RichMediaContent": _MEDIA,
    "/RichMediaSettings": _MEDIA,
}
_MAX_CHAIN = 200
_LOCAL = re.compile(r"(?:file:/{0,3})?/?[A-Za-z][:|]/", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|ftp|mailto|tel|sms):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def dictionary_findings(item: pikepdf.Object) -> Iterator[str]:
    """Sentences for everything in one dictionary that a plain document does not need."""
    for key, message in _KEYS.items():
        if key in item:
            yield message
    kind = _name(item, "/S")
    if kind in _ACTIONS:
        yield _ACTIONS[kind]
    if kind == "/GoToR" and "/F" in item:
        yield from _file_findings(item["/F"])
    if kind == "/URI" and "/URI" in item:
        yield from link_findings(item["/URI"])
    subtype = _name(item, "/Subtype")
    if subtype == "/FileAttachment" or _name(item, "/Type") == "/EmbeddedFile":
        yield EMBEDDED
    if subtype in _MEDIA_NOTES:
        yield _MEDIA
    yield from _steps_alone(item)


def stream_findings(stream: pikepdf.Stream) -> Iterator[str]:
    """A stream whose bytes, or whose page, are to be fetched from another file."""
    if "/F" in stream.stream_dict or (
        _name(stream.stream_dict, "/Subtype") == "/Form" and "/Ref" in stream.stream_dict
    ):
        yield _OUTSIDE


def link_findings(link: pikepdf.Object) -> Iterator[str]:
    """A link that somebody has to click may lead to a page or an address."""
    place = _text(link)
    if place.startswith("//") or (place.casefold().startswith("file:") and not _LOCAL.match(place)):
        yield _SHARE
    elif _SCHEME.match(place) and not _WEB.match(place) and not _LOCAL.match(place):
        yield _OTHER_LINK


def _file_findings(file: pikepdf.Object) -> Iterator[str]:
    """Another document beside this one may be named; one on a share or in the network may not."""
    if not isinstance(file, pikepdf.Dictionary):
        places = [file]
    else:
        places = [file[key] for key in ("/F", "/UF", "/DOS", "/Unix", "/Mac") if key in file]
        if _name(file, "/FS") == "/URL":
            yield _SHARE
    for place in map(_text, places):
        if place.startswith("//") or (_SCHEME.match(place) and not _LOCAL.match(place)):
            yield _SHARE


def _steps_alone(item: pikepdf.Object) -> Iterator[str]:
    """What is done when the file or a page is opened, left, printed: the chain of actions behind these keys."""
    for step in (item.get("/OpenAction"), *_events(item.get("/AA"))):
        if isinstance(step, pikepdf.Dictionary):
            yield from _chain_findings(step)


def _events(events: pikepdf.Object | None) -> list[pikepdf.Object]:
    return list(events.values()) if isinstance(events, pikepdf.Dictionary) else []


def _chain_findings(first: pikepdf.Object) -> Iterator[str]:
    waiting, seen = [first], 0
    while waiting:
        step, seen = waiting.pop(), seen + 1
        if seen > _MAX_CHAIN:  # a chain that leads back to itself, or one that no honest program writes
            yield _ALONE
            return
        if isinstance(step, pikepdf.Array):
            waiting += list(step)
        elif isinstance(step, pikepdf.Dictionary):
            kind = _name(step, "/S")
            if kind not in _HARMLESS_ALONE and kind not in _ACTIONS:
                yield _ALONE
            if "/Next" in step:
                waiting.append(step["/Next"])


def _name(item: pikepdf.Object, key: str) -> str:
    value = item.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _text(value: pikepdf.Object) -> str:
    """A place as text, with the slashes of the web."""
    return str(value).strip().replace("\\", "/") if isinstance(value, pikepdf.String) else ""
