"""The main job on the demonstration data: every step of the years through the real worker, in order, with progress."""

import time
from decimal import Decimal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import jobs
from core.choices import JobState
from core.models import Job, User
from core.numbers import with_decimals
from demo.years import waves

PATIENCE_SECONDS = 120


class Command(BaseCommand):
    help = "演示全年流程:导入、评分、通报、排名、公布,全部经后台任务完成;重复执行不产生变化"

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("只有演示模式(DEMO_MODE=1)才能执行演示流程")
        started = time.monotonic()
        for wave in waves(_accounts()):
            begun = time.monotonic()
            asked = [(label, job) for label, ask in wave if (job := ask()) is not None]
            for label, job in asked:
                self._wait(label, job)
                self.stdout.write(f"  {label} … 完成({with_decimals(Decimal(time.monotonic() - begun), 1)}秒)")
        self.stdout.write(f"演示流程已完成({with_decimals(Decimal(time.monotonic() - started), 1)}秒)")

    def _wait(self, label: str, job: Job) -> None:
        """Until the job is finished; a refusal, a dead job or a silent worker ends the command with the reason."""
        limit = time.monotonic() + PATIENCE_SECONDS
        last_sweep = time.monotonic()
        while not job.is_finished:
            if time.monotonic() > limit:
                raise CommandError(f"{label}:{PATIENCE_SECONDS}秒内没有完成,请检查后台任务进程是否在运行")
            if time.monotonic() - last_sweep > 5:
                jobs.sweep()
                last_sweep = time.monotonic()
            time.sleep(0.05)
            job.refresh_from_db()
        if job.state != JobState.DONE:
            raise CommandError(f"{label}:{job.get_state_display()}\n{job.error}")


def _accounts() -> dict[str, User]:
    accounts = {user.username: user for user in User.objects.all()}
    if not {"bureau", "bureau2", "city"} <= set(accounts):
        raise CommandError("还没有演示账号,请先执行 manage.py load_demo")
    return accounts
