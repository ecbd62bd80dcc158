"""Registry tables in and out, with their Chinese column names. Checks every cell; writes of more than the row's own
model are handed in by the action."""

from platforms.resources.faults import result_faults
from platforms.resources.platform import PlatformResource, Registration
from platforms.resources.region import RegionResource
from platforms.resources.registers import OperatorResource, OperatorTermResource, RecognitionResource

__all__ = [
    "OperatorResource",
    "OperatorTermResource",
    "PlatformResource",
    "RecognitionResource",
    "RegionResource",
    "Registration",
    "result_faults",
]
