"""manage.py import_system FILE.json [--in-force --by USERNAME [--reason TEXT]]: one indicator system as its next
version. Put in force at once, the import itself carries no name: whoever imports on the desk does not put in force."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refusal
from core.models import User
from evaluation.systems.actions.systems import import_system_file, put_system_in_force
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem


class Command(BaseCommand):
    help = "导入指标体系(JSON),存为该体系的下一版草案"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json", help="指标体系文件")
        parser.add_argument("--in-force", action="store_true", help="导入后立即施行(须写明 --by)")
        parser.add_argument("--by", metavar="用户名", help="施行人的账号")
        parser.add_argument("--reason", metavar="理由", default="", help="年度开始后才施行的理由")

    def handle(self, *args: object, **options: Any) -> None:
        by = _account(options["by"])
        if options["in_force"] and by is None:
            raise CommandError("--in-force 须同时写明施行人,例如:--by bureau")
        try:
            imported = import_system_file(content=_content(options["file"]), by=None if options["in_force"] else by)
            state = "已导入" if imported.is_new else "内容相同,没有变化"
            self.stdout.write(f"{imported.system}:{state}")
            if options["in_force"] and by is not None:
                self._put_in_force(imported.system, by, options["reason"])
        except Refusal as refusal:
            self.stderr.write(f"未完成,发现{len(refusal.faults)}处问题:")
            for fault in refusal.faults:
                self.stderr.write(str(fault))
            raise SystemExit(1) from None

    def _put_in_force(self, system: IndicatorSystem, by: User, reason: str) -> None:
        if system.status != SystemStatus.IN_FORCE:
            put_system_in_force(system=system, by=by, reason=reason)
            self.stdout.write(f"{system}:已施行")


def _account(name: str | None) -> User | None:
    if name is None:
        return None
    try:
        return User.objects.get(username=name, is_active=True)
    except User.DoesNotExist:
        raise CommandError(f"没有可用的账号“{name}”") from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"无法读取文件{path}:{error.strerror}") from None
