"""The lists that are only exported: operators, their terms, recognitions."""

from import_export.fields import Field

from platforms.choices import Level, RecognitionKind
from platforms.models import Operator, OperatorTerm, Recognition
from platforms.resources.base import TableResource
from platforms.resources.cells import Choice, Day, Text


class OperatorResource(TableResource):
    name = Field("name", "运营单位", Text())
    credit_code = Field("credit_code", "统一社会信用代码", Text())

    class Meta(TableResource.Meta):
        model = Operator
        name = "运营单位"
        fields = ("name", "credit_code")


class OperatorTermResource(TableResource):
    platform_code = Field("platform__code", "平台编码", Text())
    platform_name = Field("platform__name", "平台名称", Text())
    operator = Field("operator__name", "运营单位", Text())
    credit_code = Field("operator__credit_code", "统一社会信用代码", Text())
    starts_on = Field("starts_on", "起始日", Day())
    ends_on = Field("ends_on", "结束日(不含)", Day())

    class Meta(TableResource.Meta):
        model = OperatorTerm
        name = "运营期"
        fields = ("platform_code", "platform_name", "operator", "credit_code", "starts_on", "ends_on")


class RecognitionResource(TableResource):
    platform_code = Field("platform__code", "平台编码", Text())
    platform_name = Field("platform__name", "平台名称", Text())
    kind = Field("kind", "类别", Choice(RecognitionKind))
    level = Field("level", "级别", Choice(Level))
    recognised_on = Field("recognised_on", "认定(验收)日期", Day())
    authority = Field("authority", "认定(验收)机关", Text())
    document_number = Field("document_number", "文号", Text())
    valid_until = Field("valid_until", "有效期至", Day())

    class Meta(TableResource.Meta):
        model = Recognition
        name = "认定与验收"
        fields = (
            "platform_code",
            "platform_name",
            "kind",
            "level",
            "recognised_on",
            "authority",
            "document_number",
            "valid_until",
        )
