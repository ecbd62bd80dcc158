"""The job handlers of every slice, where the worker looks for them."""

from evaluation.bulletin import tasks as bulletin
from evaluation.gathering import tasks as gathering
from evaluation.intake import tasks as intake
from evaluation.ranking import tasks as ranking

__all__ = ["bulletin", "gathering", "intake", "ranking"]
