"""What gathering the year's figures declares to the rest of the house, collected at start."""

from core.declared import Declared, JobKind, MenuEntry
from evaluation.gathering import tasks

DECLARED = Declared(
    "evaluation.gathering",
    jobs=(JobKind("evaluation.gather_figures", "归集年度数据", tasks.gather, "desk_batch", "batch", "desk_gather"),),
    menu=(MenuEntry("year", 40, "归集年度数据", "desk_gather", "evaluation.gather_figures"),),
)
