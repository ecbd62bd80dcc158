"""Golden files: what a page, a document or a workbook said when a person last read it.

`REWRITE_GOLDEN=1 python3 -m dev test tests/golden` writes them anew; read the difference before it is kept.
"""

import os
from pathlib import Path

PAGES = Path(__file__).parent / "pages"


class Golden:
    """Compares many texts and says of all at once which differ."""

    def __init__(self, audience: str) -> None:
        self.folder = PAGES / audience
        self.differing: list[str] = []
        self._read: set[Path] = set()

    def compare(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.txt"
        self._read.add(path)
        if os.environ.get("REWRITE_GOLDEN"):
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        if not path.exists():
            self.differing.append(f"{self.folder.name}/{path.name}: not written yet")
        elif (kept := path.read_text(encoding="utf-8")) != text:
            self.differing.append(f"{self.folder.name}/{path.name}: {_first_difference(kept, text)}")

    @property
    def left_over(self) -> list[Path]:
        return sorted(set(self.folder.iterdir()) - self._read)


def faults(*goldens: Golden) -> list[str]:
    """Which texts differ, and which files are left over from pages that are gone."""
    left_over = [f"{golden.folder.name}/{path.name}: no page" for golden in goldens for path in golden.left_over]
    return [line for golden in goldens for line in golden.differing] + left_over


def _first_difference(kept: str, text: str) -> str:
    lines = zip([*kept.splitlines(), ""], [*text.splitlines(), ""], strict=False)
    return next(
        (f"line {number}: {old!r} became {new!r}" for number, (old, new) in enumerate(lines, 1) if old != new), ""
    )
