"""Taking in a platform's list of served enterprises: read (no writes), show, import all or nothing, once. Everything
after reading is set-based: rows are staged by COPY and compared and stored by one statement each."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core import jobs
from core.files.sealing import seal
from core.models import Job, User
from platforms.actions.enterprises import store_enterprises
from platforms.actions.service_staging import TABLE, ServiceChanges, staged, staged_changes
from platforms.checks.service_rows import ServiceRows, read_service_rows
from platforms.choices import ServiceKind
from platforms.formats import MEDIA_TYPES, read_source
from platforms.models import Platform, ServiceList
from platforms.queries.service_records import service_list_of

LOCK = 0x535256  # "SRV": one change to a platform's records at a time; the second number is the platform
JOB_KIND = "platforms.import_services"
PERMISSION = "platforms.record_service"
SHOWN_NOTICES = 200

_RECORD = """
    INSERT INTO platforms_servicerecord
           (platform_id, enterprise_id, served_on, kind, activity, contact_person, contact_phone,
            service_list_id, row, recorded_by_id)
    SELECT %s, e.id, u.served_on, u.kind, u.activity, u.contact_person, u.contact_phone, %s, u.row, %s
      FROM platforms_serviceupload u JOIN platforms_enterprise e USING (credit_code)
     ORDER BY u.row
    ON CONFLICT (platform_id, enterprise_id, served_on, activity) WHERE withdrawn_at IS NULL DO NOTHING
"""


@dataclass(frozen=True)
class ServicesReading:
    """A sound file of one platform."""

    platform: Platform
    file_name: str
    content: bytes = field(repr=False)
    rows: ServiceRows = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class ServicesOutcome:
    """`service_list` is None only when every row was known already and nothing was written."""

    service_list: ServiceList | None
    is_new: bool
    changes: ServiceChanges

    def as_result(self) -> dict[str, Any]:
        """JSON-ready, for a job's record."""
        notices = self.changes.notices
        return {
            "list": self.service_list.pk if self.service_list else None,
            "is_new": self.is_new,
            "rows": self.changes.row_count,
            "visits": self.changes.new_visits if self.is_new else 0,
            "merged": len(self.changes.merged),
            "notices": notices[:SHOWN_NOTICES],
            "hidden": max(0, len(notices) - SHOWN_NOTICES),
        }


def read_services(
    *,
    platform: Platform,
    content: bytes,
    file_name: str,
    today: date,
    report: Callable[[int, int, str], None] | None = None,
) -> ServicesReading:
    """Read and check a list; raises `Refusal` with every fault by sheet, row, column and value. Writes nothing."""
    source = read_source(file_name, content)
    rows = read_service_rows(source, kinds=dict(ServiceKind.choices), today=today, report=report)
    return ServicesReading(platform, file_name, content, rows)


def service_changes(reading: ServicesReading) -> ServiceChanges:
    """What taking the list in would do. Writes nothing lasting."""
    with transaction.atomic(), connection.cursor() as cursor, staged(cursor, reading.rows.visits):
        return _changes(reading, cursor)


def import_services(*, reading: ServicesReading, by: User) -> ServicesOutcome:
    """Store a list's visits as records of its platform.

    1. Take the platform's lock; a parallel import or entry for the same platform waits here.
    2. The same file, or one that says nothing new: nothing is written.
    3. Enterprises are added; the file is sealed and the list stored; its visits become records, each once.
    """
    if not by.has_perm(PERMISSION, reading.platform):
        raise PermissionDenied
    context = pghistory.context(user=by.pk, step="导入服务企业名单")
    with transaction.atomic(), context, connection.wrap_database_errors, connection.cursor() as cursor:
        lock_records(reading.platform)
        with staged(cursor, reading.rows.visits):
            changes = _changes(reading, cursor)
            if changes.is_nothing:
                return ServicesOutcome(changes.known, is_new=False, changes=changes)
            return ServicesOutcome(_store(reading, changes, cursor, by), is_new=True, changes=changes)


def request_service_import(*, reading: ServicesReading, submission: str, by: User) -> Job:
    """Have the worker import a list that a person has just seen in a dry run. The file is sealed first, so the job
    needs its digest only; `submission` names one press of the button."""
    if not by.has_perm(PERMISSION, reading.platform):
        raise PermissionDenied
    with transaction.atomic():
        file = seal(reading.content, media_type=_media_type(reading.file_name))
        arguments = {"file": file.pk, "file_name": reading.file_name, "platform": reading.platform.pk}
        return jobs.enqueue(JOB_KIND, key=f"{file.pk}:{submission}", arguments=arguments, by=by)


def lock_records(platform: Platform) -> None:
    """Until the transaction ends, nobody else adds records to this platform."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, platform.pk])


def _changes(reading: ServicesReading, cursor: CursorWrapper) -> ServiceChanges:
    known = service_list_of(platform=reading.platform, sha256=reading.sha256)
    return staged_changes(cursor, reading.platform.pk, reading.rows, known)


def _store(reading: ServicesReading, changes: ServiceChanges, cursor: CursorWrapper, by: User) -> ServiceList:
    """Step 3, from the staged rows."""
    store_enterprises(cursor, TABLE, is_published=False)
    stored = _list(reading, changes, by)
    cursor.execute(_RECORD, [reading.platform.pk, stored.pk, by.pk])
    if cursor.rowcount != changes.new_visits:
        raise RuntimeError(f"{cursor.rowcount} records stored, {changes.new_visits} expected")
    return stored


def _list(reading: ServicesReading, changes: ServiceChanges, by: User) -> ServiceList:
    return ServiceList.objects.create(
        platform=reading.platform,
        file_name=reading.file_name,
        file=seal(reading.content, media_type=_media_type(reading.file_name)),
        row_count=reading.rows.row_count,
        record_count=changes.new_visits,
        imported_by=by,
    )


def _media_type(file_name: str) -> str:
    return MEDIA_TYPES[PurePath(file_name).suffix.casefold()]
