"""What collecting the figures declares to the rest of the house, collected at start."""

from core.choices import CITY_WIDE, OF_A_PLATFORM, WITH_COUNTIES, Role
from core.declared import Condition, Declared, MenuEntry, Permission, Sight, Workflow
from core.permissions import is_bureau, is_city_platform
from evaluation.collection import models, permissions
from evaluation.collection.choices import PeriodStatus, SubmittedStatus
from evaluation.collection.models import reporting_period, submission
from evaluation.permissions import is_checked_by

DECLARED = Declared(
    "evaluation.collection",
    sights=(
        Sight(models.ReportingPeriod, seen_by=CITY_WIDE),
        Sight(models.Submission, seen_by=WITH_COUNTIES),
        Sight(models.SubmittedFigure, seen_by=WITH_COUNTIES),
        Sight(models.SubmissionReceipt, seen_by=CITY_WIDE),
    ),
    permissions=(
        Permission("evaluation.keep_period", is_bureau | is_city_platform, "由市工信局或市平台工作人员办理"),
        Permission("evaluation.fill_submission", permissions.is_own_submission),
        Permission("evaluation.fill_own_figures", is_city_platform & permissions.belongs_to_platform),
        Permission(
            "evaluation.check_figure",
            is_checked_by & permissions.has_not_saved,
            "窗口平台的数据由市平台审核,市平台的由市工信局审核,填报人不审核(《实施细则》第四条)",
        ),
    ),
    conditions=(
        Condition(permissions.is_own_submission, "报送数据的平台", OF_A_PLATFORM),
        Condition(permissions.belongs_to_platform, "绑定平台的账号", OF_A_PLATFORM),
        Condition(
            is_checked_by,
            "审核方(市平台的由市工信局、窗口平台的由市平台)",
            frozenset({Role.BUREAU, Role.CITY_PLATFORM}),
        ),
        Condition(permissions.has_not_saved, "未填写这项数据的人"),
    ),
    workflows=(
        Workflow("报送期", reporting_period.TRANSITIONS, PeriodStatus),
        Workflow("报送数据", submission.TRANSITIONS, SubmittedStatus),
    ),
    menu=(
        MenuEntry("quarter", 10, "报送期", "desk_periods", "evaluation.view_reportingperiod"),
        MenuEntry("quarter", 20, "本平台填报", "my_home", "evaluation.fill_own_figures"),
        MenuEntry("quarter", 40, "审核报送数据", "desk_checks", "evaluation.view_submittedfigure"),
    ),
)
