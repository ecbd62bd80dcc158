"""What a file would change against the batch in force. Writes nothing."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from evaluation.intake.actions.reading import Reading
from evaluation.intake.checks.figures import StoredFigure
from evaluation.intake.checks.registry import Registered
from evaluation.intake.models import ImportBatch
from evaluation.intake.queries.imports import batch_in_force, figure_text, registered_platforms, stored_figures
from evaluation.systems.checks.hub_columns import HEADING_OF

NOTHING = "(无)"


class Change(NamedTuple):
    """One figure that differs: texts for a person, the type for the rules."""

    platform_code: str
    platform_name: str
    platform_type: str
    indicator: str
    old: str
    new: str

    def __str__(self) -> str:
        subject = HEADING_OF.get(self.indicator, self.indicator)
        return f"{self.platform_code} {self.platform_name} {subject}: {self.old} → {self.new}"


@dataclass(frozen=True)
class Changes:
    """`batch` is the batch in force, None when the period has none; then every figure is new and `rows` is empty."""

    batch: ImportBatch | None
    is_same_file: bool
    rows: tuple[Change, ...] = field(repr=False, default=())
    sha256: str = ""

    @property
    def is_first(self) -> bool:
        return self.batch is None

    @property
    def is_nothing(self) -> bool:
        """The batch in force already says all of this."""
        return self.batch is not None and not self.rows

    @cached_property
    def digest(self) -> str:
        """What a person confirms: this file, over this batch, with these changes."""
        said = [self.sha256, self.batch.pk if self.batch else None, [list(row) for row in self.rows]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def changes_of(reading: Reading, *, lock: bool = False) -> Changes:
    """Compare a reading with the batch in force; `lock` holds that batch until the transaction ends."""
    batch = batch_in_force(kind=reading.kind, year=reading.year, quarter=reading.quarter, lock=lock)
    if batch is None:
        return Changes(None, is_same_file=False, sha256=reading.sha256)
    if batch.file_id == reading.sha256:
        return Changes(batch, is_same_file=True, sha256=reading.sha256)
    return Changes(batch, is_same_file=False, rows=tuple(_differences(reading, batch)), sha256=reading.sha256)


def _differences(reading: Reading, batch: ImportBatch) -> Iterator[Change]:
    """In the order of the new file; figures that it leaves out come last."""
    stored = {(platform, indicator): figure for platform, indicator, figure in stored_figures(batch)}
    for _, platform, indicator, figure in reading.figures():
        old = stored.pop((platform.id, indicator), None)
        if old != figure:
            yield _change(platform, indicator, old, figure)
    platforms = {platform.id: platform for platform in registered_platforms()} if stored else {}
    for (platform_id, indicator), old in stored.items():
        yield _change(platforms[platform_id], indicator, old, None)


def _change(platform: Registered, indicator: str, old: StoredFigure | None, new: StoredFigure | None) -> Change:
    told = (NOTHING if figure is None else figure_text(figure) for figure in (old, new))
    return Change(platform.code, platform.name, platform.platform_type, indicator, *told)
