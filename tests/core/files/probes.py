"""What a parser that was taken over by its input would try against the portal. Runs in the cell, and outside it to show
that each attempt is a real one."""

import contextlib
import ctypes
import fcntl
import mmap
import os
import resource
import socket
import threading
import time
from pathlib import Path

from core.errors import Fault, Refusal

LIBC = ctypes.CDLL(None, use_errno=True)
SEIZE = 0x4206


def _called(answer: int) -> None:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _first_readable(pid: int) -> int:
    """An address of a process by its own map; without the map, one that is guessed: the refusal comes before."""
    with contextlib.suppress(OSError):
        line = next(line for line in Path(f"/proc/{pid}/maps").read_text().splitlines() if " r" in line)
        return int(line.split("-")[0], 16)
    return 0x400000


def read_memory() -> None:
    with Path(f"/proc/{os.getppid()}/mem").open("rb") as memory:
        memory.seek(_first_readable(os.getppid()))
        memory.read(8)


def read_across() -> None:
    class Piece(ctypes.Structure):
        _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))

    here = ctypes.create_string_buffer(8)
    own, other = Piece(ctypes.addressof(here), 8), Piece(_first_readable(os.getppid()), 8)
    _called(LIBC.process_vm_readv(os.getppid(), ctypes.byref(own), 1, ctypes.byref(other), 1, 0))


def write_file() -> None:
    path = Path("/tmp") / f"probe-{os.getpid()}"
    path.write_text("x")
    path.unlink()


def fork() -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def code_in_memory() -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


ATTEMPTS = {
    "environment of the parent": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "memory of the parent": read_memory,
    "memory across processes": read_across,
    "accounts of the machine": lambda: Path("/etc/passwd").read_bytes(),
    "a listing": lambda: list(Path("/etc").iterdir()),
    "a file in /tmp": write_file,
    "a signal to the parent": lambda: os.kill(os.getppid(), 0),
    "a handle on the parent": lambda: os.close(os.pidfd_open(os.getppid())),
    "tracing the parent": lambda: _called(LIBC.ptrace(SEIZE, os.getppid(), None, None)),
    "limits of the parent": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CORE),
    "a socket": lambda: socket.socket().close(),
    "a socket of the machine": lambda: socket.socket(socket.AF_UNIX).close(),
    "a pair of sockets": lambda: [each.close() for each in socket.socketpair()],
    "a process": fork,
    "code in memory": code_in_memory,
    "a file in memory": lambda: os.close(os.memfd_create("x")),
    "another directory": lambda: os.chdir("/etc"),
}


def attempts(content: bytes) -> dict[str, str]:
    found = {}
    for name, attempt in ATTEMPTS.items():
        try:
            attempt()
            found[name] = "done"
        except OSError:
            found[name] = "refused"
    thread = threading.Thread(target=lambda: found.update({"a thread of its own": "done"}))
    thread.start()
    thread.join()
    return found


def own_environment(content: bytes) -> dict[str, str]:
    return dict(os.environ)


def open_descriptors(content: bytes) -> list[int]:
    """Without /proc: each number is asked."""
    found = []
    for number in range(64):
        with contextlib.suppress(OSError):
            fcntl.fcntl(number, fcntl.F_GETFD)
            found.append(number)
    return found


def sleep(content: bytes) -> None:
    time.sleep(60)


def execute_program(content: bytes) -> None:
    os.execv("/bin/true", ["true"])


def memory(content: bytes) -> int:
    return len(bytearray(2**31))


def processor(content: bytes) -> None:
    while True:
        pass


def output(content: bytes) -> str:
    return "x" * 5_000_000


def crash(content: bytes) -> None:
    raise KeyError(content.decode())


def abort(content: bytes) -> None:
    """How a library of Rust or C++ ends."""
    os.abort()


def refuse(content: bytes) -> None:
    raise Refusal([Fault("甲", row=3), Fault("乙")])
