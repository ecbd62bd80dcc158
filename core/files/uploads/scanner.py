"""A virus scanner beside the gate, if the office runs one: clamd, asked over its socket. Fails closed."""

import logging
import socket
import struct

from django.conf import settings

from core.errors import Refusal
from core.files.virus import refuse_virus

_log = logging.getLogger(__name__)
_CHUNK = 1024 * 1024
_SECONDS = 30
_UNAVAILABLE = "病毒扫描服务暂时不可用,文件未被接收;请稍后再试,或联系系统管理员"


def scan(content: bytes) -> None:
    """Raises `Refusal` when the scanner finds something, and also when it does not answer: an unscanned file never
    passes. Without CLAMD_ADDRESS there is no scanner and nothing to ask beyond the test virus that proves the alarm."""
    try:
        refuse_virus(content)
    except Refusal:
        _log.warning("upload refused: test virus")
        raise
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _ask(content)
    except OSError:
        raise Refusal(_UNAVAILABLE) from None
    if answer.endswith(" FOUND"):
        name = answer.removeprefix("stream: ").removesuffix(" FOUND")
        _log.warning("upload refused: %s", name)
        raise Refusal(f"文件含有病毒特征({name}),已拒绝接收;请用杀毒软件检查本机")
    if answer != "stream: OK":
        raise Refusal(_UNAVAILABLE)


def _ask(content: bytes) -> str:
    """clamd's INSTREAM: chunks with their length before them, an empty one at the end, one line back."""
    with _connect() as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connect() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `host:port`."""
    address: str = settings.CLAMD_ADDRESS
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(address.removeprefix("unix:"))
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)
