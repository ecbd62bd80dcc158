"""Fixed vocabularies of the evaluation, with their Chinese labels."""

from django.db.models import TextChoices


class FigureState(TextChoices):
    REPORTED = "reported", "已报"
    MISSING = "missing", "未报"
    NOT_APPLICABLE = "not_applicable", "不适用"


QUARTERS = [(number, f"第{'一二三四'[number - 1]}季度") for number in range(1, 5)]
