"""A real Chromium from the system; what its console complains of is kept for the test."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.conftest import office, site

__all__ = ["office", "site"]  # the same published site that the tests of pages read

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

# Playwright runs an event loop of its own in this thread; Django would refuse every query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console said; a test that expects none asserts that it is empty."""
    return []


@pytest.fixture
def desktop(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    yield from open_page(chromium, complaints, viewport=DESKTOP)


@pytest.fixture
def phone(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    yield from open_page(chromium, complaints, viewport=PHONE)


@pytest.fixture
def page_without_script(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    yield from open_page(chromium, complaints, viewport=DESKTOP, java_script_enabled=False)


def open_page(browser: Browser, complaints: list[str], **options: object) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
