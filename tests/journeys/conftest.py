"""Journeys run in the browser that the browser tests use."""

from tests.browser.conftest import complaints, desktop, page_without_script, phone
from tests.web.conftest import office, site

__all__ = ["complaints", "desktop", "office", "page_without_script", "phone", "site"]
