"""What the embedded database already holds, so that a second start does not do again what would change nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from dev.homes import home
from dev.paths import CHECKOUT

# Everything that migrations and demonstration are made of: our code and data, and the packages' versions.
SOURCES = (
    "core",
    "platforms",
    "evaluation",
    "rewards",
    "demo",
    "zhuzhou_sme",
    "templates/documents",
    "requirements-embedded.txt",
)


class Loaded:
    """A stamp beside the data of the embedded database: gone with it, and never there for a server of one's own."""

    def __init__(self, today: date) -> None:
        self.digest = digest(SOURCES, today.isoformat())  # what is due in the demonstration depends on the day
        self.stamp = None if os.environ.get("DATABASE_URL") else home("run").data / "loaded.digest"

    @property
    def is_current(self) -> bool:
        return self.stamp is not None and self.stamp.is_file() and self.stamp.read_text() == self.digest

    def forget(self) -> None:
        """Before anything is changed: a start that is cut short is not taken for a finished one."""
        if self.stamp is not None:
            self.stamp.unlink(missing_ok=True)

    def remember(self) -> None:
        if self.stamp is not None:
            self.stamp.write_text(self.digest)


def digest(names: Iterable[str], fact: str = "", checkout: Path = CHECKOUT) -> str:
    """Of a fact and of every file that is named or stands below a folder that is named: its path and its bytes."""
    found = hashlib.sha256(fact.encode())
    for name in names:
        root = checkout / name
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                found.update(f"{path.relative_to(checkout)} {len(content)}\n".encode() + content)
    return found.hexdigest()
