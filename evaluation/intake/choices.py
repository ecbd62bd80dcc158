"""What a file of figures is and whether it counts."""

from django.db.models import TextChoices


class BatchKind(TextChoices):
    HUB = "hub", "省枢纽运营数据"
    FIGURES = "figures", "其他年度数据"
    COLLECTED = "collected", "平台报送数据"


class BatchStatus(TextChoices):
    IN_FORCE = "in_force", "有效"
    REPLACED = "replaced", "已被替换"
