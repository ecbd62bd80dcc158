"""core/characters/printed.txt from the font of last resort, which every document brings along: needed after another
version of the font has been chosen."""

import unicodedata
from itertools import groupby
from textwrap import fill

from django.conf import settings
from django.core.management.base import BaseCommand

from core.paper import harfbuzz
from core.paper.fonts import FACES, LAST_RESORT

_PLANES = 4  # no font here reaches further
_NOT_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def printed_characters() -> str:
    """The whole text of the file: ranges of code points, in order."""
    face = next(each for each in FACES if each.family == LAST_RESORT)
    every = [chr(code) for code in range(0x20, _PLANES << 16) if unicodedata.category(chr(code)) not in _NOT_TEXT]
    _, found = harfbuzz.subset(face.path, face.index, every)
    return fill(" ".join(_ranges(sorted(map(ord, found)))), 118, break_on_hyphens=False) + "\n"


def _ranges(codes: list[int]) -> list[str]:
    words = []
    for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        (_, first), *rest = run
        words.append(f"{first:X}-{rest[-1][1]:X}" if rest else f"{first:X}")
    return words


class Command(BaseCommand):
    help = "根据字体文件生成 core/characters/printed.txt"

    def handle(self, *args: object, **options: object) -> None:
        path = settings.BASE_DIR / "core" / "characters" / "printed.txt"
        path.write_text(printed_characters(), encoding="ascii")
