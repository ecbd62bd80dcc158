"""Fixed vocabularies of rewards and consequences."""

from django.db.models import TextChoices


class ProposalStatus(TextChoices):
    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不予采纳"
