"""The golden year, read while the portal's own clock stands still."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.golden.quarters import NOW
from tests.golden.year import Year, build_year


@pytest.fixture
def year(db: None, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Year:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return build_year()
