"""Indicator systems, figures and their imports, submissions, assessors' marks, rankings and scorecards, publications,
bulletins, summaries."""

from evaluation.bulletin.models import Bulletin
from evaluation.collection.models import Evidence, ReportingPeriod, Submission, SubmissionReceipt, SubmittedFigure
from evaluation.intake.models import Figure, ImportBatch
from evaluation.marking.models import AssessorAppointment, AssessorMark
from evaluation.ranking.models import Publication, PublicationFile, Ranking, Scorecard, Standing
from evaluation.summaries.models import AnnualSummary
from evaluation.systems.models import IndicatorSystem, KeyTask, PlatformTarget

__all__ = [
    "AnnualSummary",
    "AssessorAppointment",
    "AssessorMark",
    "Bulletin",
    "Evidence",
    "Figure",
    "ImportBatch",
    "IndicatorSystem",
    "KeyTask",
    "PlatformTarget",
    "Publication",
    "PublicationFile",
    "Ranking",
    "ReportingPeriod",
    "Scorecard",
    "Standing",
    "Submission",
    "SubmissionReceipt",
    "SubmittedFigure",
]
