"""The columns of the provincial platform's workbook: their headings, and the keys by which systems name them and
figures are stored. Which indicators they feed stands in each system. Rows and values are checked where files come in.
"""

import re
from typing import NamedTuple

from core.characters import folded

_UNIT = re.compile(r"\([^()]*\)")


class HubColumn(NamedTuple):
    """One column of figures. `is_year_to_date`: the value already contains the earlier quarters; it says nothing when
    quarters are added, and so feeds no indicator."""

    heading: str
    key: str
    is_year_to_date: bool = False


class HubShare(NamedTuple):
    """Two columns of which one is a part of the other, by heading: stored together under the part's key."""

    part: str
    whole: str


SERIAL, CODE, NAME, TYPE = "序号", "平台编码", "平台名称", "平台类型"
IDENTITY = (CODE, NAME, TYPE)
SERVED_ENTERPRISES = "served_enterprises"
PUBLISHED_NEEDS, SETTLED_NEEDS = "企业需求发布", "已办结需求"

HUB_COLUMNS = (
    HubColumn("政策信息发布", "policy_posts"),
    HubColumn("政策解读", "policy_readings"),
    HubColumn("原创新闻", "original_news"),
    HubColumn(PUBLISHED_NEEDS, "published_needs"),
    HubColumn(SETTLED_NEEDS, "settled_needs"),
    HubColumn("服务企业", "served_visits"),
    HubColumn("本年累计服务企业", SERVED_ENTERPRISES, is_year_to_date=True),
    HubColumn("在线服务", "online_services"),
    HubColumn("承办服务活动", "service_events"),
    HubColumn("新增入驻机构", "new_institutions"),
    HubColumn("新增服务项目", "new_products"),
    HubColumn("进企服务", "site_visits"),
    HubColumn("培训人次", "trained_people"),
)
SETTLED_SHARE = HubShare(SETTLED_NEEDS, PUBLISHED_NEEDS)

HEADINGS = tuple(column.heading for column in HUB_COLUMNS)
POSITION = {heading: position for position, heading in enumerate(HEADINGS)}
KEYS = tuple(column.key for column in HUB_COLUMNS)
HEADING_OF = {column.key: column.heading for column in HUB_COLUMNS}
SHARES = frozenset({(KEYS[POSITION[SETTLED_SHARE.part]], KEYS[POSITION[SETTLED_SHARE.whole]])})
"""Pairs of keys that a share can be made of: part, whole."""
YEAR_TO_DATE = frozenset(column.key for column in HUB_COLUMNS if column.is_year_to_date)


def plain_heading(text: str) -> str:
    """A heading as it is compared: plain characters, no space or line break, no unit in brackets."""
    return _UNIT.sub("", folded(text))
