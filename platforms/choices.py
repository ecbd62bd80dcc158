"""Fixed vocabularies of the registry, with their Chinese labels."""

from django.db.models import TextChoices


class PlatformType(TextChoices):
    """The five kinds of 办法 M3; the first three are evaluated and ranked (细则 R2)."""

    CITY_PLATFORM = "city_platform", "市平台"
    CLUSTER_WINDOW = "cluster_window", "产业集群窗口平台"
    COUNTY_WINDOW = "county_window", "县(市、区)综合窗口平台"
    INNOVATION_BASE = "innovation_base", "创业创新基地"
    CORE_INSTITUTION = "core_institution", "核心服务机构"


EVALUATED_TYPES = (PlatformType.CITY_PLATFORM, PlatformType.CLUSTER_WINDOW, PlatformType.COUNTY_WINDOW)


class RegionKind(TextChoices):
    CITY = "city", "市"
    DISTRICT = "district", "区"
    COUNTY = "county", "县"
    COUNTY_LEVEL_CITY = "county_level_city", "县级市"
    NON_STATUTORY = "non_statutory", "非建制单位"


class RecognitionKind(TextChoices):
    RECOGNITION = "recognition", "认定"
    ACCEPTANCE = "acceptance", "省级验收"


class Level(TextChoices):
    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市级"


# What admits a platform to the service network: the evaluated types pass the provincial acceptance (细则 R2), bases and
# institutions are recognised (办法 M3(2), M3(3)).
ADMITTING_KIND = {
    kind: RecognitionKind.ACCEPTANCE if kind in EVALUATED_TYPES else RecognitionKind.RECOGNITION
    for kind in PlatformType
}
# The level taken when an import names a date only.
ADMITTING_LEVEL = {
    RecognitionKind.ACCEPTANCE: Level.PROVINCIAL,
    RecognitionKind.RECOGNITION: Level.MUNICIPAL,
}


class EnterpriseRecognitionKind(TextChoices):
    """What an enterprise can be recognised as, or become, after being served (细则 R3.4); names as the lists have
    them."""

    LITTLE_GIANT = "little_giant", "国家级专精特新“小巨人”企业"
    SINGLE_CHAMPION = "single_champion", "国家级制造业单项冠军企业(产品)"
    PROVINCIAL_SRDI = "provincial_srdi", "省级专精特新中小企业"
    INNOVATIVE_SME = "innovative_sme", "创新型中小企业"
    ABOVE_SCALE = "above_scale", "升规入统企业"
    LISTED = "listed", "上市(挂牌)企业"


class ServiceKind(TextChoices):
    """The ten aspects of 办法 M6(1), and what windows do besides."""

    CONSULTING = "consulting", "咨询管理"
    TESTING = "testing", "检验检测"
    SHARED_MANUFACTURING = "shared_manufacturing", "共享制造"
    PROPERTY_TRADING = "property_trading", "产权交易"
    RECRUITMENT = "recruitment", "人才招引"
    ABOVE_SCALE = "above_scale", "升规入统"
    FUNDING = "funding", "争资引项"
    INNOVATION = "innovation", "技术创新"
    FINANCING = "financing", "融资担保"
    LISTING = "listing", "上市辅导"
    POLICY = "policy", "政策宣传"
    TRAINING = "training", "培训活动"
    OTHER = "other", "其他服务"


class GuidanceKind(TextChoices):
    NOTE = "note", "指导意见"
    REMINDER = "reminder", "催报提醒"
