"""The registry's pages on the desk."""

from platforms.admin.operators import MembershipAdmin, OperatorAdmin, OperatorTermAdmin, RecognitionAdmin
from platforms.admin.platforms import PlatformAdmin, RegionAdmin

__all__ = [
    "MembershipAdmin",
    "OperatorAdmin",
    "OperatorTermAdmin",
    "PlatformAdmin",
    "RecognitionAdmin",
    "RegionAdmin",
]
