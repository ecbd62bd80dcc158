"""The six font files of FONT_DIR and the names that print style sheets call them by. Nothing is taken from the system:
a font that is not here is never printed."""

import ctypes
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

from core.errors import Fault, Refusal, Unequipped
from core.paper import harfbuzz
from core.paper.metrics import evened

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration


@dataclass(frozen=True)
class Face:
    """One face of one file. `index` picks the simplified Chinese face of a collection; `package` brings the file;
    `has_latin` is False where digits and letters are better taken from the next family of the style."""

    family: str
    file: str
    package: str
    index: int = 0
    weight: str = "normal"
    has_latin: bool = True

    @property
    def path(self) -> Path:
        return Path(settings.FONT_DIR) / self.file

    @property
    def url(self) -> str:
        return f"font:{self.file}"


_NOTO = "fonts-noto-cjk"
# 仿宋, 宋体, 小标宋, 黑体, 楷体. FandolFang has the characters of GB2312; whatever it lacks (镕, 喆 …) comes from 宋体,
# and so do digits and letters, of which its own are too black beside its strokes.
FACES = (
    Face("Fangsong", "FandolFang-Regular.otf", "texlive-lang-chinese", has_latin=False),
    Face("Songti", "NotoSerifCJK-Regular.ttc", _NOTO, index=2),
    Face("Biaosong", "NotoSerifCJK-Bold.ttc", _NOTO, index=2, weight="bold"),
    Face("Heiti", "NotoSansCJK-Regular.ttc", _NOTO, index=2),
    Face("Heiti", "NotoSansCJK-Bold.ttc", _NOTO, index=2, weight="bold"),
    Face("Kaiti", "LXGWWenKai-Regular.ttf", "fonts-lxgw-wenkai"),
)
LAST_RESORT = "Songti"
# What style sheets print by themselves: page numbers, list marks.
LATIN = frozenset(map(chr, range(0x20, 0x7F)))
_WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})  # control, format, joining marks, spaces
ALWAYS = LATIN | frozenset("—…·“”‘’〔〕、。")

# The whole world of fonts as fontconfig sees it while a document is laid out: none but those added by file.
_NO_SYSTEM_FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <alias><family>serif</family><prefer><family>{LAST_RESORT}</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Heiti</family></prefer></alias>
</fontconfig>
"""
_environment = Lock()


def cut_for(text: str) -> dict[str, bytes]:
    """The fonts that this document's source names, cut down to its characters, by address.

    Raises `Unequipped` naming every font file and library that is not there, `Refusal` naming every character that no
    font has: it would print as an empty box.
    """
    if lacking := [*_absent_faces(faces_named(text)), *_absent_libraries()]:
        raise Unequipped([Fault(f"{each.what},不能生成公文。请{each.remedy}") for each in lacking])
    wanted = ALWAYS | {character for character in text if unicodedata.category(character) not in _WITHOUT_GLYPH}
    fonts: dict[str, bytes] = {}
    printable: set[str] = set()
    for face in faces_named(text):
        taken = wanted if face.has_latin else wanted - LATIN | {" "}
        content, found = harfbuzz.subset(face.path, face.index, taken)
        fonts[face.url] = evened(content)
        printable |= found
    if absent := sorted(wanted - printable):
        raise Refusal([_unprintable(character) for character in absent])
    return fonts


def faces_named(text: str) -> list[Face]:
    return [face for face in FACES if face.family in text or face.family == LAST_RESORT]


def font_faces(fonts: Mapping[str, bytes]) -> str:
    """The style sheet that makes exactly these fonts known."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("{face.url}") }}'
        for face in FACES
        if face.url in fonts
    )


def font_configuration() -> "FontConfiguration":
    """A configuration without any font of the system, so that no other font can step in, whatever is installed."""
    from weasyprint.text.fonts import FontConfiguration  # not at the top: `check_fonts` runs at every start

    with _environment, _without_system_fonts():
        return FontConfiguration()


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    with NamedTemporaryFile("w", suffix=".conf", encoding="utf-8") as file:
        file.write(_NO_SYSTEM_FONTS)
        file.flush()
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = file.name
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _unprintable(character: str) -> Fault:
    return Fault(
        f"字符“{character}”(U+{ord(character):04X})没有可用的字体,无法印刷",
        expected="改用常用字或通行的异体字",
        value=character,
    )


@dataclass(frozen=True)
class _Lacking:
    """One thing that printing needs and this server does not have; `code` numbers the kind among system checks."""

    what: str
    remedy: str
    code: str


def _absent_faces(faces: Iterable[Face]) -> Iterator[_Lacking]:
    for face in faces:
        if not face.path.is_file():
            remedy = f"安装软件包 {face.package} 并把该文件放到上述位置,或运行 make run 自动准备"
            yield _Lacking(f"缺少公文字体文件 {face.path}", remedy, "core.W001")


def _absent_libraries() -> Iterator[_Lacking]:
    for library in harfbuzz.LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            yield _Lacking(f"缺少系统库 {library}", "安装软件包 libharfbuzz-subset0", "core.W002")


def check_fonts(**kwargs: object) -> list[CheckMessage]:
    """System check: every font file and library that documents need is there.

    Warnings, for nothing but printing needs them: a server without them migrates, serves and imports.
    """
    lacking = [*_absent_faces(FACES), *_absent_libraries()]
    return [CheckWarning(each.what, hint=f"{each.remedy}。在此之前不能生成公文。", id=each.code) for each in lacking]
