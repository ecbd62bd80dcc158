"""The registry: regions, platforms of five kinds, operators and their terms, recognition, memberships; enterprises,
what they were recognised as and which platform served them; guidance to platforms."""

from platforms.models.enterprise import Enterprise, EnterpriseRecognition, RecognitionList
from platforms.models.guidance import Guidance
from platforms.models.membership import Membership
from platforms.models.operator import Operator, OperatorTerm
from platforms.models.platform import Platform
from platforms.models.recognition import Recognition
from platforms.models.region import Region
from platforms.models.service import ServiceList, ServiceRecord

__all__ = [
    "Enterprise",
    "EnterpriseRecognition",
    "Guidance",
    "Membership",
    "Operator",
    "OperatorTerm",
    "Platform",
    "Recognition",
    "RecognitionList",
    "Region",
    "ServiceList",
    "ServiceRecord",
]
