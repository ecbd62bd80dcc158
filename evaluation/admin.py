"""The desk's records of every slice; each slice registers its own."""

from evaluation.bulletin import admin as bulletin
from evaluation.intake import admin as intake
from evaluation.ranking import admin as ranking
from evaluation.summaries import admin as summaries
from evaluation.systems import admin as systems

__all__ = ["bulletin", "intake", "ranking", "summaries", "systems"]
