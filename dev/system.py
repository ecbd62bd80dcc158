"""What must come from the operating system: libraries, fonts, a browser. Installs it or names the command."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dev.console import Console, Refusal
from dev.paths import LOGS
from dev.processes import tail

FONT_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """A thing the project needs, the Debian package that brings it, and how to see that it is there."""

    what: str
    package: str
    is_present: Callable[[], bool]


def has_library(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def find_font(file_name: str) -> Path | None:
    for root in FONT_ROOTS:
        found = next(root.rglob(file_name), None) if root.is_dir() else None
        if found:
            return found
    return None


def browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def scanner() -> str | None:
    """clamd, which Debian keeps where an ordinary user's PATH does not look."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


def _has_cjk_fonts() -> bool:
    return all(find_font(f"Noto{kind}CJK-{weight}.ttc") for kind in ("Serif", "Sans") for weight in ("Regular", "Bold"))


RUNTIME_NEEDS = (
    Need("Pango 排版库", "libpango-1.0-0", lambda: has_library("libpango-1.0.so.0")),
    Need("PangoFT2 排版库", "libpangoft2-1.0-0", lambda: has_library("libpangoft2-1.0.so.0")),
    Need("HarfBuzz 字体子集库", "libharfbuzz-subset0", lambda: has_library("libharfbuzz-subset.so.0")),
    Need("思源宋体和思源黑体(Noto CJK)", "fonts-noto-cjk", _has_cjk_fonts),
    Need("霞鹜文楷", "fonts-lxgw-wenkai", lambda: find_font("LXGWWenKai-Regular.ttf") is not None),
)
VENV_NEEDS = (Need("Python 的 venv 模块", "python3-venv", lambda: importlib.util.find_spec("ensurepip") is not None),)
TEST_NEEDS = (
    Need("Chromium 浏览器(测试用)", "chromium", lambda: browser() is not None),
    Need("ClamAV 病毒扫描服务(测试用)", "clamav-daemon", lambda: scanner() is not None),
)


def install_missing(needs: Sequence[Need], console: Console) -> None:
    """Install what is absent through apt as root or with sudo; else refuse, saying exactly what to run."""
    missing = [need for need in needs if not need.is_present()]
    if not missing:
        return
    packages = [need.package for need in missing]
    prefix = privilege(missing)
    with console.step(f"安装系统软件包:{' '.join(packages)}"):
        install = [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *packages]
        if apt(install) != 0:
            apt([*prefix, "apt-get", "update"])
            if apt(install) != 0:
                raise Refusal(
                    "系统软件包安装失败。请执行下面的命令查看原因,成功后再重试:\n"
                    f"    {install_command(packages)}\n"
                    f"日志末尾:\n{tail(LOGS / 'apt.log')}"
                )
    importlib.invalidate_caches()
    absent = [need for need in missing if not need.is_present()]
    if absent:
        raise Refusal("软件包已安装,但仍找不到:" + "、".join(f"{need.what}({need.package})" for need in absent))


def privilege(missing: Sequence[Need]) -> list[str]:
    """The command prefix that makes us root, or a refusal that names what lacks and what to run."""
    lacking = "、".join(f"{need.what}({need.package})" for need in missing)
    command = install_command([need.package for need in missing])
    if not shutil.which("apt-get"):
        raise Refusal(f"本机不是 Debian 系统(没有 apt-get),缺少:{lacking}。请用本系统的软件包管理器安装后再试。")
    if os.geteuid() == 0:
        return []
    if can_sudo():
        return ["sudo"]
    raise Refusal(
        f"缺少系统软件:{lacking}。\n当前用户不是 root,也不能使用 sudo。请管理员执行:\n"
        f"    {command}\n然后重新运行本命令。"
    )


def install_command(packages: Sequence[str]) -> str:
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def can_sudo() -> bool:
    """True with a password-less sudo, or where a person sits at a terminal and can type the password."""
    if not shutil.which("sudo"):
        return False
    if subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0:
        return True
    return sys.stdin.isatty() and subprocess.run(["sudo", "-v"]).returncode == 0


def apt(command: Sequence[str], cwd: Path | None = None) -> int:
    """Run apt without questions, its output in var/log/apt.log; returns the exit code."""
    LOGS.mkdir(parents=True, exist_ok=True)
    if command[0] == "sudo":
        command = ["sudo", "env", "DEBIAN_FRONTEND=noninteractive", *command[1:]]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    with (LOGS / "apt.log").open("ab") as log:
        return subprocess.run(
            command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        ).returncode
