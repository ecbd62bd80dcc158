"""What people call each kind of job, where its result is shown and where one asks for it again. One table."""

from dataclasses import dataclass

from django.urls import reverse

from core.models import Job


@dataclass(frozen=True)
class JobKind:
    """`result_page` takes the number that the job's result holds under `result_key`; `start_page` takes nothing."""

    label: str
    result_page: str = ""
    result_key: str = ""
    start_page: str = ""

    def result_address(self, job: Job) -> str:
        found = (job.result or {}).get(self.result_key) if self.result_key else None
        return reverse(self.result_page, args=[found]) if found is not None else ""

    def start_address(self) -> str:
        return reverse(self.start_page) if self.start_page else ""


JOB_KINDS = {
    "evaluation.import_hub": JobKind("导入省枢纽运营数据", "desk_batch", "batch", "desk_import_hub"),
    "evaluation.import_figures": JobKind("导入其他年度数据", "desk_batch", "batch", "desk_import_figures"),
    "evaluation.gather_figures": JobKind("归集年度数据", "desk_batch", "batch", "desk_gather"),
    "evaluation.score_ranking": JobKind("年度评分", "desk_ranking", "ranking", "desk_rankings"),
    "evaluation.publish_ranking": JobKind("发布排名", "desk_publication", "publication", "desk_rankings"),
    "evaluation.compile_bulletin": JobKind("编制季度通报", "desk_bulletin", "bulletin", "desk_bulletins"),
    "platforms.import_services": JobKind("导入服务企业名单"),
    "rewards.propose_consequences": JobKind("推算结果应用建议", start_page="desk_consequences"),
    "rewards.write_letter": JobKind("生成函件", start_page="desk_consequences"),
}


def job_kind(kind: str) -> JobKind:
    return JOB_KINDS.get(kind, JobKind(kind))
