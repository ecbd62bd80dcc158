"""Which characters the bytes of a CSV file are: one encoding for the whole file, or a refusal; never a guess."""

import re

from core.errors import Fault, Refusal

MAX_BYTES = 20 * 1024 * 1024
_BINARY = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"MZ", b"\x7fELF"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf"),
)
_SAVE = "用Excel或WPS打开核对,另存为“CSV UTF-8(逗号分隔)”后再上传"
_FOREIGN = re.compile(rb"[\x80-\xff]")
_HALF = 0.5
_CHINESE = "\u2e80"  # from here on: ideographs and the punctuation of Chinese


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises `Refusal`."""
    _check_kind(content)
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixture(content)
    try:
        return content.decode("gb18030"), "GB18030"
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise Refusal([Fault("无法识别这一行的文件编码,既不是UTF-8,也不是GBK", expected=_SAVE, row=row)]) from None


def _check_kind(content: bytes) -> None:
    if not content.strip():
        raise Refusal("文件是空的,请检查后重新上传")
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB")
    if content.startswith(_BINARY):
        raise Refusal("这不是CSV文本文件,请用Excel或WPS打开后另存为“CSV UTF-8(逗号分隔)”再上传")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[1:200:2].count(b"\x00") > 20:
        raise Refusal("文件是UTF-16编码(“Unicode文本”);请另存为“CSV UTF-8(逗号分隔)”后再上传")
    if b"\x00" in content:
        raise Refusal([Fault("含有空字符(NUL),文件已损坏", row=content[: content.index(b"\x00")].count(b"\n") + 1)])


def _refuse_mixture(content: bytes) -> None:
    """Two files of different encodings, put one under the other, would be decoded as GB18030 without a word: the rows
    in UTF-8 become other names. The row where the second encoding begins is named."""
    unicode_row = other_row = 0
    for number, line in enumerate(content.split(b"\n"), 1):
        if not _FOREIGN.search(line):
            continue
        found = _as_utf8(line)
        if found is None:
            other_row = other_row or number
        elif not unicode_row and _is_chinese_utf8(line, found):
            unicode_row = number
        if unicode_row and other_row:
            first, second = sorted((unicode_row, other_row))
            kinds = ("UTF-8", "GBK") if first == unicode_row else ("GBK", "UTF-8")
            message = f"编码与前面不同(第{first}行是{kinds[0]},这一行是{kinds[1]}),文字会变成乱码"
            raise Refusal([Fault(message, expected=f"整个文件一种编码;请{_SAVE}", row=second)])


def _as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_chinese_utf8(line: bytes, text: str) -> bool:
    """A line of GBK may happen to be valid UTF-8. Which of the two it is shows in its characters: read rightly they are
    the common ones, read wrongly they are not."""
    if max(text) < _CHINESE:
        return False
    try:
        as_gbk = _commonness(line.decode("gb18030"))
    except UnicodeDecodeError:
        return True
    return as_gbk < _HALF <= _commonness(text)


def _commonness(text: str) -> float:
    """The share of the 3,755 common ideographs (first level of GB 2312) among the characters beyond ASCII."""
    foreign = [character for character in text if character > "\x7f"]
    common = sum(1 for character in foreign if b"\xb0" <= character.encode("gb2312", "replace")[:1] <= b"\xd7")
    return common / len(foreign)
