"""Faults of what a system says beside its rules: `feed`, what fills an indicator, and `print`, what a bulletin names.
Pure; which recognitions there are is handed in. What has no sound indicator around it is left to the core's checks."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from evaluation.scoring.document import Document
from evaluation.scoring.feeds import BY_SOURCE, COVERAGE, HUB, REGISTER
from evaluation.scoring.measures import Measure, parse_measure
from evaluation.systems.checks.hub_columns import HEADING_OF, SHARES, YEAR_TO_DATE

_LISTS = {HUB: "columns", REGISTER: "recognitions"}
_COLUMNS = "、".join(f"{key}({heading})" for key, heading in HEADING_OF.items() if key not in YEAR_TO_DATE)
_PRINT_LISTS = ("summary", "totals")


class FeedFault(NamedTuple):
    """`path` is below `$`; `expected` says what to write."""

    path: str
    message: str
    expected: str


def bare_system(definition: Document) -> dict[str, object]:
    """The system as it stands in a /1 bundle, whose keys are fixed: without `feed` and `print`."""
    sections = [
        {
            **section,
            "categories": [
                {**category, "indicators": [_without(indicator, "feed") for indicator in category["indicators"]]}
                for category in section["categories"]
            ],
        }
        for section in definition["sections"]
    ]
    return {**_without(definition, "print"), "sections": sections}


def feed_faults(definition: Document, recognitions: Collection[str]) -> list[FeedFault]:
    """Of a system that is sound otherwise."""
    found = list(_print_faults(definition))
    for s, section in enumerate(definition["sections"]):
        for c, category in enumerate(section["categories"]):
            for i, indicator in enumerate(category["indicators"]):
                path = f"$.sections[{s}].categories[{c}].indicators[{i}].feed"
                found += _Feed(path, indicator, recognitions).faults()
    return found


class _Feed:
    """One indicator's feed under inspection."""

    def __init__(self, path: str, indicator: Document, recognitions: Collection[str]) -> None:
        self.path, self.indicator, self.recognitions = path, indicator, recognitions
        self.measure: Measure = parse_measure(indicator["measure"])

    def faults(self) -> Iterator[FeedFault]:
        if self.indicator["code"] in HEADING_OF:
            yield FeedFault(self.path.replace(".feed", ".code"), "是省枢纽数据列的代号", "另取一个指标编码")
        feed, kinds = self.indicator.get("feed"), BY_SOURCE[self.indicator["source"]]
        if feed is None and kinds[0] == HUB:
            yield self._fault("", f"指标{self.indicator['code']}来自省枢纽平台,缺少 feed", self._hub_wanted())
        elif feed is not None and not isinstance(feed, dict):
            yield self._fault("", "不是对象", '形如 {"kind": "platform"} 的对象')
        elif feed is not None and feed.get("kind") not in kinds:
            wanted = f"数据来源 {self.indicator['source']} 的指标可用 {'、'.join(kinds)}"
            yield self._fault(".kind", f"是“{feed['kind']}”" if "kind" in feed else "缺少这个键", wanted)
        elif feed is not None:
            yield from self._of_kind(feed)

    def _of_kind(self, feed: Document) -> Iterator[FeedFault]:
        """Of a kind that the source allows: its keys, then what they say."""
        kind: str = feed["kind"]
        keys = ["kind", *([_LISTS[kind]] if kind in _LISTS else [])]
        yield from (self._fault(f".{key}", "未知的键", f"只有 {'、'.join(keys)}") for key in feed if key not in keys)
        if kind in _LISTS and not _is_list_of_texts(feed.get(_LISTS[kind])):
            wanted = self._hub_wanted() if kind == HUB else self._kinds_wanted()
            yield self._fault(f".{_LISTS[kind]}", "不是编码的数组", wanted)
        elif kind == HUB:
            yield from self._columns(tuple(feed["columns"]))
        elif kind == REGISTER:
            yield from self._kinds(feed["recognitions"])
        elif kind == COVERAGE and not self.measure.is_share:
            yield self._fault("", f"覆盖率不能用“{self.measure.name}”计量", "按百分比计的指标")

    def _columns(self, columns: tuple[str, ...]) -> Iterator[FeedFault]:
        unknown = [key for key in columns if key not in HEADING_OF]
        if unknown:
            yield self._fault(".columns", f"省枢纽数据表没有 {'、'.join(unknown)} 这一列", _COLUMNS)
        elif YEAR_TO_DATE.intersection(columns):
            yield self._fault(".columns", f"{'、'.join(columns)}已含以前各季度,按季度相加会重复计算", _COLUMNS)
        elif not self.measure.hub_parts:
            yield self._fault("", f"省枢纽数据表的列不能用“{self.measure.name}”计量", "按数量或按百分比计的指标")
        elif len(columns) != len(self.measure.hub_parts) or (len(columns) > 1 and columns not in SHARES):
            yield self._fault(".columns", f"{'、'.join(columns)}不能组成本指标的数据", self._hub_wanted())

    def _kinds(self, kinds: Collection[str]) -> Iterator[FeedFault]:
        unknown = [kind for kind in kinds if kind not in self.recognitions]
        if unknown or not kinds:
            yield self._fault(".recognitions", f"未知的认定类别 {'、'.join(unknown)}", self._kinds_wanted())
        elif self.measure.countable(kinds) != frozenset(kinds):
            wanted = "按数量计的指标,或项目编码就是认定类别的按权数折算的指标"
            yield self._fault(".recognitions", "本指标的计量方式不能统计这些认定", wanted)

    def _hub_wanted(self) -> str:
        parts = len(self.measure.hub_parts)
        pairs = "或".join(f"[{part}, {whole}]" for part, whole in sorted(SHARES))
        columns = f"columns 依次为分子、分母两列,如{pairs}" if parts > 1 else f"columns 为其中一列:{_COLUMNS}"
        return f'形如 {{"kind": "hub", "columns": [……]}} 的 feed,{columns}'

    def _kinds_wanted(self) -> str:
        return "、".join(sorted(self.recognitions))

    def _fault(self, place: str, message: str, expected: str) -> FeedFault:
        return FeedFault(self.path + place, message, expected)


