"""What the register of enterprises declares to the rest of the house, collected at start."""

from core.declared import Declared, MenuEntry

DECLARED = Declared(
    "evaluation.register",
    menu=(MenuEntry("year", 60, "多平台计入的认定", "desk_recognition_overlaps", "platforms.view_recognitionlist"),),
)
