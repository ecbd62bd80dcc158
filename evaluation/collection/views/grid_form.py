"""The fields of the grid as a browser sends them: what was typed into each row, which version of it was shown, and what
was decided where somebody else had written meanwhile."""

from dataclasses import dataclass, field

from django.http import QueryDict

from core.errors import Refusal
from evaluation.collection.checks.typed_figures import REASON, REMARK, CellFault, Entry
from platforms.models import Platform

CELL, PLATFORM = "cell", "platform"
SEEN, TOLD, DECIDED, KEEP, MINE = "seen", "told", "decide", "keep", "mine"


@dataclass
class GridForm:
    """`entries` are to be saved; `seen` are the versions of all rows that the person had before them."""

    entries: dict[str, Entry] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)


def grid_form(data: QueryDict) -> GridForm:
    """`K5.cell.value`, `K5.reason`, `K5.remark`, `K5.seen` by indicator; other fields are no figures. Whoever was told
    of another's words has seen those: they keep them, and the row is not sent, or write over just them."""
    form = GridForm()
    for code, fields in _rows(data).items():
        decided, told = fields.get(DECIDED), _number(fields.get(TOLD, ""))
        seen = told if decided in (KEEP, MINE) and told is not None else _number(fields.get(SEEN, ""))
        if seen is not None:
            form.seen[code] = seen
        if decided != KEEP:
            form.entries[code] = _entry(fields, seen)
    return form


def check_platform(data: QueryDict, platform: Platform) -> None:
    """A page that was opened for one platform is not saved into another's quarter, whatever the account is now."""
    named = str(data.get(PLATFORM, ""))
    if not named:
        raise Refusal("没有收到本页所属的平台,没有保存任何数据;请从“我的工作”重新打开本季度的报送页面")
    if named != platform.code:
        raise Refusal(
            f"本页是为平台{named}打开的,您的账号现在属于{platform.name}({platform.code}),没有保存任何数据;"
            "请从“我的工作”重新打开报送页面"
        )


def field_name(fault: CellFault) -> str:
    """The field that a fault stands beside; '' for a whole row."""
    if not fault.cell:
        return ""
    return f"{fault.indicator}.{fault.cell if fault.cell in (REASON, REMARK) else f'{CELL}.{fault.cell}'}"


def _rows(data: QueryDict) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name, text in data.items():
        indicator, dot, key = str(name).partition(".")
        if dot and (key in (REASON, REMARK, SEEN, TOLD, DECIDED) or key.startswith(f"{CELL}.")):
            rows.setdefault(indicator, {})[key] = str(text)
    return {code: fields for code, fields in rows.items() if not fields.keys() <= {SEEN, TOLD, DECIDED}}


def _entry(fields: dict[str, str], seen: int | None) -> Entry:
    cells = {key.removeprefix(f"{CELL}."): text for key, text in fields.items() if key.startswith(f"{CELL}.")}
    return Entry(cells, fields.get(REASON, ""), fields.get(REMARK, ""), seen)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
