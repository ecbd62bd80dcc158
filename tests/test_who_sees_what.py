"""Who sees and changes what on the desk, and what the desk's menu offers: written out once more, to be read and signed
by an official. The portal puts the same together from what every app and slice declares."""

import pytest
from django.apps import apps

from core.choices import Role
from core.declared import house
from core.models.user import DESK_ROLES
from tests.factories import UserFactory
from tests.web.world import ROLES as WALKED
from zhuzhou_sme.menu import GROUPS

ROLES = (Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY, Role.WINDOW, Role.AUDITOR)

# 看 = sees and exports; 改 = also adds, changes, deletes and imports; — = neither. Rows outside the role's scope stay
# hidden whatever stands here.
#   name | model | 市工信局 | 市平台 | 县(市、区) | 窗口平台 | 审计监督
TABLE = """
变更申请 | core.changerequest | 看 | 看 | 看 | — | 看
后台任务 | core.job | 改 | 看 | — | — | 看
机关信息 | core.office | 改 | — | — | — | 看
账号 | core.user | 改 | — | — | — | 看
登录记录 | core.signin | 看 | — | — | — | 看
登录锁定 | core.signinfailure | 改 | — | — | — | 看
企业 | platforms.enterprise | 看 | 看 | — | — | 看
企业认定 | platforms.enterpriserecognition | 看 | 看 | — | — | 看
指导与提醒 | platforms.guidance | 看 | 看 | 看 | — | 看
账号归属 | platforms.membership | 改 | — | — | — | 看
运营单位 | platforms.operator | 改 | 看 | — | — | 看
运营期 | platforms.operatorterm | 改 | 看 | 看 | — | 看
平台 | platforms.platform | 改 | 看 | 看 | — | 看
认定与验收 | platforms.recognition | 改 | 看 | 看 | — | 看
认定名单 | platforms.recognitionlist | 看 | 看 | — | — | 看
行政区划 | platforms.region | 改 | 看 | — | — | 看
服务企业名单 | platforms.servicelist | 看 | 看 | 看 | — | 看
服务记录 | platforms.servicerecord | 看 | 看 | 看 | — | 看
年度工作总结 | evaluation.annualsummary | 看 | 看 | — | — | 看
评委评分 | evaluation.assessormark | 看 | 看 | — | — | 看
季度通报 | evaluation.bulletin | 看 | 看 | — | — | 看
导入批次 | evaluation.importbatch | 看 | 看 | — | — | 看
指标体系 | evaluation.indicatorsystem | 看 | 看 | — | — | 看
年度排名 | evaluation.ranking | 看 | 看 | — | — | 看
报送期 | evaluation.reportingperiod | 看 | 看 | — | — | 看
评分表 | evaluation.scorecard | 看 | 看 | — | — | 看
季度报送 | evaluation.submission | 看 | 看 | 看 | — | 看
季度报送回执 | evaluation.submissionreceipt | 看 | 看 | — | — | 看
报送数据 | evaluation.submittedfigure | 看 | 看 | 看 | — | 看
更换运营单位建议 | rewards.operatorreplacement | 看 | 看 | — | — | 看
奖励 | rewards.reward | 看 | 看 | — | — | 看
奖励标准 | rewards.rewardstandard | 改 | 看 | — | — | 看
奖励档次 | rewards.rewardtier | 改 | 看 | — | — | 看
黄牌警告 | rewards.yellowcard | 看 | 看 | — | — | 看
"""

MENU = """
季度工作: 报送期、本平台填报、导入省枢纽数据、审核报送数据、编制通报、导入批次、完整性、指导与催报
年度工作: 指标体系、重点工作与目标、导入其他年度数据、归集年度数据、年度工作总结、\
多平台计入的认定、评委评分、评分与排名、结果应用、奖励标准
登记: 平台登记、运营单位、运营期、认定与验收、行政区划、企业认定名单、服务记录
查询: 全部导入批次、全部通报、全部指标体系、全部排名、全部评分表、全部工作总结
系统: 本单位账号、角色与权限、账号、账号归属、变更申请、机关信息、后台任务、定时任务、登录记录、登录锁定
"""


def written() -> dict[str, tuple[str, dict[Role, str]]]:
    """Model -> its name and the mark of each role."""
    lines = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    return {model: (name, dict(zip(ROLES, marks, strict=True))) for name, model, *marks in lines}


def test_the_table_names_every_role_and_every_declared_model_by_its_name():
    assert set(ROLES) == set(Role)
    assert {model: name for model, (name, _) in written().items()} == {
        name: str(apps.get_model(name)._meta.verbose_name) for name in house().sights
    }


def test_every_role_has_a_place_to_work_and_a_person_who_tries_every_address():
    """A role that is forgotten among the desk's is shut out of everything without a word."""
    assert set(Role) - {Role.WINDOW} == DESK_ROLES
    assert set(Role.values) == set(WALKED) - {"anonymous", "expired"}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_and_changes_what_the_table_says(role):
    marks = {model: marks[role] for model, (_, marks) in written().items()}
    assert marks
    assert house().seen_by(role) == {model for model, mark in marks.items() if mark in ("看", "改")}
    assert house().changed_by(role) == {model for model, mark in marks.items() if mark == "改"}


@pytest.mark.parametrize("role", ROLES)
def test_the_backend_answers_as_the_table_says(db, role):
    user = UserFactory.create(role=role)
    assert written()
    for model, (_, marks) in written().items():
        app, name = model.split(".")
        seeing = [user.has_perm(f"{app}.{verb}_{name}") for verb in ("view", "export")]
        changing = [user.has_perm(f"{app}.{verb}_{name}") for verb in ("add", "change", "delete", "import")]
        assert seeing == [marks[role] != "—"] * 2, model
        assert changing == [marks[role] == "改"] * 4, model


def test_the_menu_keeps_its_groups_and_their_order():
    offered = [f"{label}: " + "、".join(each.label for each in house().menu_of(code)) for code, label in GROUPS.items()]
    assert offered == MENU.strip().splitlines()
