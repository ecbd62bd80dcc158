"""Taking in files: read (no writes, the dry run), show the changes, import all or nothing.

A page or command does, with `reading = read_hub(...)` or `read_figures(...)`:
1. `read_…` raises `core.errors.Refusal` with every fault, or returns a reading with `notices` worth showing;
2. `changes_of(reading)` says what would change against the batch in force, and gives a `digest` of just that;
   `obstacles(reading, changes)` says which published results forbid it;
3. `import_reading(reading=…, by=…, expected_changes=digest)` takes the file in; it refuses when anything has changed
   since step 2. `request_import(...)` does the same as a background job.
"""

from evaluation.intake.actions.annual_figures import FiguresReading, read_figures
from evaluation.intake.actions.changes import Change, Changes, changes_of
from evaluation.intake.actions.hub import HubReading, read_hub
from evaluation.intake.actions.reading import Reading
from evaluation.intake.actions.taking_in import Outcome, import_reading, obstacles, request_import

__all__ = [
    "Change",
    "Changes",
    "FiguresReading",
    "HubReading",
    "Outcome",
    "Reading",
    "changes_of",
    "import_reading",
    "obstacles",
    "read_figures",
    "read_hub",
    "request_import",
]
