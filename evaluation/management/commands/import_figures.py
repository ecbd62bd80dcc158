"""manage.py import_figures FILE.csv: all other figures of one year."""

from typing import Any

from evaluation.intake.actions import Reading, read_figures
from evaluation.management.importing import ImportCommand


class Command(ImportCommand):
    help = "导入一个年度的其他数据(CSV:平台编码,指标编码,年度,数值(JSON))"

    def read(self, content: bytes, file_name: str, options: dict[str, Any]) -> Reading:
        return read_figures(content=content, file_name=file_name)
