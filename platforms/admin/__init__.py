"""The registry's pages on the desk."""

from platforms.admin.accounts import AccountAdmin, MembershipAdmin
from platforms.admin.operators import OperatorAdmin, OperatorTermAdmin, RecognitionAdmin
from platforms.admin.platforms import PlatformAdmin, RegionAdmin

__all__ = [
    "AccountAdmin",
    "MembershipAdmin",
    "OperatorAdmin",
    "OperatorTermAdmin",
    "PlatformAdmin",
    "RecognitionAdmin",
    "RegionAdmin",
]
