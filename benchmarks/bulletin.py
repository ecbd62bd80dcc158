"""A bulletin of 60 table rows, view-model to PDF, beside bare WeasyPrint on the same HTML: limit 1.2 times.

    python -m benchmarks.bulletin

Bare WeasyPrint gets the same HTML twice: with the whole font files by @font-face, and with whatever the system has; the
faster of the two counts. Times are processor seconds, the median of five rounds, one after the other in one process.
Memory is the peak of a fresh process that loads what the worker loads: limit 250 MB. Growth: 20, 200, 2,000 rows, ours
and then bare in a fresh process; 2,000 within 60 processor seconds. Every window takes two rows: one of the text's
table with 9 columns, one of the attachment's with 12 indicators of three lines each.
"""

import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML

import zhuzhou_sme.celery  # noqa: F401  what a worker has loaded
from benchmarks.limits import linear, within
from core.paper import render_pdf
from core.paper.fonts import FACES
from core.paper.official_page import Layout, page_measures
from core.paper.punctuation import full_width_html
from core.periods import Quarter
from evaluation.bulletin.documents import BulletinView, Particulars, build_bulletin, read_view, view_bytes
from evaluation.bulletin.documents.readings import quarterly_indicators
from evaluation.bulletin.queries import WINDOW_TYPES, BulletinFacts, Window, WindowGroup
from evaluation.choices import FigureState
from evaluation.intake.checks.figures import StoredFigure
from evaluation.scoring.system import parse_system

LIMIT, MEGABYTES, SECONDS, ROUNDS = 1.2, 250, 60, 5
SIZES = (20, 200, 2000)
QUARTER = Quarter(2025, 2)
PARTICULARS = Particulars(
    red_head="演示机关文件",
    issuer="演示机关",
    document_code="演通",
    city_platform="演示市平台",
    layout=Layout(37, 35, 28, 26, "29.0"),
    serial_number=1,
    issued_on=date(2025, 7, 16),
    problems="",
    requirements="",
    is_demo=False,
)


def facts(rows: int) -> BulletinFacts:
    """Half as many windows, half of each type, with every quarterly figure of two quarters."""
    windows = rows // 2
    chance = random.Random(rows)
    groups: list[WindowGroup] = []
    figures: dict[tuple[int, str], dict[Quarter, StoredFigure]] = {}
    for number, kind in enumerate(WINDOW_TYPES):
        path = Path(settings.BASE_DIR) / "demo" / "systems" / f"{kind}-2025.json"
        system = parse_system(json.loads(path.read_text(encoding="utf-8")))
        members = tuple(Window(n, f"W{n}", f"演示{n}号中小企业窗口服务平台") for n in range(number, windows, 2))
        groups.append(WindowGroup(kind, members, system))
        for window in members:
            for indicator in quarterly_indicators(system):
                for quarter in (QUARTER.previous, QUARTER):
                    base = Decimal(chance.randint(1, 40))
                    amount = Decimal(chance.randint(0, int(base)))
                    figures.setdefault((window.id, indicator.code), {})[quarter] = StoredFigure(
                        FigureState.REPORTED, amount, base if indicator.is_ratio else None
                    )
    return BulletinFacts(QUARTER, frozenset({QUARTER, QUARTER.previous}), tuple(groups), figures, ())


def context(view: BulletinView) -> dict[str, object]:
    return {"view": view, "page": page_measures(view.layout, view.red_head), "demo_mode": False}


def ours(data: BulletinFacts) -> bytes:
    """Everything that the job does between reading and sealing."""
    view = read_view(view_bytes(build_bulletin(data, PARTICULARS)))
    return render_pdf("documents/bulletin.html", context(view))


def bare(html: str) -> bytes:
    pdf: bytes = HTML(string=html).write_pdf(pdf_tags=True)
    return pdf


def whole_files(html: str) -> str:
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("{face.path.as_uri()}") }}'
        for face in FACES
    )
    return html.replace("<style>", f"<style>{faces}", 1)


def seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def compare() -> bool:
    data = facts(60)
    view = read_view(view_bytes(build_bulletin(data, PARTICULARS)))
    html = full_width_html(render_to_string("documents/bulletin.html", context(view)))
    by_file = whole_files(html)
    runs: dict[str, Callable[[], object]] = {
        "ours": lambda: ours(data),
        "bare, by file": lambda: bare(by_file),
        "bare, system": lambda: bare(html),
    }
    for run in runs.values():
        run()
    medians = {
        name: statistics.median(times)
        for name, times in zip(
            runs, zip(*([seconds(run) for run in runs.values()] for _ in range(ROUNDS)), strict=True), strict=True
        )
    }
    ratio = medians["ours"] / min(medians["bare, by file"], medians["bare, system"])
    print("60 rows:", "   ".join(f"{name} {median:.2f} s" for name, median in medians.items()))
    return within("60 rows, ours beside the faster bare run:", ratio, LIMIT)


def peak_megabytes() -> int:
    """Of this process alone; `getrusage` would begin with the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]


class Measured(NamedTuple):
    """Processor seconds of ours and of bare WeasyPrint with the system's fonts, wall seconds and peak of ours."""

    ours: float
    bare: float
    wall: float
    megabytes: int


def one(rows: int) -> Measured:
    """For a process of its own."""
    data = facts(rows)
    started = time.perf_counter()
    used = seconds(lambda: ours(data))
    wall, peak = time.perf_counter() - started, peak_megabytes()
    view = read_view(view_bytes(build_bulletin(data, PARTICULARS)))
    html = full_width_html(render_to_string("documents/bulletin.html", context(view)))
    return Measured(used, seconds(lambda: bare(html)), wall, peak)


def fresh(rows: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.bulletin", str(rows)]
    found = Measured(*json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    print(
        f"{rows:5} rows: ours {found.ours:6.2f} s ({found.wall:6.2f} s wall, peak {found.megabytes} MB)   "
        f"bare {found.bare:6.2f} s   ratio {found.ours / found.bare:.2f}"
    )
    return found


def main() -> int:
    if len(sys.argv) == 2:
        print(json.dumps(one(int(sys.argv[1]))))
        return 0
    held = [compare()]
    print("fresh processes:")
    held.append(within("60 rows, peak MB:", fresh(60).megabytes, MEGABYTES))
    grown = [fresh(rows) for rows in SIZES]
    held.append(within("2000 rows, processor seconds:", grown[-1].ours, SECONDS))
    held.append(linear(SIZES, [each.ours for each in grown]))
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
