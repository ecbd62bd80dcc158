"""Rendered files that never change again: what a publication, a bulletin or a letter serves, byte for byte."""

from django.db import models
from django.db.models.functions import Now


class SealedFile(models.Model):
    """Bytes under their own digest. The run-time role can add rows and read them, nothing else."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    media_type = models.CharField("类型", max_length=100)
    content = models.BinaryField("内容")
    size = models.PositiveBigIntegerField("字节数")
    sealed_at = models.DateTimeField("封存时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "封存文件"

    def __str__(self) -> str:
        return self.sha256
