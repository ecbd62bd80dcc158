"""Every fault of a bundle or of a system alone, each with its JSON path: what is wrong, what was expected.

Checks only; nothing is repaired and nothing is scored here.
"""

from evaluation.scoring.faults.document import bundle_faults, system_faults
from evaluation.scoring.findings import Fault

__all__ = ["Fault", "bundle_faults", "system_faults"]
