"""May this person do this to this object? One rule per step; preparers never approve (细则 R4.1, R4.2)."""

from typing import Any

import rules

from core.permissions import is_auditor, is_bureau, is_city_platform, is_county, is_window
from platforms.choices import PlatformType
from platforms.models import Platform
from platforms.permissions import is_own_platform


@rules.predicate
def is_bureaus_to_score(user: Any, ranking: Any) -> bool:
    """The bureau evaluates the city platform itself (细则 R4.1)."""
    return ranking is None or ranking.platform_type == PlatformType.CITY_PLATFORM


@rules.predicate
def is_city_platforms_to_score(user: Any, ranking: Any) -> bool:
    """The city platform evaluates the windows, never its own group (细则 R4.1)."""
    return ranking is None or ranking.platform_type != PlatformType.CITY_PLATFORM


@rules.predicate
def has_not_scored(user: Any, ranking: Any) -> bool:
    return ranking is None or ranking.scored_by_id != user.pk


@rules.predicate
def has_not_compiled(user: Any, bulletin: Any) -> bool:
    return bulletin is None or bulletin.compiled_by_id != user.pk


@rules.predicate
def has_not_prepared(user: Any, system: Any) -> bool:
    """Not the last to have worked on the draft: imported, copied or changed it."""
    return system is None or system.prepared_by_id != user.pk


@rules.predicate
def is_own_submission(user: object, instance: object) -> bool:
    """A submission, or a figure of one, and the platform that hands it in."""
    return instance is not None and is_own_platform(user, _platform_of(instance))


@rules.predicate
def belongs_to_platform(user: object) -> bool:
    """An account of the city platform that is bound to it works at /my/ too."""
    membership = getattr(user, "membership", None)
    return membership is not None and membership.platform_id is not None


@rules.predicate
def is_checked_by(user: object, instance: object) -> bool:
    """The bureau checks the city platform, the city platform the windows, nobody its own (细则 R4.1)."""
    if instance is None:
        anybody: bool = is_bureau(user) or is_city_platform(user)
        return anybody
    is_citys_own = _platform_of(instance).platform_type == PlatformType.CITY_PLATFORM
    checks: bool = is_bureau(user) if is_citys_own else is_city_platform(user)
    return checks


@rules.predicate
def has_not_saved(user: Any, instance: object) -> bool:
    """Whoever wrote a figure does not check it."""
    return bool(getattr(instance, "saved_by_id", None) != user.pk)


def _platform_of(instance: Any) -> Platform:
    """Of a platform itself, a submission, or a figure of one."""
    if isinstance(instance, Platform):
        return instance
    platform: Platform = getattr(instance, "submission", instance).platform
    return platform


can_score = (is_bureau & is_bureaus_to_score) | (is_city_platform & is_city_platforms_to_score)

rules.add_perm("evaluation.import_system", is_bureau)
rules.add_perm("evaluation.put_system_in_force", is_bureau & has_not_prepared)
rules.add_perm("evaluation.retire_system", is_bureau)
rules.add_perm("evaluation.import_hub", is_bureau | is_city_platform)
rules.add_perm("evaluation.import_figures", is_bureau | is_city_platform)
rules.add_perm("evaluation.score_ranking", can_score)
rules.add_perm("evaluation.publish_ranking", is_bureau & has_not_scored)
rules.add_perm("evaluation.compile_bulletin", is_bureau | is_city_platform)
rules.add_perm("evaluation.issue_bulletin", is_bureau & has_not_compiled)
rules.add_perm("evaluation.submit_summary", is_window & is_own_platform)
rules.add_perm("evaluation.keep_period", is_bureau | is_city_platform)
rules.add_perm("evaluation.fill_submission", is_own_submission)
rules.add_perm("evaluation.fill_own_figures", is_city_platform & belongs_to_platform)
rules.add_perm("evaluation.check_figure", is_checked_by & has_not_saved)
rules.add_perm("evaluation.appoint_assessor", is_checked_by)
rules.add_perm("evaluation.plan_year", is_bureau)
rules.add_perm("evaluation.gather_figures", is_bureau | is_city_platform)
rules.add_perm("evaluation.view_completeness", is_bureau | is_city_platform | is_county | is_auditor)
rules.add_perm("evaluation.remind_platforms", is_bureau | is_city_platform | is_county)


# Who takes a step, said to everybody else on the desk.
_WHO = {
    "evaluation.keep_period": "由市工信局或市平台工作人员办理",
    "evaluation.put_system_in_force": "由市工信局未参与编制的工作人员审核施行",
    "evaluation.retire_system": "由市工信局工作人员办理",
    "evaluation.score_ranking": "市平台由市工信局评分,窗口平台由市平台评分,不评本组(《实施细则》第四条)",
    "evaluation.publish_ranking": "由市工信局未参与评分的工作人员审核发布",
    "evaluation.check_figure": "窗口平台的数据由市平台审核,市平台的由市工信局审核,填报人不审核(《实施细则》第四条)",
    "evaluation.compile_bulletin": "由市工信局或市平台工作人员办理",
    "evaluation.issue_bulletin": "由市工信局未参与编制的工作人员审核印发",
}
_SECOND_PERSON = {
    "evaluation.put_system_in_force": (has_not_prepared, "草案由您导入或最后修改,按规定须由另一人审核施行"),
    "evaluation.publish_ranking": (has_not_scored, "您是评分人,按规定须由另一人审核发布"),
    "evaluation.issue_bulletin": (has_not_compiled, "您是编制人,按规定须由另一人审核印发"),
}


def obstacle(user: Any, permission: str, instance: object = None) -> str:
    """Why this person may not take a step, in one sentence; '' when they may."""
    if user.has_perm(permission, instance):
        return ""
    if permission in _SECOND_PERSON and is_bureau(user):
        is_another, sentence = _SECOND_PERSON[permission]
        if not is_another(user, instance):
            return sentence
    return _WHO[permission]
