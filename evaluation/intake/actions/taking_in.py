"""Taking a reading in: one transaction, all or nothing, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from core import jobs
from core.bulk import copy_lines
from core.errors import Fault, Refusal
from core.files.sealing import seal
from core.models import Job, User
from evaluation.freezing import published_results
from evaluation.intake.actions.changes import Change, Changes, changes_of
from evaluation.intake.actions.reading import FIGURE_COLUMNS, Reading
from evaluation.intake.models import Figure, ImportBatch

_LOCK = 0x494D50  # "IMP": the advisory locks of imports; the second number is the period
SHOWN_NOTICES = 200


@dataclass(frozen=True)
class Outcome:
    """`batch` is in force now; `is_new` is False when it already said everything."""

    batch: ImportBatch
    is_new: bool
    changes: Sequence[Change]
    notices: Sequence[Fault]

    def as_result(self) -> dict[str, Any]:
        """JSON-ready, for a job's record."""
        return {
            "batch": self.batch.pk,
            "is_new": self.is_new,
            "rows": self.batch.row_count,
            "figures": self.batch.figure_count,
            "changes": len(self.changes),
            "notices": [str(notice) for notice in self.notices[:SHOWN_NOTICES]],
        }


def import_reading(
    *, reading: Reading, by: User | None, replace: bool = False, expected_changes: str | None = None
) -> Outcome:
    """Store a reading as the batch in force of its period; `by` is None for the command line.

    1. Take the period's lock; a parallel import of the same period waits here.
    2. The same file, or one that says the same: nothing is written, the batch in force is the answer.
    3. A batch in force is replaced only with `replace` or with `expected_changes` (the digest that `changes_of` gave
       to the person who confirmed it); a digest that no longer fits is refused.
    4. Rankings and bulletins that use a changed figure are held; if one is published, the import is refused by name.
    5. The file is sealed, the old batch becomes “replaced” and keeps its figures, the new figures are copied in.
    """
    if by is not None and not by.has_perm(reading.permission):
        raise PermissionDenied
    with transaction.atomic():
        _lock(reading)
        changes = changes_of(reading, lock=True)
        if changes.batch is not None and changes.is_nothing:
            return Outcome(changes.batch, is_new=False, changes=(), notices=reading.notices)
        _check_confirmed(changes, reading, replace=replace, expected_changes=expected_changes)
        if published := obstacles(reading, changes, lock=True):
            raise Refusal(published)
        batch = _store(reading, changes.batch, by)
    return Outcome(batch, is_new=True, changes=changes.rows, notices=reading.notices)


def obstacles(reading: Reading, changes: Changes, *, lock: bool = False) -> list[Fault]:
    """What is published already and used a figure that this reading would change; a dry run tells it beforehand.

    `lock` holds all rankings and bulletins concerned until the transaction ends.
    """
    if changes.is_nothing:
        return []
    types = reading.platform_types if changes.is_first else {change.platform_type for change in changes.rows}
    published = published_results(year=reading.year, quarter=reading.quarter, platform_types=types, lock=lock)
    wanted = "如确有差错,按更正程序发布新版"
    return [Fault(f"{name}已发布并使用了{reading.period}的数据,不能再更改", expected=wanted) for name in published]


def request_import(*, reading: Reading, expected_changes: str | None, submission: str, by: User) -> Job:
    """Have the worker import a file that a person has just seen in a dry run.

    The file is sealed first, so the job needs its digest only. `submission` names one press of the button (a value of
    the form): pressing twice asks once, while the same file may be tried again later.
    """
    if not by.has_perm(reading.permission):
        raise PermissionDenied
    with transaction.atomic():
        file = seal(reading.content, media_type=reading.media_type)
        arguments = {
            "file": file.pk,
            "file_name": reading.file_name,
            "period": f"{reading.year}Q{reading.quarter}" if reading.quarter else str(reading.year),
            "expected_changes": expected_changes,
        }
        return jobs.enqueue(reading.permission, key=f"{file.pk}:{submission}", arguments=arguments, by=by)


def _lock(reading: Reading) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, reading.year * 10 + reading.quarter])


def _check_confirmed(changes: Changes, reading: Reading, *, replace: bool, expected_changes: str | None) -> None:
    if expected_changes is not None and expected_changes != changes.digest:
        raise Refusal(f"确认之后{reading.period}的数据已有变化,请重新查看变更内容后再确认")
    if changes.batch is not None and not replace and expected_changes is None:
        shown = [Fault(str(change)) for change in changes.rows[:SHOWN_NOTICES]]
        first = Fault(
            f"{reading.period}已有有效数据({changes.batch.file_name}),本文件将改变其中{len(changes.rows)}个数据",
            expected="查看变更内容,确认后再替换",
        )
        raise Refusal([first, *shown])


def _store(reading: Reading, old: ImportBatch | None, by: User | None) -> ImportBatch:
    file = seal(reading.content, media_type=reading.media_type)
    if old is not None:
        old.replace()
        old.save(update_fields=["status"])
    batch = ImportBatch.objects.create(
        kind=reading.kind,
        year=reading.year,
        quarter=reading.quarter,
        file_name=reading.file_name,
        file=file,
        replaces=old,
        row_count=reading.row_count,
        figure_count=reading.figure_count,
        imported_by=by,
    )
    _copy_figures(reading, batch)
    return batch


def _copy_figures(reading: Reading, batch: ImportBatch) -> None:
    """COPY is the only way in that is fast enough for 650,000 figures; constraints and triggers hold as always."""
    stored = copy_lines(Figure._meta.db_table, FIGURE_COLUMNS, reading.copy_lines(batch.pk))
    if stored != reading.figure_count:
        raise RuntimeError(f"{stored} figures stored, {reading.figure_count} read")
