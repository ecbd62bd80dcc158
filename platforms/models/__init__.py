"""The registry: regions, platforms of five kinds, operators and their terms, recognition, memberships."""

from platforms.models.membership import Membership
from platforms.models.operator import Operator, OperatorTerm
from platforms.models.platform import Platform
from platforms.models.recognition import Recognition
from platforms.models.region import Region

__all__ = ["Membership", "Operator", "OperatorTerm", "Platform", "Recognition", "Region"]
