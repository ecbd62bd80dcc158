"""The addresses of all slices, by audience. Those of citizens, links and downloads never change their meaning; those of
the desk are mounted before the admin site's own."""

from evaluation.bulletin import urls as bulletin
from evaluation.collection import urls as collection
from evaluation.completeness import urls as completeness
from evaluation.gathering import urls as gathering
from evaluation.home import urls as home
from evaluation.intake import urls as intake
from evaluation.marking import urls as marking
from evaluation.progress import urls as progress
from evaluation.ranking import urls as ranking
from evaluation.register import urls as register
from evaluation.summaries import urls as summaries
from evaluation.systems import urls as systems

PUBLIC = [*home.PUBLIC, *ranking.PUBLIC, *bulletin.PUBLIC, *systems.PUBLIC]
DESK = [
    *intake.DESK,
    *collection.DESK,
    *gathering.DESK,
    *marking.DESK,
    *systems.DESK,
    *progress.DESK,
    *ranking.DESK,
    *completeness.DESK,
    *summaries.DESK,
    *register.DESK,
    *bulletin.DESK,
]
WORKSPACE = [*home.WORKSPACE, *summaries.WORKSPACE, *collection.WORKSPACE, *register.WORKSPACE]
