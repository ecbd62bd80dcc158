"""What the slices declare to the rest of the house, collected when Django starts."""

from evaluation.bulletin import registry as bulletin
from evaluation.ranking import registry as ranking

__all__ = ["bulletin", "ranking"]
