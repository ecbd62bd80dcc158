"""manage.py import_recognitions FILE --kind little_giant --title … --published-on 2026-09-01: a published list."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from core.errors import Refusal
from platforms.actions.recognition_lists import (
    ListParticulars,
    import_recognitions,
    read_recognitions,
    recognition_changes,
)
from platforms.choices import EnterpriseRecognitionKind


class Command(BaseCommand):
    help = "导入企业认定名单(.xlsx或.csv;列名:企业名称、统一社会信用代码、认定日期(可无)、产品(单项冠军))"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="名单文件")
        parser.add_argument("--kind", required=True, choices=EnterpriseRecognitionKind.values, help="认定类别")
        parser.add_argument("--title", required=True, help="名单名称")
        parser.add_argument("--document-number", default="", help="文号")
        parser.add_argument("--published-on", required=True, type=_day, help="公布日期,如 2026-09-01")
        parser.add_argument("--dry-run", action="store_true", help="只核对并显示变更,不写入")

    def handle(self, *args: Any, **options: object) -> None:
        try:
            self._import(options)
        except Refusal as refusal:
            self.stderr.write(f"未导入,发现{len(refusal.faults)}处问题:")
            for fault in refusal.faults:
                self.stderr.write(str(fault))
            raise SystemExit(1) from None

    def _import(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise Refusal(f"文件{path}不存在")
        about = ListParticulars(options["kind"], options["title"], options["document_number"], options["published_on"])
        reading = read_recognitions(
            content=path.read_bytes(), file_name=path.name, about=about, today=timezone.localdate()
        )
        changes = recognition_changes(reading)
        self.stdout.write(
            f"{reading.kind_label}:读取{len(reading.rows)}行,新增认定{changes.new_recognitions}条、"
            f"企业{changes.new_enterprises}家"
        )
        for notice in changes.notices:
            self.stdout.write(f"提示:{notice}")
        if changes.is_nothing:
            self.stdout.write("同一文件已导入,没有变化" if changes.known else "全部认定都已登记,没有变化")
        elif options["dry_run"]:
            self.stdout.write("试运行,未写入")
        else:
            import_recognitions(reading=reading, by=None)
            self.stdout.write(f"已导入名单《{reading.about.title}》")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}”不是日期,应写成如 2026-09-01") from None
