"""Handing in the annual summary (细则 R4.3)."""

from dataclasses import replace
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from core.errors import Fault, Refusal
from core.files.uploads.gate import DOCX, PDF, check_scan, check_word
from core.files.uploads.reading import document_lines
from core.files.uploads.storage import store
from core.models import User
from evaluation.deadlines import is_summary_late
from evaluation.summaries.checks import missing_headings
from evaluation.summaries.models import AnnualSummary
from platforms.models import Platform


class NamedFile(NamedTuple):
    """What a person called a file, and its bytes."""

    name: str
    content: bytes


def submit_summary(
    *, platform: Platform, year: int, document: NamedFile, stamped: NamedFile | None = None, by: User
) -> AnnualSummary:
    """Take in a platform's summary of a year, a .docx and the scan of its stamped print, and give a receipt. A later
    hand-in is a new version; none is overwritten.

    1. The gate judges both files; nothing is stored when it refuses one, and every fault of both is named.
    2. The document's text is read in the limited child, and the outline's headings that it lacks are noted: they are
       named on the receipt, never a reason to refuse on the last evening.
    3. The bytes are stored under their digest.
    4. Under the platform's row lock the database's clock gives the time of receipt, the version and lateness; two
       uploads at once therefore get two versions.
    """
    if not by.has_perm("evaluation.submit_summary", platform):
        raise Refusal("只能报送本平台的年度工作总结")
    _check(document, stamped)
    lines = document_lines(document.content)
    found = {
        "attachment": store(name=document.name, content=document.content, media_type=DOCX, by=by),
        "stamped": store(name=stamped.name, content=stamped.content, media_type=PDF, by=by) if stamped else None,
        "text": "\n".join(lines),
        "missing_headings": missing_headings(lines),
    }
    with transaction.atomic():
        return _receive(platform=platform, year=year, by=by, **found)


def _check(document: NamedFile, stamped: NamedFile | None) -> None:
    faults: list[Fault] = []
    for file, check in ((document, check_word), (stamped, check_scan)):
        if file is None:
            continue
        try:
            check(file.name, file.content)
        except Refusal as refusal:
            faults += [replace(fault, message=f"“{file.name}”:{fault.message}") for fault in refusal.faults]
    if faults:
        raise Refusal(faults)


def _receive(*, platform: Platform, year: int, by: User, **found: Any) -> AnnualSummary:
    clock = Platform.objects.select_for_update().values_list(Now(), flat=True).get(pk=platform.pk)
    earlier = AnnualSummary.objects.filter(platform=platform, year=year).aggregate(Max("version"))["version__max"] or 0
    version = earlier + 1
    return AnnualSummary.objects.create(
        platform=platform,
        year=year,
        version=version,
        receipt_number=f"ZJ{year}-{platform.code}-{version:02d}-{found['attachment'].sha256[:8].upper()}",
        received_at=clock,
        is_late=is_summary_late(year=year, received_at=clock),
        submitted_by=by,
        **found,
    )
