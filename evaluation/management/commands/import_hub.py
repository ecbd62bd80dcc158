"""manage.py import_hub FILE --period 2025Q1: one quarter's workbook of the provincial platform."""

from typing import Any

from django.core.management.base import CommandParser

from core.errors import Refusal
from core.periods import Quarter
from evaluation.intake.actions import Reading, read_hub
from evaluation.management.importing import ImportCommand


class Command(ImportCommand):
    help = "导入省枢纽平台一个季度的运营数据(.xlsx)"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", required=True, help="季度,如 2025Q1")

    def read(self, content: bytes, file_name: str, options: dict[str, Any]) -> Reading:
        try:
            quarter = Quarter.parse(options["period"])
        except ValueError as error:
            raise Refusal(str(error)) from None
        return read_hub(content=content, file_name=file_name, quarter=quarter)
