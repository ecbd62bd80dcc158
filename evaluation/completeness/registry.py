"""What the view of the quarter's completeness declares to the rest of the house, collected at start."""

from core.declared import Declared, MenuEntry

DECLARED = Declared(
    "evaluation.completeness",
    menu=(MenuEntry("quarter", 70, "完整性", "desk_completeness", "evaluation.view_completeness"),),
)
