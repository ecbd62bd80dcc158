"""Gathering (归集): accepted figures, assessors' marks and the register become one batch of annual figures."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.core.exceptions import PermissionDenied

from core import jobs
from core.errors import Fault, Refusal
from core.models import Job, User
from evaluation.gathering.checks import FIRST_ROW, taken_rows
from evaluation.gathering.queries import (
    assessed_rows,
    assessments,
    figures_file_places,
    measures_of,
    submitted_rows,
    unassessable_faults,
    waiting_notices,
)
from evaluation.intake.actions import FiguresReading
from evaluation.intake.actions.reading import refuse_if_any
from evaluation.intake.checks.collected import ORIGIN, CollectedRow
from evaluation.intake.checks.figure_rows import HEADINGS
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import ANNUAL
from evaluation.intake.queries.imports import registered_platforms
from evaluation.register.queries.register import register_rows

PERMISSION = "evaluation.gather_figures"


@dataclass(frozen=True)
class CollectedReading(FiguresReading):
    """What the portal collected about a year, with the file that tells it to people. `origins` says of each row where
    it comes from."""

    kind: ClassVar[str] = BatchKind.COLLECTED
    permission: ClassVar[str] = PERMISSION

    origins: Mapping[int, str] = field(repr=False, default_factory=dict)


def read_collected(*, year: int) -> CollectedReading:
    """Everything collected about a year, found sound; writes nothing (the dry run).

    1. Refused with every figure that the year's own file gives already, and with indicators that assessors cannot
       judge: an indicator has one source.
    2. Every value is checked against the system in force, as those of a file from outside are.
    3. The rows are handed over as they are; the file that is kept beside them has one order and one form, so that the
       same facts give the same bytes, and its last column says where each comes from.

    Notices: figures handed in but not checked, assessors who have not handed in; neither is gathered.
    """
    judged = assessments(year)
    faults = [fault for progress in judged for fault in unassessable_faults(progress)]
    if faults:
        raise Refusal(faults)
    measures = measures_of(year)
    rows = [*submitted_rows(year=year, measures=measures), *register_rows(year=year)]
    rows += [row for progress in judged for row in assessed_rows(progress)]
    rows.sort(key=lambda row: (row.platform_code, row.indicator))
    _refuse_second_sources(rows, year)
    if not rows:
        raise Refusal(f"{year}年度还没有可以归集的数据:没有已接受的报送数据,评委没有全部提交,企业认定名单没有导入")
    taken, findings = taken_rows(rows, {platform.code: platform for platform in registered_platforms()}, measures)
    refuse_if_any(findings)
    late = [
        Fault(f"{each.label}还有{each.waiting}位评委没有提交,评委评定的指标没有归集") for each in judged if each.waiting
    ]
    return CollectedReading(
        year,
        ANNUAL,
        _file_name(year),
        collected_file(rows, year),
        (*waiting_notices(year), *late),
        taken,
        origins={number: row.origin for number, row in enumerate(rows, FIRST_ROW)},
    )


def request_gathering(*, year: int, expected_changes: str | None, submission: str, by: User) -> Job:
    """Have the worker gather what a person has just seen in the dry run; it refuses when that has changed since.
    `submission` names one press of the button."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    arguments = {"year": year, "expected_changes": expected_changes}
    return jobs.enqueue(PERMISSION, key=f"{year}:{submission}", arguments=arguments, by=by)


def collected_file(rows: Iterable[CollectedRow], year: int) -> bytes:
    """The file that is kept: the columns of every file of annual figures, then the origin; `rows` in their order."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*HEADINGS, ORIGIN])
    for row in rows:
        value = {"state": "not_applicable"} if row.is_not_applicable else row.value
        told = json.dumps(value, ensure_ascii=False, sort_keys=True)
        writer.writerow([row.platform_code, row.indicator, year, told, row.origin])
    return text.getvalue().encode("utf-8-sig")


def _refuse_second_sources(rows: Sequence[CollectedRow], year: int) -> None:
    places = figures_file_places(year)
    faults = [
        Fault(
            f"平台{row.platform_code}的指标{row.indicator}在其他年度数据文件“{places[key][0]}”第{places[key][1]}行已有数据",
            expected="只保留一种来源:从该文件删去这一行后重新导入",
        )
        for row in rows
        if (key := (row.platform_code, row.indicator)) in places
    ]
    if faults:
        raise Refusal(faults)


def _file_name(year: int) -> str:
    return f"平台报送数据-{year}.csv"
