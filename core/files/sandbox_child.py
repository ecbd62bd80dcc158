"""The child of `core.files.sandbox`: takes its limits on itself, gives up network and new processes, then runs one
parser. Started as a script; never imported by the portal."""

import ctypes
import gc
import json
import platform
import resource
import struct
import sys
from dataclasses import asdict
from importlib import import_module

REFUSED = 3
OUT_OF_MEMORY = 4

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES
_NO_SUCH_CALL = 0x00050000 | 38  # ENOSYS: the C library then falls back from clone3 to clone
_CLONE_THREAD = 0x00010000
# Architecture mark of the kernel; clone; clone3; and the numbers of socket, socketpair, execve, execveat, fork, vfork,
# ptrace, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, 56, 435, (41, 53, 59, 322, 57, 58, 101, 425)),
    "aarch64": (0xC00000B7, 220, 435, (198, 199, 221, 281, 117, 425)),
}
_LOAD, _EQUALS, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06


def limit_resources(limits: dict[str, int]) -> None:
    for kind, amount in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["processor"]),
        (resource.RLIMIT_NOFILE, limits["files"]),
        (resource.RLIMIT_FSIZE, limits["output"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))


def give_up_network() -> None:
    """A seccomp filter: the kernel refuses sockets, new programs and new processes (threads stay possible) to this
    process for good. Needs no root; on a machine type or kernel without it the other limits still hold."""
    if platform.machine() not in _CALLS:
        return
    rows = _filter(*_CALLS[platform.machine()])
    code = b"".join(struct.pack("HBBI", *row) for row in rows)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rows), ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0)


def _filter(mark: int, clone: int, clone3: int, denied: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Rows of (operation, jump if true, jump if false, number); offsets 0, 4, 16 of the data are the number of the
    call, the architecture and the low half of the first argument."""
    rows = [(_LOAD, 0, 0, 4), (_EQUALS, 1, 0, mark), (_RETURN, 0, 0, _DENY), (_LOAD, 0, 0, 0)]
    for test, number in ((_AT_LEAST, 0x40000000), *((_EQUALS, number) for number in denied)):  # first: the x32 set
        rows += [(test, 0, 1, number), (_RETURN, 0, 0, _DENY)]
    rows += [(_EQUALS, 0, 1, clone3), (_RETURN, 0, 0, _NO_SUCH_CALL)]
    rows += [(_EQUALS, 0, 3, clone), (_LOAD, 0, 0, 16), (_HAS_BITS, 1, 0, _CLONE_THREAD), (_RETURN, 0, 0, _DENY)]
    return [*rows, (_RETURN, 0, 0, _ALLOW)]


def _plain(value: object) -> object:
    """Dates and times, which JSON does not know, as one-key objects."""
    return {type(value).__name__: str(value)}


def main(function: str, limits: str, path: str) -> int:
    sys.path[:] = json.loads(path)
    module, _, name = function.rpartition(".")
    parse = getattr(import_module(module), name)
    from core.errors import Refusal

    gc.disable()  # one answer, then the process ends
    limit_resources(json.loads(limits))
    give_up_network()
    try:
        answer, code = parse(sys.stdin.buffer.read()), 0
    except Refusal as refusal:
        answer, code = [asdict(fault) for fault in refusal.faults], REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    text = json.dumps(answer, ensure_ascii=False, default=_plain, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode())
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
