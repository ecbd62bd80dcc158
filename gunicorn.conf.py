"""Read by gunicorn from the folder it starts in. The server's first process never loads the application, yet has its
environment."""

from typing import Any

from core.files.cell import keep_to_itself


def on_starting(_: Any) -> None:
    keep_to_itself()
