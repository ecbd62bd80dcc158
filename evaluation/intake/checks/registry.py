"""Which registered platform a row of a hub workbook means: by code, else by name ignoring space."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from evaluation.findings import Cell, Cells, Finding
from evaluation.intake.checks.hub_header import Header
from evaluation.systems.checks.hub_columns import CODE, NAME, TYPE


class Registered(NamedTuple):
    """A platform of the registry as a check needs it. `type_label` is the Chinese label of `platform_type`."""

    id: int
    code: str
    name: str
    platform_type: str
    type_label: str


@dataclass(frozen=True)
class Identity:
    """What a row says about its platform: the texts of the three identity columns, '' where blank or absent."""

    row: int
    code: str
    name: str
    type_label: str


class Registry:
    """The registered platforms, by code and by the comparison key of their name."""

    def __init__(self, platforms: Iterable[Registered], cells: Cells) -> None:
        self._key = cells.name_key
        self.by_code = {platform.code: platform for platform in platforms}
        self._by_name: dict[str, list[Registered]] = {}
        for platform in self.by_code.values():
            self._by_name.setdefault(self._key(platform.name), []).append(platform)

    def exact(self) -> dict[tuple[Cell, ...], Registered]:
        """The identity cells as a clean file writes them → the platform: the short way for nearly every row."""
        return {(p.code, p.name, p.type_label): p for p in self.by_code.values()}

    def identify(self, identity: Identity, header: Header) -> tuple[Registered | None, list[Finding]]:
        """The platform and everything that is wrong with the way the row names it."""
        platform, finding = self._by_code(identity, header) if identity.code else self._by_only_name(identity, header)
        if platform is None:
            return None, [finding] if finding else []
        wrong = []
        if identity.code and NAME in header.positions and self._key(identity.name) != self._key(platform.name):
            wrong.append(header.finding(identity.row, NAME, "平台编码与平台名称不一致", platform.name, identity.name))
        if TYPE in header.positions and self._key(identity.type_label) != self._key(platform.type_label):
            wrong.append(
                header.finding(identity.row, TYPE, "平台类型与登记不一致", platform.type_label, identity.type_label)
            )
        return platform, wrong

    def _by_code(self, identity: Identity, header: Header) -> tuple[Registered | None, Finding | None]:
        platform = self.by_code.get(identity.code)
        if platform is not None:
            return platform, None
        named = self._by_name.get(self._key(identity.name), [])
        wanted = f"{named[0].code}(该名称登记的编码)" if len(named) == 1 else "已登记平台的编码;新平台请先登记"
        return None, header.finding(identity.row, CODE, "平台编码不在登记名录中", wanted, identity.code)

    def _by_only_name(self, identity: Identity, header: Header) -> tuple[Registered | None, Finding | None]:
        named = self._by_name.get(self._key(identity.name), []) if identity.name else []
        if len(named) == 1:
            return named[0], None
        heading, message, wanted = CODE, "平台编码和平台名称均为空", "每行写明平台编码或平台名称"
        if named:
            codes = "、".join(platform.code for platform in named)
            heading, message, wanted = NAME, "平台名称对应多个平台", f"填写平台编码以区分:{codes}"
        elif identity.name:
            heading, message, wanted = NAME, "平台名称不在登记名录中", "已登记平台的名称,或填写平台编码"
        return None, header.finding(identity.row, heading, message, wanted, identity.name)
