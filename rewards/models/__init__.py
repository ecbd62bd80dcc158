"""Reward standards and the three consequences of a published ranking (细则 R5.1, R5.2)."""

from rewards.models.consequences import OperatorReplacement, Reward, YellowCard
from rewards.models.standard import RewardStandard, RewardTier

__all__ = ["OperatorReplacement", "Reward", "RewardStandard", "RewardTier", "YellowCard"]
