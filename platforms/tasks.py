"""Background work of the registry: load the sealed file by its digest, call one action."""

from django.utils import timezone

from core.files.intact import sealed_bytes
from core.jobs import Arguments, Effect, Report
from core.models import SealedFile
from platforms.actions.service_lists import import_services, read_services
from platforms.models import Platform

READING, STORING = "正在读取文件", "正在写入服务记录"
_STEPS = 9


def import_service_list(arguments: Arguments, report: Report) -> Effect:
    report(0, _STEPS, READING)
    reading = read_services(
        platform=Platform.objects.get(pk=arguments["platform"]),
        content=sealed_bytes(SealedFile.objects.get(pk=arguments["file"])),
        file_name=arguments["file_name"],
        today=timezone.localdate(),
        report=report,
    )
    report(_STEPS - 1, _STEPS, STORING)
    return lambda: import_services(reading=reading, by=arguments["by"]).as_result()
