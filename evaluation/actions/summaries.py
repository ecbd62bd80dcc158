"""Handing in the annual summary (细则 R4.3)."""

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from core.errors import Refusal
from core.models import Attachment, User
from core.uploads.gate import check_document
from core.uploads.storage import store
from evaluation.checks.deadlines import is_summary_late
from evaluation.models import AnnualSummary
from platforms.models import Platform


def submit_summary(*, platform: Platform, year: int, name: str, content: bytes, by: User) -> AnnualSummary:
    """Take in a platform's summary of a year and give a receipt. A later file is a new version; none is overwritten.

    1. The gate judges the file; nothing is stored when it refuses.
    2. The bytes are stored under their digest.
    3. Under the platform's row lock the database's clock gives the time of receipt, the version and lateness; two
       uploads at once therefore get two versions.
    """
    if not by.has_perm("evaluation.submit_summary", platform):
        raise Refusal("只能报送本平台的年度工作总结")
    checked = check_document(name, content)
    attachment = store(name=name, content=content, media_type=checked.media_type, by=by)
    with transaction.atomic():
        return _receive(platform=platform, year=year, attachment=attachment, by=by)


def _receive(*, platform: Platform, year: int, attachment: Attachment, by: User) -> AnnualSummary:
    clock = Platform.objects.select_for_update().values_list(Now(), flat=True).get(pk=platform.pk)
    earlier = AnnualSummary.objects.filter(platform=platform, year=year).aggregate(Max("version"))["version__max"] or 0
    version = earlier + 1
    return AnnualSummary.objects.create(
        platform=platform,
        year=year,
        version=version,
        attachment=attachment,
        receipt_number=f"ZJ{year}-{platform.code}-{version:02d}-{attachment.sha256[:8].upper()}",
        received_at=clock,
        is_late=is_summary_late(year=year, received_at=clock),
        submitted_by=by,
    )
