"""What the assessors' marks declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Declared, MenuEntry, Permission, Sight
from evaluation.marking.models import AssessorMark
from evaluation.permissions import is_checked_by

DECLARED = Declared(
    "evaluation.marking",
    sights=(Sight(AssessorMark, seen_by=CITY_WIDE),),
    permissions=(Permission("evaluation.appoint_assessor", is_checked_by),),
    menu=(MenuEntry("year", 70, "评委评分", "desk_assessors", "evaluation.view_assessormark"),),
)
