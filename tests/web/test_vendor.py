"""Third-party files are the ones on the list, byte for byte, and nothing of ours names another host."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"


def test_vendored_files_match_their_list():
    entries = json.loads((VENDOR / "list.json").read_text(encoding="utf-8"))
    listed = {name: digest for entry in entries for name, digest in entry["files"].items()}
    present = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "list.json"
    }
    assert present == listed
    assert all(entry["name"] and entry["version"] and entry["licence"] for entry in entries)


def test_our_styles_and_scripts_load_nothing_from_elsewhere():
    paths = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    assert {path.suffix for path in paths} == {".css", ".js"}
    for path in paths:
        found = re.findall(r"(?:https?:)?//[a-z0-9]|@import|data:", path.read_text(encoding="utf-8"))
        assert [hit for hit in found if hit != "data:"] == [], path.name
