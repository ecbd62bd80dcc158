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
        self.read: set[str] = set()

    def compare(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.txt"
        self.read.add(path.name)
        if os.environ.get("REWRITE_GOLDEN"):
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        if not path.exists():
            self.differing.append(f"{self.folder.name}/{path.name}: not written yet")
        elif (kept := path.read_text(encoding="utf-8")) != text:
            self.differing.append(f"{self.folder.name}/{path.name}: {_first_difference(kept, text)}")


def check(*goldens: Golden) -> None:
    """No text differs, and no file is left over from a page that is gone."""
    differing = [line for golden in goldens for line in golden.differing]
    assert not differing, "\n".join(differing)
    for golden in goldens:
        assert {path.name for path in golden.folder.iterdir()} == golden.read


def _first_difference(kept: str, text: str) -> str:
    lines = zip([*kept.splitlines(), ""], [*text.splitlines(), ""], strict=False)
    return next(
        (f"line {number}: {old!r} became {new!r}" for number, (old, new) in enumerate(lines, 1) if old != new), ""
    )
