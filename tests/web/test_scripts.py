"""Our scripts run in the browsers that offices have: they use nothing that came after Chromium 86."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))

# What came after Chromium 86, by the version that brought it.
NEWER = {
    r"^await\b|^(const|let) .*= await\b|^for await\b": "89: await outside of functions",
    r"\bstructuredClone\b": "98",
    r"\.at\(": "92",
    r"\.(findLast|findLastIndex)\(": "97",
    r"\.(toSorted|toReversed|toSpliced|with)\(": "110",
    r"\bObject\.(hasOwn|groupBy)\b|\bMap\.groupBy\b": "93, 117",
    r"\bPromise\.(withResolvers|try)\b|\bArray\.fromAsync\b": "119, 128, 121",
    r"\brandomUUID\b": "92",
    r"\bAbortSignal\.(timeout|any|abort)\b": "103, 116, 93",
    r"\bstatic\s*\{": "94: static blocks",
    r"#\w+\s+in\s": "91: private brand checks",
    r"\bcause\s*:": "93: the cause of an error",
    r"/[a-z]*[dv][a-z]*\.(exec|test)\(": "90, 112: flags d and v",
    r"\bimport\b[^;\n]*\b(assert|with)\s*\{": "91, 123: import attributes",
    r":has\(": "105",
    r"\.(checkVisibility|showPicker|setHTML|togglePopover|showPopover)\(": "105, 99, 124, 114",
    r"\.(intersection|union|difference|isSubsetOf)\(": "122",
    r"\bIntl\.(Segmenter|DurationFormat)\b": "87, 129",
    r"\bscheduler\.\w": "94",
    r"\.inert\b": "102",
    r'"(scrollend|beforetoggle)"': "114",
}


def newer_than_chromium_86(script: str) -> list[str]:
    bare = re.sub(r"(?m)(^|\s)//.*$", "", script)
    return [f"{shape} ({since})" for shape, since in NEWER.items() if re.search(shape, bare, re.MULTILINE)]


def test_the_list_of_scripts_is_not_empty():
    assert {path.name for path in SCRIPTS} >= {"grid.js", "copy.js", "passkey.js"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_needs_more_than_chromium_86(path: Path):
    assert newer_than_chromium_86(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "script",
    [
        "await send();",
        "const last = rows.at(-1);",
        "const copy = structuredClone(rows);",
        "if (Object.hasOwn(rows, name)) go();",
        "class Row { static { go(); } }",
        'form.querySelector("tr:has(input)");',
        "rows.toSorted();",
        "fetch(address, { signal: AbortSignal.timeout(1000) });",
    ],
)
def test_what_is_newer_is_found(script):
    assert len(newer_than_chromium_86(script)) == 1


@pytest.mark.parametrize(
    "script", ["rows.values?.() ?? [];", "  await send();", "// await nobody", "  rows ||= await send();"]
)
def test_what_chromium_86_knows_passes(script):
    assert newer_than_chromium_86(script) == []
