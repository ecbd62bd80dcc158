"""The outline of the annual summary (细则 R4.3 附件2, proposed): which headings a summary should have. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Heading(NamedTuple):
    """One heading as the outline prints it. `level` 1 is 一、 level 2 is (一)."""

    level: int
    number: str
    title: str

    def __str__(self) -> str:
        return f"{self.number}{self.title}"


OUTLINE = (
    Heading(1, "一、", "平台基本情况"),
    Heading(1, "二、", "年度运营情况"),
    Heading(2, "(一)", "平台活跃度"),
    Heading(2, "(二)", "服务协同"),
    Heading(2, "(三)", "资源品牌聚集培育"),
    Heading(2, "(四)", "服务绩效"),
    Heading(1, "三、", "年度重点工作完成情况"),
    Heading(1, "四、", "典型服务案例"),
    Heading(1, "五、", "满意度调查与企业意见整改情况"),
    Heading(1, "六、", "存在的问题与不足"),
    Heading(1, "七、", "下一年度工作计划"),
    Heading(1, "八、", "对省、市平台和工信部门的意见建议"),
)

# A heading is a short line of its own; text that merely mentions the words is not one.
_LONGEST_EXTRA = 20
_DIGITS = "一二三四五六七八九十0-9"
_OPEN, _CLOSE = r"[(\uff08]", r"[)\uff09]"
_MARK = r"[、.:\uff0e\uff1a\s]*"
_NUMBER = re.compile(rf"^(第?[{_DIGITS}]+[章节部分]*{_MARK}|{_OPEN}[{_DIGITS}]+{_CLOSE}{_MARK})+")
_BETWEEN = re.compile(r"[\s,.:;()\uff0c\uff0e\uff1a\uff1b\uff08\uff09、。“”\"《》—-]+")


def missing_headings(paragraphs: Iterable[str]) -> list[str]:
    """The headings of the outline that no paragraph has, in its order and as it prints them. Numbering, spaces
    and punctuation do not count, and a heading may go on a little (`四、典型服务案例(2个)`)."""
    lines = [_bare(line) for line in paragraphs]
    return [str(heading) for heading in OUTLINE if not any(_is_heading(line, heading) for line in lines)]


def heading_level(paragraph: str) -> int | None:
    """1 or 2 for a paragraph that is one of the outline's headings, None for text."""
    line = _bare(paragraph)
    return next((heading.level for heading in OUTLINE if _is_heading(line, heading)), None)


def _is_heading(line: str, heading: Heading) -> bool:
    title = _bare(heading.title)
    return line.startswith(title) and len(line) <= len(title) + _LONGEST_EXTRA


def _bare(text: str) -> str:
    return _BETWEEN.sub("", _NUMBER.sub("", text.strip()))
