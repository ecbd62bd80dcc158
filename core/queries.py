"""Reads of core's tables, and of who uses what core keeps."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ManyToOneRel, Model
from pghistory.models import Event

from core.choices import Shelf
from core.files.checking import Looked
from core.models import Attachment, DamagedFile, Office, SealedFile

_USES_NAMED = 3


def office() -> Office:
    """The bureau's particulars; the defaults until staff have saved the row."""
    return Office.current()


def standing_damages() -> list[str]:
    """Every file that is damaged now, in words."""
    return [described(each) for each in DamagedFile.objects.filter(mended_at=None)]


def described(damage: DamagedFile | Looked) -> str:
    """A damaged file with its digest and what uses it, such as publication, edition and file name."""
    uses = uses_of(Shelf(damage.shelf), damage.sha256)
    named = "、".join(uses[:_USES_NAMED]) + (f"等{len(uses)}处" if len(uses) > _USES_NAMED else "")
    state = "内容与摘要不符" if damage.found else "不存在或无法读出"
    return f"{Shelf(damage.shelf).label}{damage.sha256}{state},用于:{named or '尚未使用'}"


def uses_of(shelf: Shelf, sha256: str) -> list[str]:
    """The rows of any app that point to the file, each as it calls itself."""
    if shelf == Shelf.SEALED:
        return list(_rows_with(SealedFile, [sha256]))
    attachments = dict(Attachment.objects.filter(sha256=sha256).order_by("pk").values_list("pk", "name"))
    return [
        *_rows_with(Attachment, list(attachments)),
        *(f"文件“{name}”" for name in dict.fromkeys(attachments.values())),
    ]


def _rows_with(model: type[Model], keys: list[Any]) -> Iterator[str]:
    """Over every foreign key there is, so that a new one is not forgotten. The history repeats its models'."""
    relations = (each for each in model._meta.get_fields(include_hidden=True) if isinstance(each, ManyToOneRel))
    for field in (relation.field for relation in relations if not issubclass(relation.field.model, Event)):
        for row in field.model._default_manager.filter(**{f"{field.name}__in": keys}).order_by("pk"):
            yield f"{field.model._meta.verbose_name}“{row}”({field.verbose_name})"
