"""Style sheets that the browsers of the office net understand: Chromium 86 drops a whole rule for one selector it does
not know, so newer words are refused by name."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
NEWER = {
    "a list inside :not()": r":not\([^()]*,",
    ":is(), :where(), :has()": r":(?:is|where|has)\(",
    "nesting": r"(?m)^\s*&",
    "container queries": r"@container|container-type",
    "layers and scopes": r"@layer|@scope|@property",
    "small, large, dynamic units": r"\d(?:[sld]v[hw]|cq[wh])\b",
    "inset": r"(?m)^\s*inset\s*:",
    "aspect-ratio": r"aspect-ratio",
    "colour functions": r"color-mix|oklch|light-dark",
    "range syntax of media queries": r"@media[^{]*[<>]",
}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
@pytest.mark.parametrize("feature", NEWER)
def test_no_word_newer_than_the_offices_browsers(sheet, feature):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(NEWER[feature], text) == []


def test_the_words_are_recognised():
    """The control: each pattern finds what it is for."""
    samples = (
        "a:not(.x, .y) {}",
        "p:has(a) {}",
        "p {\n  & a {}\n}",
        "@container (min-width: 1px) {}",
        "@layer a;",
        "p { height: 100dvh }",
        "p {\n  inset: 0;\n}",
        "p { aspect-ratio: 1 }",
        "p { color: color-mix(in srgb, red, red) }",
        "@media (width > 1px) {}",
    )
    assert [name for name, sample in zip(NEWER, samples, strict=True) if not re.search(NEWER[name], sample)] == []
