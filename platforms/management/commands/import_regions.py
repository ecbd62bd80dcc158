"""`manage.py import_regions FILE`: a table of regions (.csv or .xlsx), all or nothing; lines that begin with # are
remarks."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refusal
from platforms.actions import import_regions
from platforms.formats import read_dataset


class Command(BaseCommand):
    help = "导入行政区划表(.csv或.xlsx,列:区划代码、名称、类别),非建制单位也可登记"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="行政区划表文件")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["file"]
        try:
            counts = import_regions(dataset=read_dataset(path.name, path.read_bytes(), comment="#"), by=None)
        except OSError as error:
            raise CommandError(f"无法打开文件{path}:{error.strerror}") from None
        except Refusal as refusal:
            raise CommandError(f"未导入,发现{len(refusal.faults)}处问题:\n{refusal}") from None
        self.stdout.write(f"行政区划表已导入:{counts}")
