"""Where a year's ranking stands."""

from django.db.models import TextChoices


class RankingStatus(TextChoices):
    OPEN = "open", "待评分"
    SCORED = "scored", "已评分"
    PUBLISHED = "published", "已发布"
