"""What taking files in declares to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Declared, JobKind, MenuEntry, Permission, Sight, Workflow, register_entry
from core.permissions import is_bureau, is_city_platform
from evaluation.intake import tasks
from evaluation.intake.choices import BatchStatus
from evaluation.intake.models import BATCH_TRANSITIONS, ImportBatch

DECLARED = Declared(
    "evaluation.intake",
    sights=(Sight(ImportBatch, seen_by=CITY_WIDE),),
    permissions=(
        Permission("evaluation.import_hub", is_bureau | is_city_platform),
        Permission("evaluation.import_figures", is_bureau | is_city_platform),
    ),
    workflows=(Workflow("导入批次", BATCH_TRANSITIONS, BatchStatus),),
    jobs=(
        JobKind(
            "evaluation.import_hub", "导入省枢纽运营数据", tasks.import_hub, "desk_batch", "batch", "desk_import_hub"
        ),
        JobKind(
            "evaluation.import_figures",
            "导入其他年度数据",
            tasks.import_figures,
            "desk_batch",
            "batch",
            "desk_import_figures",
        ),
    ),
    menu=(
        MenuEntry("quarter", 30, "导入省枢纽数据", "desk_import_hub", "evaluation.import_hub"),
        MenuEntry("quarter", 60, "导入批次", "desk_batches", "evaluation.view_importbatch"),
        MenuEntry("year", 30, "导入其他年度数据", "desk_import_figures", "evaluation.import_figures"),
        register_entry("records", 10, "全部导入批次", ImportBatch),
    ),
)
