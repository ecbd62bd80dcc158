"""The evaluation bundle of a year and type, put together from the registry and the files in force."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import Fault
from evaluation.intake.checks.annual import PERIODS, Reported, annual_value
from evaluation.intake.queries.annual_figures import YearBatches, annual_figures, year_batches
from evaluation.participation.checks import is_listed, not_ranked_reason
from evaluation.participation.queries import Participant, participants
from evaluation.scoring.bundle import BUNDLE_FORMAT
from evaluation.scoring.document import Document
from evaluation.scoring.faults import bundle_faults
from evaluation.scoring.system import Indicator
from evaluation.systems.checks.feeds import bare_system
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.queries import own_targets
from evaluation.wording import bundle_title

_PLACE = re.compile(r"\$\.(figures|platforms)\[([0-9]+)\]")


@dataclass(frozen=True)
class BundleDraft:
    """A bundle's document and what it does not say: the platforms' ids by code, and per ranked platform the JSON text
    of {indicator: [[batch id, row], …]}. `told_twice` names indicators that came in more than one way."""

    document: Document = field(repr=False)
    platform_ids: Mapping[str, int] = field(repr=False)
    sources: Mapping[str, str] = field(repr=False)
    told_twice: tuple[tuple[str, str], ...] = ()

    @property
    def faults(self) -> list[Fault]:
        """Everything that keeps the bundle from being scored, in words that name platform and indicator."""
        twice = [
            Fault(
                f"平台{code}的指标{indicator}有不止一种来源",
                expected="在省枢纽季度数据、其他年度数据和平台报送数据中只保留一种",
            )
            for code, indicator in self.told_twice
        ]
        return twice + [_named(fault.path, fault.message, self.document) for fault in bundle_faults(self.document)]


def bundle_draft(*, year: int, platform_type: str, system: IndicatorSystem, is_demo: bool) -> BundleDraft:
    """Who takes part, their own targets and what the files say of each; platforms by code, figures in system order."""
    listed = [p for p in participants(platform_type=platform_type) if is_listed(p.accepted_on, year)]
    reasons = {p.code: not_ranked_reason(p.accepted_on, year) for p in listed}
    ranked = [p for p in listed if not reasons[p.code]]
    indicators = system.rules.indicators
    batches = year_batches(year)
    reported = dict(annual_figures(batches=batches, platforms=[p.id for p in ranked], indicators=indicators))
    figures = list(_figures(ranked, indicators, reported))
    document = {
        "format": BUNDLE_FORMAT,
        "title": bundle_title(year, platform_type, is_demo=is_demo),
        "year": year,
        "platform_type": platform_type,
        "system": bare_system(system.definition),
        "platforms": _platforms(ranked, own_targets(system)),
        "not_ranked": [{"code": p.code, "name": p.name, "reason": reasons[p.code]} for p in listed if reasons[p.code]],
        "figures": figures,
    }
    return BundleDraft(
        document,
        platform_ids={p.code: p.id for p in listed},
        sources={p.code: sources_text(batches, reported.get(p.id, {})) for p in ranked},
        told_twice=tuple(
            (p.code, code) for p in ranked for code, told in reported.get(p.id, {}).items() if told.is_told_twice
        ),
    )


def sources_text(batches: YearBatches, reported: Mapping[str, Reported]) -> str:
    """{indicator: [[batch id, row], …]} as JSON text. The indicators of one hub row share one list, written once."""
    written: dict[tuple[int | None, ...], str] = {}
    entries = []
    for code, told in reported.items():
        places = written.get(told.rows)
        if places is None:
            pairs = [f"[{batches.by_period[p]},{told.rows[p]}]" for p in PERIODS if told.rows[p] is not None]
            places = written[told.rows] = f"[{','.join(pairs)}]"
        entries.append(f"{json.dumps(code)}:{places}")
    return "{" + ",".join(entries) + "}"


def _platforms(ranked: Sequence[Participant], targets: Mapping[int, Mapping[str, str]]) -> list[Document]:
    """`targets` stands only where a platform has any."""
    named = [(p, {"code": p.code, "name": p.name}) for p in ranked]
    return [{**entry, "targets": targets[p.id]} if p.id in targets else entry for p, entry in named]


def _figures(
    ranked: Sequence[Participant], indicators: Sequence[Indicator], reported: Mapping[int, Mapping[str, Reported]]
) -> Iterator[Document]:
    for platform in ranked:
        told = reported.get(platform.id, {})
        for indicator in indicators:
            if indicator.code in told:
                figure = annual_value(told[indicator.code])
                yield {"platform": platform.code, "indicator": indicator.code, **figure}


def _named(path: str, message: str, document: Document) -> Fault:
    """`$.figures[17].value: …` → the platform and the indicator that it is about."""
    place = _PLACE.match(path)
    if place is None:
        return Fault(f"{path}: {message}")
    entry = document[place[1]][int(place[2])]
    name = f"平台{entry['platform']}的指标{entry['indicator']}" if place[1] == "figures" else f"平台{entry['code']}"
    return Fault(f"{name}:{message}")
