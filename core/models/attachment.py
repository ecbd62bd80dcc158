"""Files that people hand in. Stored once under their digest, outside the web root; served through an object check."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Attachment(models.Model):
    """One uploaded file that passed the gate. `sha256` names the stored bytes; `name` is what the person called it."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.name
