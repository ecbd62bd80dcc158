"""What every page needs: the footer's particulars and whether this is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.queries import office


def site(request: HttpRequest) -> dict[str, Any]:
    return {"office": office(), "demo_mode": settings.DEMO_MODE}
