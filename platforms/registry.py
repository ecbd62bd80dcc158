"""What the registry of platforms declares to the rest of the house, collected at start."""

from core.choices import CITY_WIDE, OF_A_PLATFORM, OVERSIGHT, WITH_COUNTIES, Role
from core.declared import Answer, Condition, Declared, JobKind, MenuEntry, Permission, Sight, register_entry
from core.identity.changes import KINDS
from core.identity.organisations import ORGANISATIONS, Organisations
from core.permissions import is_bureau, is_city_platform, is_county
from platforms import models, permissions, tasks
from platforms.actions.accounts import CHANGE_KINDS
from platforms.actions.service_lists import JOB_KIND
from platforms.queries.people import unit_of, with_units

_BUREAU = frozenset({Role.BUREAU})

DECLARED = Declared(
    "platforms",
    sights=(
        Sight(models.Region, seen_by=CITY_WIDE, changed_by=_BUREAU),
        Sight(models.Platform, seen_by=WITH_COUNTIES, changed_by=_BUREAU),
        Sight(models.Operator, seen_by=CITY_WIDE, changed_by=_BUREAU),
        Sight(models.OperatorTerm, seen_by=WITH_COUNTIES, changed_by=_BUREAU),
        Sight(models.Recognition, seen_by=WITH_COUNTIES, changed_by=_BUREAU),
        Sight(models.Enterprise, seen_by=CITY_WIDE),
        Sight(models.RecognitionList, seen_by=CITY_WIDE),
        Sight(models.EnterpriseRecognition, seen_by=CITY_WIDE),
        Sight(models.ServiceList, seen_by=WITH_COUNTIES),
        Sight(models.ServiceRecord, seen_by=WITH_COUNTIES),
        Sight(models.Guidance, seen_by=WITH_COUNTIES),
        Sight(models.Membership, seen_by=OVERSIGHT, changed_by=_BUREAU),
    ),
    permissions=(
        Permission("platforms.keep_people", permissions.keeps_own_people),
        Permission("platforms.record_service", permissions.is_own_platform),
        Permission("platforms.import_recognitions", is_bureau | is_city_platform),
        Permission("platforms.guide_platform", is_bureau | is_city_platform | is_county & permissions.is_own_regions),
        Permission("platforms.acknowledge_guidance", permissions.is_own_platform),
        Permission("platforms.see_contacts", is_bureau | permissions.is_own_platform),
    ),
    conditions=(
        Condition(permissions.is_own_platform, "本平台的账号", OF_A_PLATFORM),
        Condition(permissions.is_own_regions, "本县(市、区)的平台"),
        Condition(permissions.keeps_own_people, "单位管理员", OF_A_PLATFORM | {Role.COUNTY}),
    ),
    jobs=(JobKind(JOB_KIND, "导入服务企业名单", tasks.import_service_list),),
    menu=(
        MenuEntry("quarter", 80, "指导与催报", "desk_guidance", "platforms.view_guidance"),
        register_entry("registry", 10, "平台登记", models.Platform),
        register_entry("registry", 20, "运营单位", models.Operator),
        register_entry("registry", 30, "运营期", models.OperatorTerm),
        register_entry("registry", 40, "认定与验收", models.Recognition),
        register_entry("registry", 50, "行政区划", models.Region),
        MenuEntry("registry", 60, "企业认定名单", "desk_recognition_lists", "platforms.view_recognitionlist"),
        MenuEntry("registry", 70, "服务记录", "desk_services", "platforms.view_servicerecord"),
        MenuEntry("system", 10, "本单位账号", "desk_people", "platforms.keep_people"),
        register_entry("system", 40, "账号归属", models.Membership),
    ),
    answers=(
        Answer(ORGANISATIONS, Organisations(unit_of, with_units)),
        *(Answer(KINDS, kind) for kind in CHANGE_KINDS),
    ),
)
