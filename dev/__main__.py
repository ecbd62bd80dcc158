"""The command line behind the Makefile."""

from __future__ import annotations

import sys

from dev.bench import bench
from dev.checks import check
from dev.console import Console, Refusal
from dev.locks import lock
from dev.reset import reset
from dev.run import run
from dev.suite import test

COMMANDS = {"run": run, "check": check, "reset": reset, "lock": lock}
OLDEST_PYTHON = (3, 11)


def main(arguments: list[str]) -> int:
    console = Console()
    try:
        return dispatch(arguments, console)
    except Refusal as refusal:
        console.say(f"\n无法继续:{refusal}")
    except PermissionError as error:
        console.say(f"\n无法继续:没有权限读写 {error.filename}。")
        console.say("它可能由另一个用户创建,请删除它,或改用那个用户运行。")
    except KeyboardInterrupt:
        console.say("\n已中断。")
        return 130
    return 1


def dispatch(arguments: list[str], console: Console) -> int:
    if sys.version_info < OLDEST_PYTHON:
        raise Refusal(f"需要 Python 3.11 或更新的版本,当前是 {sys.version.split()[0]}。可用 PYTHON=python3.11 指定。")
    if arguments[:1] == ["test"]:
        return test(console, arguments[1:])
    if arguments[:1] == ["bench"]:
        return bench(console, arguments[1:])
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        raise Refusal("用法:python3 -m dev run|test|check|bench|reset|lock(只有 test 和 bench 后面可以跟参数)")
    return COMMANDS[arguments[0]](console)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
