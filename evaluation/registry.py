"""What the slices declare to the rest of the house, from the bottom up."""

from core.declared import Declared
from evaluation.bulletin import registry as bulletin
from evaluation.collection import registry as collection
from evaluation.completeness import registry as completeness
from evaluation.gathering import registry as gathering
from evaluation.intake import registry as intake
from evaluation.marking import registry as marking
from evaluation.ranking import registry as ranking
from evaluation.register import registry as register
from evaluation.summaries import registry as summaries
from evaluation.systems import registry as systems

SLICES: tuple[Declared, ...] = (
    systems.DECLARED,
    intake.DECLARED,
    collection.DECLARED,
    marking.DECLARED,
    register.DECLARED,
    gathering.DECLARED,
    summaries.DECLARED,
    completeness.DECLARED,
    ranking.DECLARED,
    bulletin.DECLARED,
)
