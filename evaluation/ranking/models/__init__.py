from evaluation.ranking.models.publication import Publication, PublicationFile, Standing
from evaluation.ranking.models.ranking import Ranking, Scorecard

__all__ = ["Publication", "PublicationFile", "Ranking", "Scorecard", "Standing"]
