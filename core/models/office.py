"""The bureau's own particulars, one row that staff edit: names on documents, page measures, the public footer."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.history import tracked

_PAGE_WIDTH, _PAGE_HEIGHT = 210, 297  # A4
NARROWEST, WIDEST = 15, 60
PAGE_NUMBER_ROOM = 25  # under the type area: the number stands 7 mm below it and needs paper under itself
LEAST_WIDTH, LEAST_HEIGHT = 140, 180
CLOSEST, LOOSEST = Decimal(20), Decimal(40)
LONGEST_PRIVACY = 20_000
LONGEST_NAME, LONGEST_MARK = 24, 30  # characters of 三号, and of a red head that one still reads, in LEAST_WIDTH


def _between(least: int | Decimal, most: int | Decimal, unit: str) -> list[Any]:
    said = f"应在{least}至{most}{unit}之间"
    return [MinValueValidator(least, said), MaxValueValidator(most, said)]


def _margin(name: str, default: int, least: int = NARROWEST) -> Any:
    return models.PositiveSmallIntegerField(
        f"{name}(毫米)", default=default, validators=_between(least, WIDEST, "毫米"), help_text=f"{least}至{WIDEST}毫米"
    )


@tracked()
class Office(models.Model):
    """Everything about the issuing bureau that a document or a footer prints. Measures in millimetres and points as
    GB/T 9704-2012 gives them; they are settings because house styles differ."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField("机关全称", max_length=LONGEST_NAME, default="株洲市工业和信息化局")
    red_head = models.CharField("发文机关标志", max_length=LONGEST_MARK, default="株洲市工业和信息化局文件")
    document_code = models.CharField(
        "发文字号代字", max_length=10, default="株工信通", help_text="如〔2025〕1号之前的文字"
    )
    city_platform_name = models.CharField("市平台名称", max_length=LONGEST_NAME, default="株洲市中小企业公共服务平台")
    margin_top = _margin("上边距", 37)
    margin_bottom = _margin("下边距", 35, PAGE_NUMBER_ROOM)
    margin_left = _margin("左边距", 28)
    margin_right = _margin("右边距", 26)
    line_pitch = models.DecimalField(
        "行距(磅)",
        max_digits=4,
        decimal_places=1,
        default=29,
        validators=_between(CLOSEST, LOOSEST, "磅"),
        help_text=f"{CLOSEST}至{LOOSEST}磅",
    )
    host_name = models.CharField("主办单位", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=60, blank=True)
    police_number = models.CharField("公网安备号", max_length=60, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=20, blank=True)
    privacy_text = models.TextField(
        "隐私政策",
        max_length=LONGEST_PRIVACY,
        validators=[MaxLengthValidator(LONGEST_PRIVACY)],
        blank=True,
        help_text="留空则页脚不显示“隐私政策”",
    )

    class Meta:
        verbose_name = verbose_name_plural = "机关信息"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="core_office_single_row"),
            models.CheckConstraint(
                condition=Q(
                    margin_top__range=(NARROWEST, WIDEST),
                    margin_bottom__range=(PAGE_NUMBER_ROOM, WIDEST),
                    margin_left__range=(NARROWEST, WIDEST),
                    margin_right__range=(NARROWEST, WIDEST),
                    line_pitch__range=(CLOSEST, LOOSEST),
                ),
                name="core_office_page_measures",
                violation_error_message=f"页边距应在{NARROWEST}至{WIDEST}毫米之间(下边距不小于{PAGE_NUMBER_ROOM}毫米),"
                f"行距应在{CLOSEST}至{LOOSEST}磅之间",
            ),
            models.CheckConstraint(
                condition=Q(
                    margin_left__lte=_PAGE_WIDTH - LEAST_WIDTH - F("margin_right"),
                    margin_top__lte=_PAGE_HEIGHT - LEAST_HEIGHT - F("margin_bottom"),
                ),
                name="core_office_type_area",
                violation_error_message=f"左右边距之和不超过{_PAGE_WIDTH - LEAST_WIDTH}毫米,上下边距之和不超过"
                f"{_PAGE_HEIGHT - LEAST_HEIGHT}毫米:版心不小于{LEAST_WIDTH}毫米×{LEAST_HEIGHT}毫米",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Office":
        """The row; its defaults until staff have saved it."""
        return cls.objects.first() or cls()
