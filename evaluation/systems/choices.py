"""Where a version of an indicator system stands."""

from django.db.models import TextChoices


class SystemStatus(TextChoices):
    DRAFT = "draft", "草案"
    IN_FORCE = "in_force", "施行"
    RETIRED = "retired", "停用"
