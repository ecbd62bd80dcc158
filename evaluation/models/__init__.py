"""Indicator systems, figures and their imports, rankings and scorecards, publications, bulletins, summaries."""

from evaluation.models.annual_summary import AnnualSummary
from evaluation.models.bulletin import Bulletin
from evaluation.models.figure import Figure, ImportBatch
from evaluation.models.indicator_system import IndicatorSystem
from evaluation.models.publication import Publication, PublicationFile, Standing
from evaluation.models.ranking import Ranking, Scorecard

__all__ = [
    "AnnualSummary",
    "Bulletin",
    "Figure",
    "ImportBatch",
    "IndicatorSystem",
    "Publication",
    "PublicationFile",
    "Ranking",
    "Scorecard",
    "Standing",
]
