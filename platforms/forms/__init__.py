"""What people type into the registry's pages, made clean, with Chinese reasons."""

from platforms.forms.registration import (
    OVERLAP,
    ColleagueForm,
    ExpiryForm,
    OperatorForm,
    OperatorTermForm,
    OperatorTermFormSet,
    TableExportForm,
    TableImportForm,
)

__all__ = [
    "OVERLAP",
    "ColleagueForm",
    "ExpiryForm",
    "OperatorForm",
    "OperatorTermForm",
    "OperatorTermFormSet",
    "TableExportForm",
    "TableImportForm",
]
