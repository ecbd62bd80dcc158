"""How x becomes points. One kind is one file; this is the only list of them."""

from collections.abc import Mapping

from evaluation.scoring.document import Document
from evaluation.scoring.rules.base import Parameter, Rule, Scoring, Wording
from evaluation.scoring.rules.deduct import Deduct
from evaluation.scoring.rules.direct import Direct
from evaluation.scoring.rules.linear import Linear
from evaluation.scoring.rules.per_unit import PerUnit
from evaluation.scoring.rules.ramp import Ramp
from evaluation.scoring.rules.slope import Slope

__all__ = ["NEW_RULE", "RULES", "WITH_TARGET", "Parameter", "Rule", "Scoring", "Wording", "parse_rule"]

RULES: Mapping[str, type[Rule]] = {
    kind.kind: kind
    for kind in (
        Linear,
        PerUnit,
        Ramp,
        Slope,
        Deduct,
        Direct,
    )
}
NEW_RULE: type[Rule] = Linear
"""What a new key task has."""
WITH_TARGET = "、".join(kind for kind, rule in RULES.items() if rule.takes_target)
"""The kinds of rule that a platform's own target can go with, for messages."""


def parse_rule(document: Document) -> Rule:
    """From a sound document."""
    return RULES[document["kind"]].parse(document)
