"""Where this checkout keeps what it makes: everything is under .venv and var, both ignored by git."""

from __future__ import annotations

import hashlib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = CHECKOUT / "var"
FONTS = VAR / "fonts"
LOGS = VAR / "log"
SERVERS = VAR / "servers"


def checkout_key(checkout: Path = CHECKOUT) -> str:
    """Short name of a checkout for folders outside it, so that several checkouts never share a database."""
    return hashlib.sha256(str(checkout.resolve()).encode()).hexdigest()[:12]
