"""The common course of the import commands: read, show, take in. What is read stands in each command."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.errors import Refusal
from evaluation.intake.actions import Changes, Reading, changes_of, import_reading, obstacles


class ImportCommand(BaseCommand):
    """Exit status 1 and one line per fault when the file is refused; nothing was changed then."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="要导入的文件")
        parser.add_argument("--dry-run", action="store_true", help="只核对并显示变更,不写入")
        parser.add_argument("--replace", action="store_true", help="该期已有数据时,用本文件替换")

    def read(self, content: bytes, file_name: str, options: dict[str, Any]) -> Reading:
        raise NotImplementedError

    def handle(self, *args: Any, **options: object) -> None:
        try:
            self._import(options)
        except Refusal as refusal:
            self.stderr.write(f"未导入,发现{len(refusal.faults)}处问题:")
            for fault in refusal.faults:
                self.stderr.write(str(fault))
            raise SystemExit(1) from None

    def _import(self, options: dict[str, Any]) -> None:
        reading = self.read(_content(options["file"]), options["file"].name, options)
        self.stdout.write(f"{reading.period}:读取{reading.row_count}行、{reading.figure_count}个数据")
        for notice in reading.notices:
            self.stdout.write(f"提示:{notice}")
        changes = changes_of(reading)
        self._show(changes)
        if changes.is_nothing:
            return
        if published := obstacles(reading, changes):
            raise Refusal(published)
        if options["dry_run"]:
            self.stdout.write("试运行,未写入")
        elif not changes.is_first and not options["replace"]:
            raise Refusal("该期已有数据;确认上述变更无误后,加 --replace 再次运行")
        else:
            outcome = import_reading(reading=reading, by=None, replace=options["replace"])
            self.stdout.write(f"已导入为第{outcome.batch.pk}批")

    def _show(self, changes: Changes) -> None:
        if changes.batch is None:
            self.stdout.write("该期尚无数据,全部为新增")
        elif changes.is_nothing:
            same = "同一文件已导入" if changes.is_same_file else "与有效数据完全相同"
            self.stdout.write(f"{same},没有变化(第{changes.batch.pk}批,{changes.batch.file_name})")
        else:
            self.stdout.write(
                f"与有效数据(第{changes.batch.pk}批,{changes.batch.file_name})相比,改变{len(changes.rows)}处:"
            )
            for change in changes.rows:
                self.stdout.write(f"  {change}")


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise Refusal(f"文件{path}不存在")
    try:
        return path.read_bytes()
    except PermissionError:
        raise Refusal(f"没有读取文件{path}的权限") from None
