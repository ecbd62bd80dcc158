"""`make reset`: forget everything `make run` has stored; programs, fonts and locks stay."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack

from dev.console import Console
from dev.homes import ROOT_FOLDER
from dev.paths import CHECKOUT, FONTS, SERVERS, VAR, checkout_key
from dev.servers import sole_use

INSTANCES = ("run", "test", "check", "bench")


def reset(console: Console) -> int:
    """Delete the embedded databases and every file made by a run; refuse while one of them is in use."""
    with ExitStack() as stack, console.step("清空本目录的数据库、上传文件、静态文件和日志"):
        for instance in INSTANCES:
            stack.enter_context(sole_use(instance, SERVERS))
        if os.geteuid() == 0:
            shutil.rmtree(ROOT_FOLDER / checkout_key(), ignore_errors=True)
        for path in VAR.iterdir():
            if path == FONTS:
                continue
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        shutil.rmtree(CHECKOUT / "staticfiles", ignore_errors=True)
    if os.environ.get("DATABASE_URL"):
        console.say("DATABASE_URL 指定的外部数据库没有改动,需要时请自行清空。")
    console.say("已清空。执行 make run 重新开始。")
    return 0
