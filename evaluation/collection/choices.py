"""Where a quarter and each of its figures stand."""

from django.db.models import TextChoices


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
