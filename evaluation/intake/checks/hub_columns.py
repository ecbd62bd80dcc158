"""The columns of the provincial platform's workbook and the indicators they feed. Names of columns only; rows and
values are checked in `hub_sheet`."""

import re
import unicodedata
from dataclasses import dataclass

_UNIT = re.compile(r"\([^()]*\)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class HubColumn:
    """One column of figures. `indicator` is None for the denominator's partner that has no score of its own;
    `is_year_to_date`: the value already contains the earlier quarters, so the year takes the last one."""

    heading: str
    indicator: str | None
    is_year_to_date: bool = False


@dataclass(frozen=True)
class HubRatio:
    """An indicator made of two columns: numerator ÷ denominator, by heading."""

    indicator: str
    numerator: str
    denominator: str


SERIAL, CODE, NAME, TYPE = "序号", "平台编码", "平台名称", "平台类型"
IDENTITY = (CODE, NAME, TYPE)
SERVED_ENTERPRISES = "served_enterprises"
PUBLISHED_NEEDS, SETTLED_NEEDS = "企业需求发布", "已办结需求"

HUB_COLUMNS = (
    HubColumn("政策信息发布", "A11"),
    HubColumn("政策解读", "A12"),
    HubColumn("原创新闻", "A13"),
    HubColumn(PUBLISHED_NEEDS, "A14"),
    HubColumn(SETTLED_NEEDS, None),
    HubColumn("服务企业", "A16"),
    HubColumn("本年累计服务企业", SERVED_ENTERPRISES, is_year_to_date=True),
    HubColumn("在线服务", "A20"),
    HubColumn("承办服务活动", "B12"),
    HubColumn("新增入驻机构", "C11"),
    HubColumn("新增服务项目", "C12"),
    HubColumn("进企服务", "K1"),
    HubColumn("培训人次", "K6"),
)
SETTLED_RATIO = HubRatio("A15", SETTLED_NEEDS, PUBLISHED_NEEDS)

HEADINGS = tuple(column.heading for column in HUB_COLUMNS)
POSITION = {heading: position for position, heading in enumerate(HEADINGS)}
INDICATORS = tuple(column.indicator or SETTLED_RATIO.indicator for column in HUB_COLUMNS)
"""Which indicator each column's place in the stored figures belongs to; the numerator's place holds the ratio."""
YEAR_TO_DATE = frozenset(column.indicator for column in HUB_COLUMNS if column.is_year_to_date)


def plain_heading(text: str) -> str:
    """A heading as it is compared: plain characters, no space or line break, no unit in brackets."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    return _UNIT.sub("", plain)
