"""The result document (`sme-evaluation-result/1`): scorecards in print order, every score with its reason."""

from typing import Any

from evaluation.scoring.bundle import Bundle, parse_bundle
from evaluation.scoring.canonical import digest
from evaluation.scoring.engine import Plan
from evaluation.scoring.faults import Fault, bundle_faults
from evaluation.scoring.ranks import printed_order, ranks
from evaluation.scoring.scorecards import Writer

RESULT_FORMAT = "sme-evaluation-result/1"


class InvalidBundleError(ValueError):
    """The bundle has faults; `faults` holds all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def score_bundle(document: object) -> dict[str, Any]:
    """The result of a bundle; raises `InvalidBundleError` with every fault."""
    faults = bundle_faults(document)
    if faults or not isinstance(document, dict):
        raise InvalidBundleError(faults)
    bundle = parse_bundle(document)
    return {
        "format": RESULT_FORMAT,
        "bundle_sha256": digest(document),
        "year": bundle.year,
        "platform_type": bundle.platform_type,
        "system": {"code": bundle.system.code, "version": bundle.system.version},
        "not_ranked": [{"code": entry.code, "name": entry.name, "reason": entry.reason} for entry in bundle.not_ranked],
        "scorecards": scorecards(bundle),
    }


def scorecards(bundle: Bundle) -> list[dict[str, Any]]:
    """All scorecards in print order."""
    system, platforms = bundle.system, bundle.platforms
    plan = Plan(system)
    cells = [plan.cells(row, platform.targets) for platform, row in zip(platforms, bundle.rows, strict=True)]
    tallies = [plan.tally_of(row) for row in cells]
    places = ranks([tally.total for tally in tallies], system.tie_style)
    writer = Writer(system)
    order = printed_order(system, [platform.code for platform in platforms], tallies)
    return [writer.scorecard(platforms[i], places[i], tallies[i], cells[i]) for i in order]
