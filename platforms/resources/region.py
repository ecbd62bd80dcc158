"""The table of regions."""

from import_export.fields import Field

from platforms.choices import RegionKind
from platforms.models import Region
from platforms.resources.base import TableResource
from platforms.resources.cells import Choice, Required


class RegionResource(TableResource):
    code = Field("code", "区划代码", Required())
    name = Field("name", "名称", Required())
    # The hyphened form stands in the published list of the statistics bureau.
    kind = Field("kind", "类别", Choice(RegionKind, **{"county-level city": RegionKind.COUNTY_LEVEL_CITY.value}))

    required = ("区划代码", "名称", "类别")
    aliases = {"code": "区划代码", "name": "名称", "type": "类别"}

    class Meta(TableResource.Meta):
        model = Region
        import_id_fields = ["code"]
        fields = ("code", "name", "kind")
