"""What follows from a published ranking (细则 R5.1, R5.2), as pure functions: frozen facts in, findings with their rule
path out. Standard library only; no Django, no clock, no float. A finding is a proposal; a person decides."""

from rewards.consequences.facts import Operator, Place, PublishedRanking, Tier, latest_editions, points_text
from rewards.consequences.findings import Finding, Step
from rewards.consequences.operator_replacements import propose_operator_replacements
from rewards.consequences.rewards import RewardDistance, RewardFinding, distance_to_reward, propose_rewards
from rewards.consequences.weakest import WeakIndicator, weakest_indicators
from rewards.consequences.yellow_cards import propose_yellow_cards

__all__ = [
    "Finding",
    "Operator",
    "Place",
    "PublishedRanking",
    "RewardDistance",
    "RewardFinding",
    "Step",
    "Tier",
    "WeakIndicator",
    "distance_to_reward",
    "latest_editions",
    "points_text",
    "propose_operator_replacements",
    "propose_rewards",
    "propose_yellow_cards",
    "weakest_indicators",
]
