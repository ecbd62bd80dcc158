"""Every stored file compared with its digest, by hand: after a restore, or when the desk tells of a damage."""

from django.core.management.base import BaseCommand, CommandError

from core.actions import record_look
from core.files.checking import look_through
from core.queries import described


class Command(BaseCommand):
    help = "核验全部封存文件和上传文件的摘要,列出损坏的文件及其用处;有损坏时退出码不为零"

    def handle(self, *args: object, **options: object) -> None:
        """Names each damaged file and puts it on record; what is sound again is no longer told of on the desk."""
        total, damaged = 0, []
        for looked in look_through():
            total += 1
            if looked.is_damaged:
                damaged.append(looked)
                self.stdout.write(described(looked))
        record_look(damaged, is_complete=True)
        if damaged:
            raise CommandError(f"{total}份文件中有{len(damaged)}份损坏")
        self.stdout.write(f"{total}份文件全部完好")
