"""`make check`: every static check; all of them run and every failure is shown, not only the first."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from dev import bootstrap
from dev.console import Console
from dev.environment import interruptible, manage, prepared
from dev.paths import CHECKOUT, PYTHON, VENV

# What a public installation runs with; only the names and addresses are made up.
PRODUCTION = {
    "DEBUG": "0",
    "DEMO_MODE": "0",
    "SECURE_COOKIES": "1",
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
}


@dataclass(frozen=True)
class Check:
    """One command and what it may run with."""

    title: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


def tool(name: str, *arguments: str) -> list[str]:
    return [str(VENV / "bin" / name), *arguments]


CHECKS = (
    # The Django plugin loads psycopg 3 before it reads the settings; the types are the same with either driver.
    Check("类型检查(mypy)", tool("mypy", "."), {"DATABASE_DRIVER": "psycopg"}),
    Check("代码规则(ruff check)", tool("ruff", "check", ".")),
    Check("代码格式(ruff format)", tool("ruff", "format", "--check", ".")),
    Check("长度(模块、函数、模板)", [str(PYTHON), "-m", "dev.sizes"]),
    Check("导入方向(import-linter)", tool("lint-imports")),
    Check("模板规则(djlint)", tool("djlint", "templates", "--lint", "--quiet")),
    Check("模板格式(djlint)", tool("djlint", "templates", "--check", "--quiet")),
    Check("数据库迁移完整", manage("makemigrations", "--check", "--dry-run"), {"DATABASE_ROLE": "owner"}),
    Check("部署检查", manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Check("生成的文档是最新的", manage("draw_workflows", "--check")),
    Check("依赖互相兼容(pip check)", [str(PYTHON), "-m", "pip", "check", "--disable-pip-version-check"]),
)


def check(console: Console) -> int:
    """Run all checks, two at a time; returns 1 if any failed."""
    with interruptible():
        bootstrap.prepare(bootstrap.DEVELOPMENT, console)
        with prepared("check", console, keep=False) as env, ThreadPoolExecutor(2) as pool:
            passed = list(pool.map(lambda each: one(each, env, console), CHECKS))
    failed = [each.title for each, fine in zip(CHECKS, passed, strict=True) if not fine]
    if failed:
        console.say(f"检查未通过({len(failed)} 项):{'、'.join(failed)}")
        return 1
    console.say(f"全部 {len(CHECKS)} 项检查通过,用时 {console.elapsed():.1f} 秒。")
    return 0


def one(each: Check, env: Mapping[str, str], console: Console) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        each.command,
        env={**env, **each.env},
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    passed = done.returncode == 0
    report = f"{'✓' if passed else '✗'} {each.title}({time.monotonic() - began:.1f} 秒)"
    if not passed:
        report += "\n" + done.stdout.decode("utf-8", "replace").rstrip()
    console.say(report)
    return passed
