"""The result document (`sme-evaluation-result/1`): scorecards in print order, every score with its reason."""

from evaluation.scoring.bundle import parse_bundle
from evaluation.scoring.canonical import digest
from evaluation.scoring.document import Document
from evaluation.scoring.faults import Fault, bundle_faults
from evaluation.scoring.ranking import scorecards

RESULT_FORMAT = "sme-evaluation-result/1"


class InvalidBundleError(ValueError):
    """The bundle has faults; `faults` holds all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def score_bundle(document: object) -> Document:
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
        "scorecards": scorecards(bundle.system, bundle.platforms, bundle.rows),
    }
