"""The table of platforms: one row holds a platform, its operator and its acceptance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export.fields import Field

from platforms.choices import PlatformType
from platforms.models import OperatorTerm, Platform, Region
from platforms.pinyin import sort_key
from platforms.queries import term_on
from platforms.resources.base import Row, TableResource
from platforms.resources.cells import Choice, CreditCode, Day, PlatformCode, Registered, Required, Text

UNKNOWN_REGION = "没有这个代码的行政区划,请先在“行政区划”中登记"


@dataclass(frozen=True)
class Registration:
    """What a row says beside the platform itself; None or empty where the row says nothing."""

    accepted_on: date | None = None
    operator_name: str = ""
    credit_code: str = ""
    operator_since: date | None = None

    @property
    def names_operator(self) -> bool:
        return bool(self.operator_name)


Register = Callable[[Platform, Registration], None]


class PlatformResource(TableResource):
    """`register` writes operator, term and acceptance of one row; it is the action's, so that this class only reads.

    The stated_* attributes exist on the instance only while a row is imported; exported values come from the registry.
    """

    code = Field("code", "平台编码", PlatformCode())
    name = Field("name", "平台名称", Required())
    platform_type = Field("platform_type", "平台类型", Choice(PlatformType))
    region = Field("region", "行政区划代码", Registered(Region, "code", UNKNOWN_REGION))
    accepted_on = Field("stated_accepted_on", "认定(验收)日期", Day())
    operator_name = Field("stated_operator_name", "运营单位", Text())
    credit_code = Field("stated_credit_code", "运营单位统一社会信用代码", CreditCode())
    operator_since = Field("stated_operator_since", "运营起始日期", Day())
    service_field = Field("service_field", "服务领域", Text())
    contact_person = Field("contact_person", "联系人", Text())
    contact_phone = Field("contact_phone", "联系电话", Text())

    required = ("平台编码", "平台名称", "平台类型", "行政区划代码")
    aliases = {}

    class Meta(TableResource.Meta):
        model = Platform
        name = "平台"
        import_id_fields = ["code"]
        fields = (
            "code",
            "name",
            "platform_type",
            "region",
            "accepted_on",
            "operator_name",
            "credit_code",
            "operator_since",
            "service_field",
            "contact_person",
            "contact_phone",
        )
        export_order = fields

    def __init__(self, register: Register | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.register = register

    def dehydrate_accepted_on(self, platform: Platform) -> str:
        return Day().render(platform.accepted_on if platform.pk and platform.platform_type else None)

    def dehydrate_operator_name(self, platform: Platform) -> str:
        term = _current_term(platform)
        return term.operator.name if term else ""

    def dehydrate_credit_code(self, platform: Platform) -> str:
        term = _current_term(platform)
        return term.operator.credit_code if term else ""

    def dehydrate_operator_since(self, platform: Platform) -> str:
        term = _current_term(platform)
        return Day().render(term.starts_on if term else None)

    def row_errors(self, instance: Any, row: Row, faulty: set[str]) -> dict[str, list[ValidationError]]:
        """Operator, credit code and first day stand together or not at all."""
        stated = ("stated_operator_name", "stated_credit_code", "stated_operator_since")
        empty = [name for name in stated if name not in faulty and not getattr(instance, name, None)]
        if len(empty) == len(stated):
            return {}
        return {name: [ValidationError("运营单位、统一社会信用代码、运营起始日期须同时填写")] for name in empty}

    def skip_row(self, instance: Any, original: Any, row: object, import_validation_errors: object = None) -> bool:
        """A row is left out when platform, operator, term and acceptance already stand as it says."""
        if import_validation_errors or original.pk is None:
            return False
        own = ("name", "platform_type", "region_id", "service_field", "contact_person", "contact_phone")
        if any(getattr(instance, name) != getattr(original, name) for name in own):
            return False
        return _stands(original, stated_registration(instance))

    def before_save_instance(self, instance: Platform, row: object, **_: object) -> None:
        instance.sort_key = sort_key(instance.name)

    def after_save_instance(self, instance: Platform, row: object, **_: object) -> None:
        if self.register is not None:
            self.register(instance, stated_registration(instance))


def stated_registration(platform: Platform) -> Registration:
    return Registration(
        accepted_on=getattr(platform, "stated_accepted_on", None),
        operator_name=getattr(platform, "stated_operator_name", ""),
        credit_code=getattr(platform, "stated_credit_code", ""),
        operator_since=getattr(platform, "stated_operator_since", None),
    )


def _stands(platform: Platform, stated: Registration) -> bool:
    if stated.accepted_on and stated.accepted_on != platform.accepted_on:
        return False
    terms = platform.operator_terms.select_related("operator")
    return not stated.names_operator or any(
        (term.operator.credit_code, term.operator.name, term.starts_on)
        == (stated.credit_code, stated.operator_name, stated.operator_since)
        for term in terms
    )


def _current_term(platform: Any) -> OperatorTerm | None:
    """The running term, or one that is still to begin when none runs yet."""
    if platform.pk is None:
        return None
    today = timezone.localdate()
    return term_on(platform, today) or next(
        (term for term in platform.operator_terms.all() if term.starts_on and term.starts_on > today), None
    )
