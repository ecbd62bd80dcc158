"""The demonstration's annual figures of 2025 with the awkward ones of the golden year."""

import csv
import io

from tests.evaluation.year.systems import DEMO

# Platform, indicator and what its line in the file of 2025 says instead; None for a line that never came.
AWKWARD = {
    ("CNT-03", "A17"): None,
    ("CNT-04", "C22"): '{"state": "missing"}',
    ("CNT-06", "D12"): '{"state": "not_applicable"}',
    ("CNT-06", "K9"): '{"numerator": "942", "denominator": "1000"}',  # as many points as CNT-03 in all
}


def awkward_figures() -> bytes:
    """The demonstration's annual figures of 2025 with the three awkward ones."""
    rows = list(csv.reader(io.StringIO((DEMO / "figures-2025.csv").read_text(encoding="utf-8-sig"))))
    assert AWKWARD.keys() <= {(row[0], row[1]) for row in rows}
    said = [(*row[:3], AWKWARD.get((row[0], row[1]), row[3])) for row in rows]
    text = io.StringIO()
    csv.writer(text).writerows(row for row in said if row[3] is not None)
    return text.getvalue().encode("utf-8-sig")
