"""The child of `core.files.sandbox`: takes its limits on itself, reads its input, locks itself up, then runs one
parser. Started as a script; never imported by the portal."""

import gc
import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module

REFUSED = 3
OUT_OF_MEMORY = 4
NO_CELL = 5
# What parsers load only when they meet it, and could not load any more.
_LATER = (
    *(
        f"encodings.{name}"
        for name in ("ascii", "cp437", "gb18030", "gb2312", "latin_1", "utf_8_sig", "utf_16", "idna")
    ),
    *("stringprep", "_strptime", "traceback"),
)


def limit_resources(limits: dict[str, int]) -> None:
    for kind, amount in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["processor"]),
        (resource.RLIMIT_NOFILE, limits["files"]),
        (resource.RLIMIT_FSIZE, limits["output"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))


def _plain(value: object) -> object:
    """Dates and times, which JSON does not know, as one-key objects."""
    return {type(value).__name__: str(value)}


def main(path: str, function: str, limits: str, option: str) -> int:
    sys.path[:] = json.loads(path)
    module, _, name = function.rpartition(".")
    parse = getattr(import_module(module), name)
    from core.errors import Refusal
    from core.files.cell import lock_up

    for later in _LATER:
        import_module(later)
    if prepare := getattr(sys.modules[module], "prepare", None):
        prepare()
    gc.disable()  # one answer, then the process ends
    limit_resources(json.loads(limits))
    content = sys.stdin.buffer.read()
    if not lock_up():
        return NO_CELL
    try:
        answer, code = parse(content, option) if option else parse(content), 0
    except Refusal as refusal:
        answer, code = [asdict(fault) for fault in refusal.faults], REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    text = json.dumps(answer, ensure_ascii=False, default=_plain, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode())
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
