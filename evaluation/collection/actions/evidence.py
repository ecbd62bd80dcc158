"""Files that show a figure: added and taken back while the figure is open."""

import pghistory
from django.db import transaction
from django.db.models.functions import Now

from core.errors import Refusal
from core.files.uploads.gate import check_evidence
from core.files.uploads.storage import store
from core.models import User
from evaluation.collection.actions.saving import hold
from evaluation.collection.models import Evidence, SubmittedFigure

MOST = 20


def add_evidence(*, figure: SubmittedFigure, name: str, content: bytes, by: User) -> Evidence:
    """The gate judges the file first; nothing is stored when it refuses."""
    _refuse_unless_open(figure, by)
    checked = check_evidence(name, content)
    attachment = store(name=name, content=checked.content, media_type=checked.media_type, by=by)
    with transaction.atomic(), pghistory.context(user=by.pk):
        held = _held(figure, by)
        if held.evidence.filter(removed_at=None).count() >= MOST:
            raise Refusal(f"{held.indicator}已有{MOST}个佐证文件,请先移除不需要的再上传")
        return Evidence.objects.create(figure=held, attachment=attachment, added_by=by)


def remove_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """The file is stamped as taken back; it stays in the history, and in receipts that name it."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        _held(evidence.figure, by)
        locked = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if locked.removed_at is None:
            locked.removed_at, locked.removed_by = Now(), by
            locked.save(update_fields=["removed_at", "removed_by"])
    locked.refresh_from_db()
    return locked


def _held(figure: SubmittedFigure, by: User) -> SubmittedFigure:
    """The figure, locked after its submission, as long as the platform may still write into it."""
    hold(figure.submission, by)
    locked = SubmittedFigure.objects.select_for_update().get(pk=figure.pk)
    _refuse_unless_open(locked, by)
    return locked


def _refuse_unless_open(figure: SubmittedFigure, by: User) -> None:
    if not by.has_perm("evaluation.fill_submission", figure):
        raise Refusal("只能填报本平台的数据")
    if not figure.is_open:
        raise Refusal(
            f"{figure.indicator}当前为“{figure.get_status_display()}”,不能增减佐证材料;需要更正请联系审核人退回"
        )
