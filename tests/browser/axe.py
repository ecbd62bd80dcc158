"""axe-core on the page that a browser shows. Only what it objects to is worked out in full and comes back: the report
on everything in order is many times as long on a page of tables."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = Axe().axe_script
_RUN = "options => axe.run(options).then(results => results.violations)"


def violations(page: Page, standards: list[str]) -> list[dict[str, Any]]:
    page.evaluate(_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN, {"runOnly": standards, "resultTypes": ["violations"]})
    return found
