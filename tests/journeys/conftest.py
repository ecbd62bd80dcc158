"""The same browser that the tests of pages drive."""

from tests.browser.conftest import chromium, complaints, desktop, page_without_script, phone

__all__ = ["chromium", "complaints", "desktop", "page_without_script", "phone"]
