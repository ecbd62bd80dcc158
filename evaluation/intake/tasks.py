"""Background imports: load the sealed file by its digest, call one action."""

from core.files.intact import sealed_bytes
from core.jobs import Arguments, Effect, Report
from core.models import SealedFile
from core.periods import Quarter
from evaluation.intake.actions import Reading, import_reading, read_figures, read_hub

READING, STORING = "正在读取和核对文件", "正在写入数据"


def import_hub(arguments: Arguments, report: Report) -> Effect:
    report(0, 2, READING)
    quarter = Quarter.parse(arguments["period"])
    return _import(
        read_hub(content=_content(arguments), file_name=arguments["file_name"], quarter=quarter), arguments, report
    )


def import_figures(arguments: Arguments, report: Report) -> Effect:
    report(0, 2, READING)
    return _import(read_figures(content=_content(arguments), file_name=arguments["file_name"]), arguments, report)


def _content(arguments: Arguments) -> bytes:
    return sealed_bytes(SealedFile.objects.get(pk=arguments["file"]))


def _import(reading: Reading, arguments: Arguments, report: Report) -> Effect:
    report(1, 2, STORING)
    expected, by = arguments["expected_changes"], arguments["by"]
    return lambda: import_reading(reading=reading, by=by, expected_changes=expected).as_result()