def _print_faults(definition: Document) -> Iterator[FeedFault]:
    printed = definition.get("print")
    if printed is None:
        return
    bulletin = printed.get("bulletin") if isinstance(printed, dict) else None
    if not isinstance(bulletin, dict) or printed.keys() != {"bulletin"}:
        yield FeedFault(
            "$.print", "内容不合要求", '形如 {"bulletin": {"headline": "编码", "summary": [], "totals": []}}'
        )
        return
    for key in bulletin.keys() - {"headline", *_PRINT_LISTS}:
        yield FeedFault(f"$.print.bulletin.{key}", "未知的键", "只有 headline、summary、totals")
    codes = _quarterly_codes(definition)
    wanted = f"本体系中来自省枢纽平台、按季统计的指标编码:{'、'.join(codes)}"
    if "headline" in bulletin and bulletin["headline"] not in codes:
        yield FeedFault("$.print.bulletin.headline", f"是“{bulletin['headline']}”", wanted)
    for key in _PRINT_LISTS:
        listed = bulletin.get(key, [])
        if not _is_list_of_texts(listed) or not set(listed) <= set(codes) or len(set(listed)) != len(listed):
            yield FeedFault(f"$.print.bulletin.{key}", "有重复或不能印发的编码", wanted)


def _quarterly_codes(definition: Document) -> list[str]:
    return [
        indicator["code"]
        for section in definition["sections"]
        for category in section["categories"]
        for indicator in category["indicators"]
        if BY_SOURCE[indicator["source"]][0] == HUB and indicator.get("quarterly")
    ]


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _without(document: Document, key: str) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != key}
