"""The scoring program as a file for everybody: what the portal itself computes with, runnable where only Python is."""

import io
import zipfile
from functools import cache
from pathlib import Path

from evaluation import scoring

_PACKAGE = Path(scoring.__file__).parent
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same bytes on every machine
FILE_NAME = "evaluation-scoring.zip"


@cache
def scoring_program() -> bytes:
    """A zip with the package `evaluation.scoring`; unpacked, `python -m evaluation.scoring` runs in its folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("evaluation/__init__.py", _ALWAYS), "")
        for path in sorted(_PACKAGE.rglob("*.py")):
            name = f"evaluation/scoring/{path.relative_to(_PACKAGE).as_posix()}"
            archive.writestr(zipfile.ZipInfo(name, _ALWAYS), path.read_bytes())
    return target.getvalue()
