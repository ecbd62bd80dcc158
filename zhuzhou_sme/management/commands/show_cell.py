"""`manage.py show_cell`: which layers of isolation this machine offers to the programs that open uploaded files."""

import json

from django.core.management.base import BaseCommand, CommandError

from core.errors import Refusal
from core.files.sandbox import run_limited

LAYERS = {
    "another_user": "换用无权用户(以root运行时才需要)",
    "empty_root": "空的文件系统、无网络(用户命名空间;多数容器禁止)",
    "no_paths": "不得按路径访问文件(Landlock,Linux 5.13以上)",
    "no_calls": "只许少数系统调用(seccomp;必须有,否则不接收上传)",
}


class Command(BaseCommand):
    help = "显示本机对上传文件的检查程序有哪几层隔离"

    def handle(self, *args: object, **options: object) -> None:
        try:
            taken = json.loads(run_limited("core.files.cell.layers", b""))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        for layer, title in LAYERS.items():
            self.stdout.write(f"{'有' if layer in taken else '无'}  {title}")
