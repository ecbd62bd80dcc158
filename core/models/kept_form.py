"""What was typed into a form that could not be taken when it was sent."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class KeptForm(models.Model):
    """A form that arrived without a session, with an old token or after somebody else had changed what its page showed.
    Its owner alone gets it back, at `page`; it goes when the form is sent again, and after a day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="填写人")
    page = models.CharField("页面", max_length=2000)
    action = models.CharField("提交地址", max_length=2000)
    fields = models.JSONField("填写的内容")
    kept_at = models.DateTimeField("保留时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "没有提交成功的内容"
        constraints = [models.UniqueConstraint(fields=["owner", "action"], name="core_kept_form_once")]

    def __str__(self) -> str:
        return self.page
