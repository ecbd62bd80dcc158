"""The objects of the contract (system, bundle, result) as JSON gives them. Their keys are the contract's; `faults` has
looked at whatever comes from outside before anything here reads it."""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]
