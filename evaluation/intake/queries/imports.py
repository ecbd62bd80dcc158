"""What an import needs to know: the registry, the batch in force, what is published already. Reads only."""

from collections.abc import Iterator

from core.numbers import plain
from evaluation.choices import FigureState
from evaluation.intake.checks.figures import StoredFigure
from evaluation.intake.checks.registry import Registered
from evaluation.intake.choices import BatchStatus
from evaluation.intake.models import Figure, ImportBatch
from evaluation.systems.checks.hub_columns import HEADING_OF
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from evaluation.wording import item_name
from platforms.choices import PlatformType
from platforms.models import Platform


def registered_platforms() -> list[Registered]:
    """Every platform, in the form the checks take."""
    labels = dict(PlatformType.choices)
    rows = Platform.objects.order_by("code").values_list("pk", "code", "name", "platform_type")
    return [Registered(pk, code, name, kind, str(labels[kind])) for pk, code, name, kind in rows]


def batch_in_force(*, kind: str, year: int, quarter: int, lock: bool = False) -> ImportBatch | None:
    """The batch whose figures count for the period; `lock` holds its row until the transaction ends."""
    batches = ImportBatch.objects.filter(kind=kind, year=year, quarter=quarter, status=BatchStatus.IN_FORCE)
    return (batches.select_for_update() if lock else batches).first()


def stored_figures(batch: ImportBatch) -> Iterator[tuple[int, str, StoredFigure]]:
    """Platform, indicator and figure of everything in a batch."""
    rows = Figure.objects.filter(batch=batch).values_list(
        "platform_id", "indicator", "state", "amount", "base", "parts"
    )
    for platform, indicator, state, amount, base, parts in rows.iterator(chunk_size=20_000):
        yield platform, indicator, StoredFigure(state, amount, base, parts)


def figure_text(figure: Figure | StoredFigure) -> str:
    """A stored figure as a person reads it: `12`, `3/4`, `迟报1、退回0`, `网站`, `未报`."""
    if figure.amount is not None:
        amount = plain(figure.amount)
        return amount if figure.base is None else f"{amount}/{plain(figure.base)}"
    if isinstance(figure.parts, dict):
        return "、".join(f"{item_name(item)}{count}" for item, count in sorted(figure.parts.items()))
    if figure.parts is not None:
        return "、".join(map(item_name, figure.parts)) or "无"
    return str(FigureState(figure.state).label)


def indicator_labels(year: int) -> dict[str, str]:
    """Code and name of an indicator, by its code, in the systems of a year; the newest version's word counts. A column
    of the hub's workbook, by its key, goes by the indicator that it feeds, else by its heading."""
    systems = IndicatorSystem.objects.filter(code__endswith=f"-{year}").exclude(status=SystemStatus.DRAFT)
    return HEADING_OF | {
        key: f"{indicator.code} {indicator.name}"
        for system in systems.order_by("version", "pk")
        for indicator in system.rules.indicators
        for key in (indicator.code, indicator.column or indicator.code)
    }
