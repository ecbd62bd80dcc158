"""Where a bulletin stands."""

from django.db.models import TextChoices


class BulletinStatus(TextChoices):
    DRAFT = "draft", "草稿"
    COMPILED = "compiled", "已编制"
    ISSUED = "issued", "已印发"
