"""What the view of the quarter's completeness declares to the rest of the house, collected at start."""

from core.declared import Declared, MenuEntry, Permission
from core.permissions import is_auditor, is_bureau, is_city_platform, is_county

DECLARED = Declared(
    "evaluation.completeness",
    permissions=(
        Permission("evaluation.view_completeness", is_bureau | is_city_platform | is_county | is_auditor),
        Permission("evaluation.remind_platforms", is_bureau | is_city_platform | is_county),
    ),
    menu=(MenuEntry("quarter", 70, "完整性", "desk_completeness", "evaluation.view_completeness"),),
)
