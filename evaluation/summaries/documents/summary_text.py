"""What an annual summary says, as a page shows it: the outline's headings as headings, the rest as it stands."""

from dataclasses import dataclass

from evaluation.summaries.checks import heading_level
from evaluation.summaries.models import AnnualSummary


@dataclass(frozen=True)
class TextLine:
    """A paragraph or a table's row. `level` is 1 or 2 for a heading of the outline, 0 for text; `cells` has more than
    one entry for a row of a table."""

    level: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.cells)


def summary_lines(summary: AnnualSummary) -> list[TextLine]:
    lines = (tuple(line.split("\t")) for line in summary.text.splitlines())
    return [TextLine(heading_level(cells[0]) or 0 if len(cells) == 1 else 0, cells) for cells in lines]
