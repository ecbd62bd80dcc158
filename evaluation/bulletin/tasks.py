"""Background compiling of a bulletin: load by id, call one action."""

from django.conf import settings

from core.jobs import Arguments, Effect, Report
from evaluation.bulletin.actions import compile_bulletin, render_bulletin
from evaluation.bulletin.models import Bulletin

RENDERING, SEALING = "正在汇总数据并排版", "正在封存通报文件"


def compile_(arguments: Arguments, report: Report) -> Effect:
    """Renders outside the transaction; the effect seals and moves the status in the one that marks the job done."""
    report(0, 2, RENDERING)
    bulletin = Bulletin.objects.get(pk=arguments["bulletin"])
    compiled = render_bulletin(bulletin=bulletin, is_demo=settings.DEMO_MODE)
    report(1, 2, SEALING)

    def store() -> dict[str, object]:
        done = compile_bulletin(bulletin=bulletin, compiled=compiled, is_demo=settings.DEMO_MODE, by=arguments["by"])
        return {"bulletin": done.pk, "bytes": len(compiled.pdf)}

    return store
