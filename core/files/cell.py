"""Locking this process up for good, once it has all it needs: another user, an empty root, no paths, no calls. Each
layer is tried; the last one holds on its own on every machine we run on, so a process without it does not go on.
Only the child of `core.files.sandbox` does that; the servers take `keep_to_itself`. Nothing here can be undone."""

import contextlib
import ctypes
import os
import platform
import signal
import struct
from collections.abc import Callable
from pathlib import Path

from core.files.calls import program

_NOBODY = 65534
_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES, _MODE_FILTER = 1, 4, 22, 38, 2
_NEW_USER, _NEW_MOUNTS, _NEW_NET, _NEW_IPC, _NEW_NAMES = 0x10000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000
_RECURSIVE_PRIVATE, _DETACH = 0x4000 | 0x40000, 2
_READ_ONLY_ETC = 1 | 2 | 4 | 8  # read-only, no set-user-id, no devices, no programs
_PIVOT_ROOT = {"x86_64": 155}
_CAPSET = {"x86_64": 126}
_PIVOT_ROOT_GENERIC, _CAPSET_GENERIC = 41, 91
_CAPABILITIES_3 = 0x20080522
_CREATE_RULESET, _RESTRICT_SELF, _ASK_VERSION = 444, 446, 1
# Kinds of access to paths by version of the kernel's interface, and which fields the question has.
_PATH_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
_libc = ctypes.CDLL(None, use_errno=True)
taken: list[str] = []


def lock_up() -> bool:
    """Takes every layer that this machine offers; False if the last one, which must hold, is missing."""
    for layer in (another_user, empty_root, no_paths, no_calls):
        with contextlib.suppress(OSError):
            layer()
            taken.append(layer.__name__)
    return no_calls.__name__ in taken


def layers(_: bytes) -> list[str]:
    """Which layers hold in this child; asked by `manage.py show_cell`."""
    return taken


def keep_to_itself() -> None:
    """No other process of the same user reads this one's memory or environment (passwords, keys) or attaches to it, and
    a crash writes none of it to disk. Children inherit that until they start another program."""
    _prctl(_SET_DUMPABLE, 0)


def another_user() -> None:
    """Root's child becomes nobody; files and processes of the portal are other people's to it."""
    if os.geteuid() != 0:
        raise PermissionError("only root may")
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def empty_root() -> None:
    """A view of its own: an empty root, no network, no shared memory. Forbidden in most containers."""
    user, group = os.geteuid(), os.getegid()
    _prctl(_SET_DUMPABLE, 1)  # its own entry in /proc belongs to it again
    _call(_libc.unshare, _NEW_USER | _NEW_MOUNTS | _NEW_NET | _NEW_IPC | _NEW_NAMES)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path(f"/proc/self/{name}").write_text(text)
    _mount(None, "/", None, _RECURSIVE_PRIVATE)
    _mount("none", "/tmp", "tmpfs", _READ_ONLY_ETC)  # noqa: S108  the place is only where the empty root is hung up
    os.chdir("/tmp")  # noqa: S108
    _system_call(_PIVOT_ROOT.get(platform.machine(), _PIVOT_ROOT_GENERIC), b".", b".")
    _call(_libc.umount2, b".", _DETACH)
    os.chdir("/")
    header, nothing = (
        ctypes.create_string_buffer(struct.pack("II", _CAPABILITIES_3, 0)),
        ctypes.create_string_buffer(24),
    )
    _system_call(_CAPSET.get(platform.machine(), _CAPSET_GENERIC), header, nothing)


def no_paths() -> None:
    """Landlock: no file by any path, no connection, no signal to others. Needs Linux 5.13, more of it later."""
    version = _system_call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    fields = [(1 << _PATH_BITS.get(version, 16)) - 1]
    if version >= 4:
        fields.append(0b11)
    if version >= 6:
        fields.append(0b11)
    question = ctypes.create_string_buffer(struct.pack(f"{len(fields)}Q", *fields), 8 * len(fields))
    rules = _system_call(_CREATE_RULESET, question, 8 * len(fields), 0)
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)
    _system_call(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def no_calls() -> None:
    """The filter of `core.files.calls`; before it, what only ends a process: it dies with its parent, and nobody of the
    same user may look at it."""
    code = program(platform.machine(), os.getpid())
    if not code:
        raise OSError("unknown machine")
    _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    keep_to_itself()
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)
    buffer = ctypes.create_string_buffer(code, len(code))
    rows = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer)))
    _prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(rows))


def _mount(source: str | None, target: str, kind: str | None, flags: int) -> None:
    texts = [None if text is None else text.encode() for text in (source, target, kind)]
    _call(_libc.mount, *texts, flags, None)


def _prctl(option: int, *values: object) -> None:
    _call(_libc.prctl, option, *values, *[0] * (4 - len(values)))


def _system_call(number: int, *arguments: object) -> int:
    return _call(_libc.syscall, number, *arguments)


def _call(function: Callable[..., int], *arguments: object) -> int:
    answer = function(*(ctypes.c_ulong(each) if isinstance(each, int) else each for each in arguments))
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused by the kernel")
    return answer
