"""Taking in published lists of recognised enterprises (细则 R3.4): read (no writes), show, import all or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from core.bulk import copy_rows, only_here
from core.characters import checked
from core.errors import Fault, Refusal
from core.files.sealing import seal
from core.models import User
from platforms.actions.enterprises import store_enterprises
from platforms.checks.recognition_rows import RecognitionRow, Renamed, read_recognition_rows
from platforms.choices import EnterpriseRecognitionKind
from platforms.formats import MEDIA_TYPES, read_source
from platforms.models import RecognitionList
from platforms.queries.recognitions import enterprise_names, recognised_already, recognition_list_of

_LOCK = 0x524543  # "REC": one list is taken in at a time
_TABLE = "platforms_recognitionupload"
_RECOGNISE = """
    INSERT INTO platforms_enterpriserecognition
           (recognition_list_id, enterprise_id, kind, product, recognised_on, row)
    SELECT %s, e.id, %s, u.product, u.recognised_on, u.row
      FROM platforms_recognitionupload u JOIN platforms_enterprise e USING (credit_code)
     ORDER BY u.row
    ON CONFLICT (enterprise_id, kind, product, recognised_on) DO NOTHING
"""


class ListParticulars(NamedTuple):
    """What a person says about a list besides its rows."""

    kind: str
    title: str
    document_number: str
    published_on: date


@dataclass(frozen=True)
class RecognitionsReading:
    """A sound file, ready to be shown and taken in."""

    about: ListParticulars
    file_name: str
    content: bytes = field(repr=False)
    rows: tuple[RecognitionRow, ...] = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def kind_label(self) -> str:
        return str(EnterpriseRecognitionKind(self.about.kind).label)


@dataclass(frozen=True)
class RecognitionChanges:
    """What taking the list in would do. `known` is the list that this very file has become already."""

    known: RecognitionList | None
    renamed: tuple[Renamed, ...]
    repeated: tuple[tuple[int, str], ...]
    new_enterprises: int
    new_recognitions: int

    @property
    def is_nothing(self) -> bool:
        return self.known is not None or not self.new_recognitions

    @property
    def notices(self) -> list[str]:
        said = [f"第{row}行的认定已在《{title}》中登记,不重复登记" for row, title in self.repeated]
        return [*map(str, self.renamed), *said]


@dataclass(frozen=True)
class RecognitionsOutcome:
    recognition_list: RecognitionList | None
    is_new: bool
    changes: RecognitionChanges


def read_recognitions(*, content: bytes, file_name: str, about: ListParticulars, today: date) -> RecognitionsReading:
    """Read and check a list; raises `Refusal` with every fault by sheet, row, column and value. Writes nothing."""
    if about.kind not in EnterpriseRecognitionKind.values:
        raise Refusal([Fault("认定类别不在可选范围", expected="、".join(EnterpriseRecognitionKind.values))])
    title, number = checked(about.title, "名单名称"), checked(about.document_number, "文号")
    about = about._replace(title=title, document_number=number)
    if not about.title:
        raise Refusal("名单名称必须填写")
    if about.published_on > today:
        raise Refusal([Fault("公布日期晚于今天", expected=f"不晚于{today}", value=str(about.published_on))])
    rows = read_recognition_rows(
        read_source(file_name, content),
        has_products=about.kind == EnterpriseRecognitionKind.SINGLE_CHAMPION,
        default_day=about.published_on,
        today=today,
    )
    return RecognitionsReading(about, file_name, content, tuple(rows))


def recognition_changes(reading: RecognitionsReading) -> RecognitionChanges:
    """Compare a reading with the register. Writes nothing."""
    known = recognition_list_of(kind=reading.about.kind, sha256=reading.sha256)
    names = enterprise_names(row.credit_code for row in reading.rows)
    titles = recognised_already(kind=reading.about.kind, credit_codes=names)
    repeated = [
        (row.row, title)
        for row in reading.rows
        if (title := titles.get((row.credit_code, row.product, row.recognised_on))) is not None
    ]
    new = {row.credit_code for row in reading.rows} - names.keys()
    return RecognitionChanges(
        known, tuple(_renamed(reading.rows, names)), tuple(repeated), len(new), len(reading.rows) - len(repeated)
    )


def import_recognitions(*, reading: RecognitionsReading, by: User | None) -> RecognitionsOutcome:
    """Take a list in; `by` is None for the command line. Indicators are fed from it at the next gathering.

    1. Take the lock; another list waits here.
    2. The same file of the same kind, or one that says nothing new: nothing is written.
    3. The file is sealed, the list stored, its rows staged by COPY; enterprises are added or renamed, recognitions
       inserted, those that another list has named already left out.
    """
    if by is not None and not by.has_perm("platforms.import_recognitions"):
        raise PermissionDenied
    with transaction.atomic(), pghistory.context(user=by.pk if by else None, step="导入企业认定名单"):
        _lock()
        changes = recognition_changes(reading)
        if changes.is_nothing:
            return RecognitionsOutcome(changes.known, is_new=False, changes=changes)
        return RecognitionsOutcome(_store(reading, changes, by), is_new=True, changes=changes)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])


def _renamed(rows: Iterable[RecognitionRow], names: dict[str, str]) -> Iterable[Renamed]:
    told: set[str] = set()
    for row in rows:
        old = names.get(row.credit_code, row.name)
        if old != row.name and row.credit_code not in told:
            told.add(row.credit_code)
            yield Renamed(row.row, row.credit_code, old, row.name)


def _store(reading: RecognitionsReading, changes: RecognitionChanges, by: User | None) -> RecognitionList:
    about = reading.about
    stored = RecognitionList.objects.create(
        kind=about.kind,
        title=about.title,
        document_number=about.document_number,
        published_on=about.published_on,
        file_name=reading.file_name,
        file=seal(reading.content, media_type=MEDIA_TYPES[PurePath(reading.file_name).suffix.casefold()]),
        row_count=changes.new_recognitions,
        imported_by=by,
    )
    with connection.wrap_database_errors, connection.cursor() as cursor, only_here(cursor, _TABLE):
        copy_rows(_TABLE, RecognitionRow._fields, reading.rows)
        store_enterprises(cursor, _TABLE, is_published=True)
        cursor.execute(_RECOGNISE, [stored.pk, about.kind])
        if cursor.rowcount != changes.new_recognitions:
            raise RuntimeError(f"{cursor.rowcount} recognitions stored, {changes.new_recognitions} expected")
    return stored
