"""Journeys run in the browser that the browser tests use."""

from tests.browser.conftest import chromium, complaints, desktop, page_without_script, phone
from tests.web.conftest import office, site

__all__ = ["chromium", "complaints", "desktop", "office", "page_without_script", "phone", "site"]
