"""The desk's menu: the bureau's work in the order in which it is done. Who sees an entry is its permission's affair."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """A page by its URL name; `add` names the admin model whose rows one may add from the menu."""

    label: str
    page: str
    permission: str
    add: str = ""


@dataclass(frozen=True)
class Group:
    code: str
    label: str
    entries: tuple[Entry, ...]


def _register(label: str, model: str) -> Entry:
    app, name = model.split(".")
    return Entry(label, f"admin:{app}_{name}_changelist", f"{app}.view_{name}", add=model)


MENU = (
    Group(
        "quarter",
        "季度工作",
        (
            Entry("报送期", "desk_periods", "evaluation.view_reportingperiod"),
            Entry("本平台填报", "my_home", "evaluation.fill_own_figures"),
            Entry("导入省枢纽数据", "desk_import_hub", "evaluation.import_hub"),
            Entry("审核报送数据", "desk_checks", "evaluation.view_submittedfigure"),
            Entry("编制通报", "desk_bulletins", "evaluation.view_bulletin"),
            Entry("导入批次", "desk_batches", "evaluation.view_importbatch"),
            Entry("完整性", "desk_completeness", "evaluation.view_completeness"),
            Entry("指导与催报", "desk_guidance", "platforms.view_guidance"),
        ),
    ),
    Group(
        "year",
        "年度工作",
        (
            Entry("指标体系", "desk_systems", "evaluation.view_indicatorsystem"),
            Entry("重点工作与目标", "desk_plans", "evaluation.view_indicatorsystem"),
            Entry("导入其他年度数据", "desk_import_figures", "evaluation.import_figures"),
            Entry("归集年度数据", "desk_gather", "evaluation.gather_figures"),
            Entry("年度工作总结", "desk_summaries", "evaluation.view_annualsummary"),
            Entry("多平台计入的认定", "desk_recognition_overlaps", "platforms.view_recognitionlist"),
            Entry("评委评分", "desk_assessors", "evaluation.view_assessormark"),
            Entry("评分与排名", "desk_rankings", "evaluation.view_ranking"),
            Entry("结果应用", "desk_consequences", "rewards.view_consequences"),
            _register("奖励标准", "rewards.rewardstandard"),
        ),
    ),
    Group(
        "registry",
        "登记",
        (
            _register("平台登记", "platforms.platform"),
            _register("运营单位", "platforms.operator"),
            _register("运营期", "platforms.operatorterm"),
            _register("认定与验收", "platforms.recognition"),
            _register("行政区划", "platforms.region"),
            Entry("企业认定名单", "desk_recognition_lists", "platforms.view_recognitionlist"),
            Entry("服务记录", "desk_services", "platforms.view_servicerecord"),
        ),
    ),
    Group(
        "records",
        "查询",
        (
            _register("全部导入批次", "evaluation.importbatch"),
            _register("全部通报", "evaluation.bulletin"),
            _register("全部指标体系", "evaluation.indicatorsystem"),
            _register("全部排名", "evaluation.ranking"),
            _register("全部评分表", "evaluation.scorecard"),
            _register("全部工作总结", "evaluation.annualsummary"),
        ),
    ),
    Group(
        "system",
        "系统",
        (
            Entry("本单位账号", "desk_people", "platforms.keep_people"),
            Entry("角色与权限", "desk_roles", "core.view_roles"),
            _register("账号", "core.user"),
            _register("账号归属", "platforms.membership"),
            Entry("机关信息", "admin:core_office_changelist", "core.view_office"),
            Entry("后台任务", "admin:core_job_changelist", "core.view_job"),
            Entry("登录锁定", "admin:axes_accessattempt_changelist", "axes.view_accessattempt"),
        ),
    ),
)


def menu_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups and entries that this person may open, in the form of the admin's own list of apps."""
    groups = (_group(group, request.user) for group in MENU)
    return [group for group in groups if group["models"]]


def _group(group: Group, user: Any) -> dict[str, Any]:
    entries = [_entry(entry, user) for entry in group.entries if user.has_perm(entry.permission)]
    return {"name": group.label, "app_label": group.code, "models": entries}


def _entry(entry: Entry, user: Any) -> dict[str, Any]:
    name = entry.page.removeprefix("admin:").removeprefix("desk_").removesuffix("_changelist")
    return {
        "name": entry.label,
        "object_name": name,
        "admin_url": reverse(entry.page),
        "add_url": _add_address(entry, user),
    }


def _add_address(entry: Entry, user: Any) -> str | None:
    if not entry.add:
        return None
    app, model = entry.add.split(".")
    return reverse(f"admin:{app}_{model}_add") if user.has_perm(f"{app}.add_{model}") else None
