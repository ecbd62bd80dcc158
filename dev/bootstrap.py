"""The virtual environment: made once, filled from a hash-locked file, skipped while that is unchanged."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from dev import fonts, system
from dev.console import Console, Refusal
from dev.paths import CHECKOUT, LOGS, VENV
from dev.processes import tail

RUNTIME, EMBEDDED, DEVELOPMENT = "requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"
# Each lock contains the ones before it.
LOCKS = (RUNTIME, EMBEDDED, DEVELOPMENT)
OTHER_DRIVER = "requirements-psycopg3.txt"  # installed by hand beside the runtime lock


def prepare(lock: str, console: Console, *, with_browser: bool = False) -> None:
    """Everything that must be on the machine before the project's own code can run."""
    needs = [*system.RUNTIME_NEEDS, *(system.TEST_NEEDS if with_browser else ())]
    if not is_whole(VENV):
        needs.extend(system.VENV_NEEDS)
    system.install_missing(needs, console)
    if not os.environ.get("FONT_DIR"):
        fonts.gather(console)
    install_lock(lock, console)


def install_lock(lock: str, console: Console, *, venv: Path = VENV) -> None:
    """Bring the environment to the locked versions; a digest kept inside it makes the second call free."""
    if has_python(venv) and installed_digests(venv).get(lock) == digest(lock):
        return
    stamp_file(venv).unlink(missing_ok=True)
    if not is_whole(venv):
        with console.step("创建 Python 虚拟环境"):
            run_logged([sys.executable, "-m", "venv", "--clear", str(venv)])
    total = len(re.findall(r"^[a-z0-9]", (CHECKOUT / lock).read_text(), re.MULTILINE))
    with console.step(f"安装 Python 依赖({lock},约 {total} 个)"):
        pip_install(venv, lock, total, console)
    contained = LOCKS[: LOCKS.index(lock) + 1]
    stamp_file(venv).write_text(json.dumps({name: digest(name) for name in contained}, indent=1))


def has_python(venv: Path) -> bool:
    return (venv / "bin" / "python").exists()


def is_whole(venv: Path) -> bool:
    """False for one whose making or filling was cut off: pip comes last, and each package's list of files comes last.

    To pip such a package would count as installed for good, though its programs may be missing.
    """
    packages = list(venv.glob("lib/python3*/site-packages/*.dist-info"))
    has_pip = any(package.name.startswith("pip-") for package in packages)
    return has_python(venv) and has_pip and all((package / "RECORD").exists() for package in packages)


def digest(lock: str) -> str:
    return hashlib.sha256((CHECKOUT / lock).read_bytes()).hexdigest()


def stamp_file(venv: Path) -> Path:
    return venv / "locks-installed.json"


def installed_digests(venv: Path) -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads(stamp_file(venv).read_text())
    except (OSError, ValueError):
        return {}
    return stamps


def pip_install(venv: Path, lock: str, total: int, console: Console) -> None:
    command = [venv / "bin" / "python", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-r", CHECKOUT / lock]
    log = LOGS / "pip.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w") as output,
        subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        collected = 0
        assert process.stdout is not None
        try:
            for line in process.stdout:
                output.write(line)
                if line.startswith(("Collecting", "Requirement already")):
                    collected += 1
                    console.note(f"已取得 {min(collected, total)}/{total}")
                elif line.startswith("Installing"):
                    console.note("正在写入虚拟环境")
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise Refusal(f"依赖安装失败。日志 {log} 的末尾:\n{tail(log)}")


def run_logged(command: list[str]) -> None:
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / "bootstrap.log"
    with log.open("a") as output:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT).returncode
    if code != 0:
        raise Refusal(f"命令失败:{' '.join(command)}\n日志 {log} 的末尾:\n{tail(log)}")
