"""Running a parser of uploaded bytes in a limited child process. Which parsers exist is the list below; what they do
stands beside their formats. No Django here: the child imports as little as possible."""

import json
import logging
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from core.errors import Fault, Refusal, Unequipped
from core.files import turns

# The only functions a child may run, by dotted path: `f(content: bytes) -> object that json can write`. A list of
# names rather than of functions, so that naming a parser of a higher app does not import it.
ALLOWED = frozenset(
    {
        "core.files.cell.layers",
        "core.files.excel.csv_parsing.table",
        "core.files.excel.parsing.workbook",
        "core.files.uploads.docx.read_text",
        "core.files.uploads.image.inspect",
        "core.files.uploads.pdf.inspect",
        "core.files.uploads.office.inspect",
    }
)
_DOCUMENT_PARSERS = "core.files.uploads."

_ROOT = Path(__file__).resolve().parents[2]
_CHILD = Path(__file__).resolve().with_name("sandbox_child.py")
_log = logging.getLogger(__name__)

REFUSED = 3
OUT_OF_MEMORY = 4
NO_CELL = 5
_UNREADABLE = "文件已损坏或内容不规范,无法读取;请用办公软件打开后另存一份再上传"
_TOO_HEAVY = "文件内容过大或过于复杂,处理时超出了内存限制;请{advice}后再上传"
_TOO_SLOW = "文件过于复杂,处理时间超出限制;请{advice}后再上传"
_NO_CELL = "服务器的系统内核不能隔离文件检查程序,文件未被接收;请联系系统管理员(运行手册“上传文件的隔离”)"
_NO_ROOM = "服务器暂时无法检查文件(磁盘空间可能不足),文件未被接收;请稍后再试或联系系统管理员"
_SMALLER_TABLE = "删去多余的行、列和格式"
_SMALLER_DOCUMENT = "精简内容、压缩图片,或重新另存(PDF可重新打印)"
_MESSAGES = {
    OUT_OF_MEMORY: _TOO_HEAVY,
    -signal.SIGABRT: _TOO_HEAVY,  # how a Rust or C++ library ends when memory is refused
    -signal.SIGSEGV: _UNREADABLE,
    -signal.SIGXCPU: _TOO_SLOW,
    -signal.SIGKILL: _TOO_SLOW,
}


@dataclass(frozen=True)
class Limits:
    """What the child may use: bytes of address space, processor seconds, open files, bytes written, wall seconds."""

    memory: int = 700 * 1024 * 1024
    processor: int = 15
    files: int = 64
    output: int = 200 * 1024 * 1024
    wall: int = 30


DEFAULT_LIMITS = Limits()


def run_limited(function: str, content: bytes, *, option: str = "", limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The JSON text that `function(content)` returned (`function(content, option)` if there is one), computed in a
    locked-up child (`core.files.cell`), of which two at most run at once (`core.files.turns`).

    Raises `Refusal` with the child's own faults, or with one that says which limit was passed or that the content
    cannot be read. Input and output go through unnamed files: the output is bounded by the child's file-size limit,
    and JSON (not pickle) means a child taken over by its input can only hand back data.
    """
    if function not in ALLOWED:
        raise ValueError(f"not on the list of parsers: {function}")
    try:
        with turns.queue.turn():
            code, answer = _answer(function, content, option, limits)
    except OSError as error:
        _log.warning("no parser was started: %s", error)
        raise Unequipped(_NO_ROOM) from None
    if code == 0:
        return answer
    if code == REFUSED:
        raise Refusal([Fault(**fault) for fault in json.loads(answer)])
    if code == NO_CELL:
        raise Unequipped(_NO_CELL)
    advice = _SMALLER_DOCUMENT if function.startswith(_DOCUMENT_PARSERS) else _SMALLER_TABLE
    raise Refusal(_MESSAGES.get(code, _UNREADABLE).format(advice=advice))


def _answer(function: str, content: bytes, option: str, limits: Limits) -> tuple[int, bytes]:
    """Exit code of the child and what it wrote."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target, tempfile.TemporaryFile() as errors:
        source.write(content)
        source.seek(0)
        code = _run(
            [function, json.dumps(asdict(limits)), option], limits, source.fileno(), target.fileno(), errors.fileno()
        )
        if code not in (0, REFUSED):
            errors.seek(0)
            _log.warning("parser %s ended with %s: %s", function, code, errors.read(2000).decode("utf-8", "replace"))
        target.seek(0)
        return code, target.read()


def _run(arguments: list[str], limits: Limits, source: int, target: int, errors: int) -> int:
    """Exit code of the child; minus the signal's number when a signal ended it."""
    # -I -S: no environment, no user directory, no start-up hooks; the module path is handed over instead.
    path = json.dumps([str(_ROOT), *filter(None, sys.path)])
    command = [sys.executable, "-I", "-S", str(_CHILD), path, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  fixed program, the function's name is on our list
            command,
            stdin=source,
            stdout=target,
            stderr=errors,
            timeout=limits.wall,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    return done.returncode
