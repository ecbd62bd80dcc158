"""The six font files that documents are set in, gathered under var/fonts: five linked, FangSong unpacked."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from dev import system
from dev.console import Console, Refusal
from dev.paths import FONTS

SYSTEM_FONTS = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJK-Bold.ttc",
    "LXGWWenKai-Regular.ttf",
)
FANGSONG = "FandolFang-Regular.otf"
FANGSONG_SHA256 = "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9"
FANGSONG_PACKAGE = "texlive-lang-chinese"
FANGSONG_INSTALLED = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol") / FANGSONG


def gather(console: Console, folder: Path = FONTS) -> None:
    """Make `folder` hold all six files; does nothing when it does already."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SYSTEM_FONTS:
        link_system_font(folder / name)
    if not is_fangsong(folder / FANGSONG):
        with console.step("准备仿宋字体"):
            fetch_fangsong(folder / FANGSONG)


def link_system_font(target: Path) -> None:
    if target.exists():
        return
    source = system.find_font(target.name)
    if source is None:
        raise Refusal(f"找不到字体文件 {target.name}。请安装 fonts-noto-cjk 和 fonts-lxgw-wenkai 后再试。")
    target.unlink(missing_ok=True)
    target.symlink_to(source)


def is_fangsong(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == FANGSONG_SHA256


def fetch_fangsong(target: Path) -> None:
    """Take the font from TeX Live or our cache, else out of Debian's package without its dependencies."""
    cached = cache_folder() / FANGSONG
    for source in (FANGSONG_INSTALLED, cached):
        if is_fangsong(source):
            shutil.copyfile(source, target)
            return
    with tempfile.TemporaryDirectory() as scratch:
        found = unpack_fangsong(Path(scratch))
        cached.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, cached)
        shutil.copyfile(found, target)


def cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "zhuzhou-sme-dev"


def unpack_fangsong(scratch: Path) -> Path:
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Refusal(f"本机不是 Debian 系统,请把 Fandol 仿宋字体文件 {FANGSONG} 放到 {FONTS} 后再试。")
    download = ["apt-get", "download", FANGSONG_PACKAGE]
    if system.apt(download, cwd=scratch) != 0:
        refresh_lists()
        if system.apt(download, cwd=scratch) != 0:
            raise Refusal(
                "下载仿宋字体失败。请检查网络和软件源,执行下面的命令可看到原因:\n"
                f"    apt-get download {FANGSONG_PACKAGE}"
            )
    package = next(scratch.glob("*.deb"))
    subprocess.run(["dpkg-deb", "-x", package, scratch / "x"], check=True)
    found = scratch / "x" / FANGSONG_INSTALLED.relative_to("/")
    if not is_fangsong(found):
        raise Refusal(f"软件包 {package.name} 中的 {FANGSONG} 与预期的版本不同,未采用。")
    return found


def refresh_lists() -> None:
    if os.geteuid() != 0 and not system.can_sudo():
        raise Refusal(
            f"下载仿宋字体({FANGSONG_PACKAGE} 软件包)失败,软件源列表可能尚未更新。请管理员执行:\n"
            "    apt-get update\n然后重新运行本命令。"
        )
    system.apt(["apt-get", "update"] if os.geteuid() == 0 else ["sudo", "apt-get", "update"])
