"""What collecting the figures declares to the rest of the house, collected at start."""

from core.choices import CITY_WIDE, Role
from core.declared import Condition, Declared, MenuEntry, Sight, Workflow
from evaluation import permissions
from evaluation.collection import models
from evaluation.collection.choices import PeriodStatus, SubmittedStatus
from evaluation.collection.models import reporting_period, submission

_WITH_COUNTIES = CITY_WIDE | {Role.COUNTY}
_OF_A_PLATFORM = frozenset({Role.WINDOW, Role.CITY_PLATFORM})

DECLARED = Declared(
    "evaluation.collection",
    sights=(
        Sight(models.ReportingPeriod, seen_by=CITY_WIDE),
        Sight(models.Submission, seen_by=_WITH_COUNTIES),
        Sight(models.SubmittedFigure, seen_by=_WITH_COUNTIES),
        Sight(models.SubmissionReceipt, seen_by=CITY_WIDE),
    ),
    conditions=(
        Condition(permissions.is_own_submission, "报送数据的平台", _OF_A_PLATFORM),
        Condition(permissions.belongs_to_platform, "绑定平台的账号", _OF_A_PLATFORM),
        Condition(
            permissions.is_checked_by,
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
