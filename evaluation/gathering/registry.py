"""What gathering the year's figures declares to the rest of the house, collected at start."""

from core.declared import Declared, JobKind, MenuEntry, Permission
from core.permissions import is_bureau, is_city_platform
from evaluation.gathering import tasks

DECLARED = Declared(
    "evaluation.gathering",
    permissions=(Permission("evaluation.gather_figures", is_bureau | is_city_platform),),
    jobs=(JobKind("evaluation.gather_figures", "归集年度数据", tasks.gather, "desk_batch", "batch", "desk_gather"),),
    menu=(MenuEntry("year", 40, "归集年度数据", "desk_gather", "evaluation.gather_figures"),),
)
