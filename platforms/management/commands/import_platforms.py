"""`manage.py import_platforms FILE`: a table of platforms (.csv or .xlsx), all or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refusal
from platforms.actions import import_platforms
from platforms.formats import read_dataset


class Command(BaseCommand):
    help = "导入平台登记表(.csv或.xlsx):整表通过才写入,重复导入同一文件不产生变化"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="登记表文件")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["file"]
        try:
            counts = import_platforms(dataset=read_dataset(path.name, path.read_bytes()), by=None)
        except OSError as error:
            raise CommandError(f"无法打开文件{path}:{error.strerror}") from None
        except Refusal as refusal:
            raise CommandError(f"未导入,发现{len(refusal.faults)}处问题:\n{refusal}") from None
        self.stdout.write(f"平台登记表已导入:{counts}")
