"""Who may take each step: written out once more, to be read and signed by an official. The portal reads the same from
the rules that decide it; what a role sees stands in test_who_sees_what.py."""

import pytest

from core.choices import Role
from core.declared import house
from zhuzhou_sme.duties import asked_by

ROLES = (Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY, Role.WINDOW, Role.AUDITOR)

# 可 = can ever take it, on what is in its scope; — = never. In brackets what the person must be besides.
#   permission | 市工信局 | 市平台 | 县(市、区) | 窗口平台 | 审计监督 | by whom
TABLE = """
core.retry_job | 可 | 可 | — | — | — | 提交任务的人、市工信局(已停止、按计划执行或已有决定的任务)
core.see_damage | 可 | — | — | — | 可 | 市工信局、审计监督
core.view_roles | 可 | 可 | 可 | — | 可 | 市工信局、市平台、县(市、区)工信部门、审计监督
core.ask_change | 可 | 可 | 可 | — | — | 市工信局、市平台、县(市、区)工信部门
core.decide_change | 可 | — | — | — | — | 市工信局(不是申请人)(不是涉及的本人)
core.withdraw_change | 可 | 可 | 可 | — | — | 申请人
platforms.keep_people | — | 可 | 可 | 可 | — | 单位管理员
platforms.record_service | — | 可 | — | 可 | — | 本平台的账号
platforms.import_recognitions | 可 | 可 | — | — | — | 市工信局、市平台
platforms.guide_platform | 可 | 可 | 可 | — | — | 市工信局、市平台、县(市、区)工信部门(本县(市、区)的平台)
platforms.acknowledge_guidance | — | 可 | — | 可 | — | 本平台的账号
platforms.see_contacts | 可 | 可 | — | 可 | — | 市工信局、本平台的账号
evaluation.import_system | 可 | — | — | — | — | 市工信局
evaluation.put_system_in_force | 可 | — | — | — | — | 市工信局(未参与起草的人)
evaluation.retire_system | 可 | — | — | — | — | 市工信局
evaluation.plan_year | 可 | — | — | — | — | 市工信局
evaluation.import_hub | 可 | 可 | — | — | — | 市工信局、市平台
evaluation.import_figures | 可 | 可 | — | — | — | 市工信局、市平台
evaluation.keep_period | 可 | 可 | — | — | — | 市工信局、市平台
evaluation.fill_submission | — | 可 | — | 可 | — | 报送数据的平台
evaluation.fill_own_figures | — | 可 | — | — | — | 市平台(绑定平台的账号)
evaluation.check_figure | 可 | 可 | — | — | — | 审核方(市平台的由市工信局、窗口平台的由市平台)(未填写这项数据的人)
evaluation.appoint_assessor | 可 | 可 | — | — | — | 审核方(市平台的由市工信局、窗口平台的由市平台)
evaluation.gather_figures | 可 | 可 | — | — | — | 市工信局、市平台
evaluation.submit_summary | — | — | — | 可 | — | 窗口平台(本平台的账号)
evaluation.view_completeness | 可 | 可 | 可 | — | 可 | 市工信局、市平台、县(市、区)工信部门、审计监督
evaluation.remind_platforms | 可 | 可 | 可 | — | — | 市工信局、市平台、县(市、区)工信部门
evaluation.score_ranking | 可 | 可 | — | — | — | 市工信局(评市平台)、市平台(评窗口平台)
evaluation.publish_ranking | 可 | — | — | — | — | 市工信局(未参与评分、导入数据和编制指标体系的人)
evaluation.compile_bulletin | 可 | 可 | — | — | — | 市工信局、市平台
evaluation.issue_bulletin | 可 | — | — | — | — | 市工信局(未参与编制和导入本季数据的人)
rewards.view_consequences | 可 | 可 | — | — | 可 | 市工信局、市平台、审计监督
rewards.propose_consequences | 可 | 可 | — | — | — | 市工信局、市平台
rewards.decide_proposal | 可 | — | — | — | — | 市工信局(没有参与导入数据、评分、制定标准、提出建议的人)
"""


def written() -> dict[str, tuple[set[Role], str]]:
    """Permission -> the roles that can ever have it, and by whom."""
    lines = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    return {
        name: ({role for role, mark in zip(ROLES, marks, strict=True) if mark == "可"}, words)
        for name, *marks, words in lines
    }


def test_the_table_names_every_permission_and_every_role():
    assert set(ROLES) == set(Role)
    assert written().keys() == house().permissions.keys()


@pytest.mark.parametrize("permission", written())
def test_a_step_is_taken_by_whom_the_table_says(permission):
    asked = asked_by(permission)
    assert (set(asked.roles), asked.words) == written()[permission]
