"""Which calls of the kernel a locked-up parser may still make: memory, threads of its own, its clock, reading and
writing what it already has open. Everything else is answered EACCES: no file is opened, nobody is signalled or looked
at, no process and no connection begins. Numbers by machine; a machine that is not here has no cell."""

import struct

_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES: what a library asks for in vain, it does without
_NO_SUCH_CALL = 0x00050000 | 38  # ENOSYS: the C library then falls back from clone3 to clone
_LOAD, _EQUALS, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_CLONE_THREAD, _PROT_EXEC, _X32 = 0x00010000, 4, 0x40000000
_HARMLESS_FCNTL = (1, 2, 3, 4)  # flags of an open file; no owner for signals, no leases, no new descriptors

# read write close lseek munmap brk rt_sigaction rt_sigprocmask rt_sigreturn pread64 readv writev sched_yield mremap
# madvise nanosleep getpid exit uname gettimeofday getrusage sysinfo times getuid getgid geteuid getegid sigaltstack
# gettid futex sched_getaffinity set_tid_address clock_gettime clock_getres clock_nanosleep exit_group set_robust_list
# getrandom membarrier rseq fstat
# fmt: off
_X86: tuple[int, ...] = (
    0, 1, 3, 8, 11, 12, 13, 14, 15, 17, 19, 20, 24, 25, 28, 35, 39, 60, 63, 96, 98, 99, 100, 102, 104, 107, 108, 131,
    186, 202, 204, 218, 228, 229, 230, 231, 273, 318, 324, 334, 5,
)
_GENERIC: tuple[int, ...] = (
    63, 64, 57, 62, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 101, 172, 93, 160, 169, 165, 179, 153, 174, 176,
    175, 177, 132, 178, 98, 123, 96, 113, 114, 115, 94, 99, 278, 283, 293, 80,
)
# fmt: on
# By machine: architecture mark of the kernel; the calls above; mmap, mprotect, clone, clone3, fcntl, prlimit64, tgkill.
_MACHINES = {
    "x86_64": (0xC000003E, _X86, (9, 10, 56, 435, 72, 302, 234)),
    **{
        machine: (mark, _GENERIC, (222, 226, 220, 435, 25, 261, 131))
        for machine, mark in (("aarch64", 0xC00000B7), ("riscv64", 0xC00000F3), ("loongarch64", 0xC0000102))
    },
}

Row = tuple[int, int, int, int]


def program(machine: str, own_pid: int) -> bytes:
    """The filter for the kernel; b"" for a machine whose calls are not known here."""
    if machine not in _MACHINES:
        return b""
    mark, plain, (mmap, mprotect, clone, clone3, fcntl, prlimit, tgkill) = _MACHINES[machine]
    rows: list[Row] = [(_LOAD, 0, 0, 4), (_EQUALS, 1, 0, mark), (_RETURN, 0, 0, _DENY), (_LOAD, 0, 0, 0)]
    rows += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _DENY)]
    for number in plain:
        rows += [(_EQUALS, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    rows += [(_EQUALS, 0, 1, clone3), (_RETURN, 0, 0, _NO_SUCH_CALL)]
    rows += _when(clone, 0, ((_HAS_BITS, _CLONE_THREAD),))
    rows += _when(fcntl, 1, tuple((_EQUALS, command) for command in _HARMLESS_FCNTL))
    rows += _when(prlimit, 0, ((_EQUALS, 0),))  # its own limits
    rows += _when(tgkill, 0, ((_EQUALS, own_pid),))  # how a library ends itself
    for number in (mmap, mprotect):
        rows += _when(number, 2, ((_HAS_BITS, _PROT_EXEC),), found=_DENY, otherwise=_ALLOW)
    rows.append((_RETURN, 0, 0, _DENY))
    return b"".join(struct.pack("HBBI", *row) for row in rows)


def _when(
    number: int, argument: int, tests: tuple[tuple[int, int], ...], *, found: int = _ALLOW, otherwise: int = _DENY
) -> list[Row]:
    """Rows that decide a call by the low half of one of its arguments."""
    rows: list[Row] = [(_LOAD, 0, 0, 16 + 8 * argument)]
    for test, value in tests:
        rows += [(test, 0, 1, value), (_RETURN, 0, 0, found)]
    rows.append((_RETURN, 0, 0, otherwise))
    return [(_EQUALS, 0, len(rows), number), *rows]
