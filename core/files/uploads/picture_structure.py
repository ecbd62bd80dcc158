"""What a picture costs to decode, told by its structure before any of it is decoded: a small file may ask for hours. No
Django here."""

import re

from core.errors import Refusal

MAX_PIXELS = 40_000_000
MAX_SCANS = 64  # cameras write 1, "progressive" programs about 10
MAX_SCANNED = 600_000_000  # pixels times scans
MAX_SEGMENTS = 20_000  # parts of the file, each of which costs the reader a step
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # not the marks that only restart the packing
_END, _SCAN, _ALONE = 0xD9, 0xDA, (0x01, 0xD8)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PNG_HEAD = 8
_CRAFTED = "图片的结构异常(分成{found}),疑似被构造;请用看图软件打开后另存一份再上传"


def check_structure(content: bytes) -> None:
    """Raises `Refusal` for a picture with more pixels, passes or parts than any honest one. A damaged one is left to
    the decoder."""
    if content.startswith(b"\xff\xd8"):
        _check_jpeg(content)
    else:
        _check_png(content)


def check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise Refusal(f"图片有{width}×{height}像素,超过{MAX_PIXELS // 10_000}万像素,请缩小后再上传")


def _check_jpeg(content: bytes) -> None:
    """Walks from marker to marker as the decoder does, up to the end of the first picture."""
    place, scans, segments, pixels = 0, 0, 0, 0
    while (marker := _MARKER.search(content, place)) and marker[1][0] != _END:
        kind, place = marker[1][0], marker.end()
        if kind in _ALONE:
            continue
        segments += 1
        if kind in _FRAMES:
            height, width = (int.from_bytes(content[at : at + 2]) for at in (place + 3, place + 5))
            check_pixels(width, height)
            pixels = max(pixels, width * height)
        scans += kind == _SCAN
        if scans > MAX_SCANS or scans * pixels > MAX_SCANNED:
            raise Refusal(_CRAFTED.format(found=f"{scans}遍以上扫描"))
        if segments > MAX_SEGMENTS:
            raise Refusal(_CRAFTED.format(found=f"{MAX_SEGMENTS}段以上"))
        place += int.from_bytes(content[place : place + 2])


def _check_png(content: bytes) -> None:
    place, chunks = _PNG_HEAD, 0
    while place + 8 <= len(content):
        chunks += 1
        if chunks > MAX_SEGMENTS:
            raise Refusal(_CRAFTED.format(found=f"{MAX_SEGMENTS}段以上"))
        if chunks == 1:
            check_pixels(*(int.from_bytes(content[at : at + 4]) for at in (place + 8, place + 12)))
        place += 12 + int.from_bytes(content[place : place + 4])
