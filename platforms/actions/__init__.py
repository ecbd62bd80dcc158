"""The only code that writes across the registry's models: registration, recognition lists, service records."""

from platforms.actions.registration import (
    ImportCounts,
    import_operator_terms,
    import_operators,
    import_platforms,
    import_recognitions,
    import_regions,
    register_platform,
)

__all__ = [
    "ImportCounts",
    "import_operator_terms",
    "import_operators",
    "import_platforms",
    "import_recognitions",
    "import_regions",
    "register_platform",
]
