"""Fixed vocabularies of the evaluation, with their Chinese labels."""

from django.db.models import TextChoices


class SystemStatus(TextChoices):
    DRAFT = "draft", "草案"
    IN_FORCE = "in_force", "施行"
    RETIRED = "retired", "停用"


class BatchKind(TextChoices):
    HUB = "hub", "省枢纽运营数据"
    FIGURES = "figures", "其他年度数据"
    COLLECTED = "collected", "平台报送数据"


class BatchStatus(TextChoices):
    IN_FORCE = "in_force", "有效"
    REPLACED = "replaced", "已被替换"


class FigureState(TextChoices):
    REPORTED = "reported", "已报"
    MISSING = "missing", "未报"
    NOT_APPLICABLE = "not_applicable", "不适用"


class PeriodStatus(TextChoices):
    OPEN = "open", "报送中"
    CLOSED = "closed", "已截止"
    LOCKED = "locked", "已锁定"


class SubmittedStatus(TextChoices):
    """The states of a figure on its way from a platform to the score."""

    EXPECTED = "expected", "待报"
    MISSING = "missing", "未报"
    HANDED_IN = "handed_in", "已报送"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接受"
    NOT_APPLICABLE = "not_applicable", "不适用"
    LOCKED = "locked", "已锁定"


class RankingStatus(TextChoices):
    OPEN = "open", "待评分"
    SCORED = "scored", "已评分"
    PUBLISHED = "published", "已发布"


class BulletinStatus(TextChoices):
    DRAFT = "draft", "草稿"
    COMPILED = "compiled", "已编制"
    ISSUED = "issued", "已印发"


QUARTERS = [(number, f"第{'一二三四'[number - 1]}季度") for number in range(1, 5)]
