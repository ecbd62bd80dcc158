"""The bureau's own particulars, one row that staff edit: names on documents, page measures, the public footer."""

from django.db import models

from core.history import tracked


@tracked()
class Office(models.Model):
    """Everything about the issuing bureau that a document or a footer prints. Measures in millimetres and points as
    GB/T 9704-2012 gives them; they are settings because house styles differ."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField("机关全称", max_length=60, default="株洲市工业和信息化局")
    red_head = models.CharField("发文机关标志", max_length=60, default="株洲市工业和信息化局文件")
    document_code = models.CharField(
        "发文字号代字", max_length=20, default="株工信通", help_text="如〔2025〕1号之前的文字"
    )
    city_platform_name = models.CharField("市平台名称", max_length=60, default="株洲市中小企业公共服务平台")
    margin_top = models.PositiveSmallIntegerField("上边距(毫米)", default=37)
    margin_bottom = models.PositiveSmallIntegerField("下边距(毫米)", default=35)
    margin_left = models.PositiveSmallIntegerField("左边距(毫米)", default=28)
    margin_right = models.PositiveSmallIntegerField("右边距(毫米)", default=26)
    line_pitch = models.DecimalField("行距(磅)", max_digits=4, decimal_places=1, default=29)
    host_name = models.CharField("主办单位", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=60, blank=True)
    police_number = models.CharField("公网安备号", max_length=60, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=20, blank=True)
    privacy_text = models.TextField("隐私政策", blank=True, help_text="留空则页脚不显示“隐私政策”")

    class Meta:
        verbose_name = verbose_name_plural = "机关信息"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="core_office_single_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Office":
        """The row; its defaults until staff have saved it."""
        return cls.objects.first() or cls()
