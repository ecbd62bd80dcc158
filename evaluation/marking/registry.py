"""What the assessors' marks declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Declared, MenuEntry, Sight
from evaluation.marking.models import AssessorMark

DECLARED = Declared(
    "evaluation.marking",
    sights=(Sight(AssessorMark, seen_by=CITY_WIDE),),
    menu=(MenuEntry("year", 70, "评委评分", "desk_assessors", "evaluation.view_assessormark"),),
)
