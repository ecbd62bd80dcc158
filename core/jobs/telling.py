"""What a job that went wrong tells whoever waits for it. The error itself is for the log and for administrators."""

from django.utils import timezone

from core.choices import JobState
from core.jobs.runner import ATTEMPTS
from core.models import Job

_KEPT = "没有写入任何内容,提交的请求和此前保存的数据都保留"


def setback(job: Job) -> str:
    """What became of the work, whether it is tried again and what is kept; '' when nothing went wrong."""
    if job.state == JobState.QUEUED and job.error:
        then = timezone.localtime(job.run_after)
        return (
            f"任务{job.pk}第{job.attempts}次执行时出错。{_KEPT};"
            f"系统将在{then:%H:%M:%S}之后自动再试(最多共{ATTEMPTS}次),不必重新提交。"
        )
    if job.state == JobState.RUNNING and job.attempts > 1:
        return f"任务{job.pk}上一次执行出错或中断。{_KEPT};现在是第{job.attempts}次执行(最多共{ATTEMPTS}次)。"
    if job.state == JobState.DEAD and not (job.result or {}).get("faults"):
        return (
            f"任务{job.pk}多次执行失败,已停止,不会再自动重试。{_KEPT}。"
            "请把任务编号告诉系统管理员;排除原因后由管理员“重新执行”,不必重新提交。"
        )
    return ""
