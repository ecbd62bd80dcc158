"""What every page of a version shows: the version, its key tasks, its platforms' own targets."""

from django.http import HttpRequest

from core.typed.rows import Rows, rows_of
from evaluation.systems.models import IndicatorSystem, KeyTask, PlatformTarget


def shown_system(request: HttpRequest, pk: int, **_: object) -> list[Rows]:
    found = IndicatorSystem.objects.filter(pk=pk).first()
    return rows_of(found, (KeyTask, "system_id"), (PlatformTarget, "system_id"))
