"""Judging a file in a process that has no other children: what the gate said, how long it took, how much memory it and
its children took at most. The test run itself has browsers and servers for children, whose memory would count too."""

import re
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from core.errors import Refusal


class Verdict(NamedTuple):
    """`refusal` is empty when the file passed; `peak_bytes` is the most of any judging so far."""

    refusal: str
    seconds: float
    peak_bytes: int


@cache
def _judges() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def judge(name: str, content: bytes, check: Callable[[str, bytes], object]) -> Verdict:
    return _judges().submit(_judge, check, name, content).result(timeout=60)


def _judge(check: Callable[[str, bytes], object], name: str, content: bytes) -> Verdict:
    started, refusal = time.monotonic(), ""
    try:
        check(name, content)
    except Refusal as refused:
        refusal = str(refused)
    peak = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, _own_peak()) * 1024
    return Verdict(refusal, time.monotonic() - started, peak)


def _own_peak() -> int:
    """KiB at most since this program was started. `ru_maxrss` would not do: it is handed on by whoever started it, and
    the test run is large."""
    (line,) = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(line)
