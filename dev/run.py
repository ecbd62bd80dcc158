"""`make run`: servers, migrations, demonstration data, worker, web server, one year; then waits."""

from __future__ import annotations

import csv
import os
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

from dev import bootstrap, processes
from dev.commands import stream
from dev.console import Console, Refusal
from dev.environment import Interrupted, interruptible, manage, prepared, runtime_lock
from dev.loaded import Loaded, digest
from dev.paths import CHECKOUT, LOGS, PYTHON, VAR
from dev.processes import Child
from dev.servers import LOOPBACK, is_free

STATIC_STAMP = VAR / "static.digest"
PORTAL_TIME = timezone(timedelta(hours=8))
FIRST_RUN_DONE = VAR / "servers" / "run.done"


def run(console: Console) -> int:
    port = wanted_port()
    warm = FIRST_RUN_DONE.exists()
    up = False
    try:
        with interruptible(), ExitStack() as stack:
            bootstrap.prepare(runtime_lock(), console)
            env = stack.enter_context(prepared("run", console, keep=True))
            env = run_environment(env, port)
            children = bring_up(env, port, stack, console)
            FIRST_RUN_DONE.touch()
            up = True
            announce(port, warm, console)
            watch(children)
    except Interrupted:
        console.say("\n已全部停止。再次启动:make run;清空数据:make reset。")
        return 0 if up else 130
    return 0


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT={text} 不是有效的端口号。例如:make run PORT=8001")
    port = int(text)
    if port < 1024 and os.geteuid() != 0:
        raise Refusal(f"普通用户不能使用端口 {port}。请换用 1024 以上的端口,例如:make run PORT=8001")
    if not is_free(port):
        raise Refusal(f"端口 {port} 已被其他程序占用。请换一个端口,例如:make run PORT={port + 1}")
    return port


def run_environment(env: dict[str, str], port: int) -> dict[str, str]:
    """Plain http on this machine, demonstration mode, the restricted database role."""
    defaults = {
        "DEMO_MODE": "1",
        "SECURE_COOKIES": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": f"http://127.0.0.1:{port},http://localhost:{port}",
        "DATABASE_ROLE": "app",
        "LOG_LEVEL": "INFO",
    }
    return {**defaults, **env}


def bring_up(env: dict[str, str], port: int, stack: ExitStack, console: Console) -> list[Child]:
    """Worker and web server start while demonstration data load; the stack stops each of them, last first."""
    loaded = Loaded(datetime.now(PORTAL_TIME).date())
    if loaded.is_current:
        console.say("✓ 数据库结构和演示数据与上次启动时相同,不再载入")
    else:
        loaded.forget()
        with console.step("更新数据库结构"):
            stream(manage("migrate", "--noinput"), {**env, "DATABASE_ROLE": "owner"}, console)
    collect_static(env, console)
    children = [begin(stack, "后台任务进程", celery_command(), env, "celery.log", patience=10)]
    children.append(begin(stack, "网站进程", gunicorn_command(port), env, "web.log", patience=10))
    if not loaded.is_current:
        load_demonstration(env, children, console)
        loaded.remember()
    with console.step("等待网站应答"):
        processes.wait_until(lambda: answers(port), children[1], seconds=60)
    return children


def load_demonstration(env: dict[str, str], children: list[Child], console: Console) -> None:
    with console.step("载入演示数据"):
        stream(manage("load_demo"), env, console, beside=children)
    with console.step("演示全年流程:导入、评分、通报、排名、公布"):
        stream(manage("run_demo_year"), env, console, beside=children, aloud=True)


def celery_command() -> list[str]:
    """One process for worker and beat; its schedule file only remembers when things last ran."""
    schedule = f"--schedule={VAR / 'celerybeat-schedule'}"
    options = ["--beat", schedule, "--concurrency=2", "--loglevel=INFO"]
    return [str(PYTHON), "-m", "celery", "--app=zhuzhou_sme", "worker", *options]


def gunicorn_command(port: int) -> list[str]:
    options = [f"--bind={LOOPBACK}:{port}", "--workers=2", "--threads=4", "--no-control-socket"]
    access_log = f"--access-logfile={LOGS / 'access.log'}"
    return [str(PYTHON), "-m", "gunicorn", *options, access_log, "zhuzhou_sme.wsgi:application"]


def begin(stack: ExitStack, name: str, command: list[str], env: dict[str, str], log: str, patience: float) -> Child:
    child = processes.start(name, command, env=env, log=LOGS / log, cwd=CHECKOUT, patience=patience)
    stack.callback(processes.stop, child)
    return child


def collect_static(env: dict[str, str], console: Console) -> None:
    """Gather static files, unless neither ours nor the installed packages changed since the last time."""
    wanted = static_digest()
    if (CHECKOUT / "staticfiles").is_dir() and STATIC_STAMP.is_file() and STATIC_STAMP.read_text() == wanted:
        return
    with console.step("收集静态文件"):
        stream(manage("collectstatic", "--noinput", "--verbosity", "0"), env, console)
    STATIC_STAMP.write_text(wanted)


def static_digest() -> str:
    return digest((bootstrap.RUNTIME, "zhuzhou_sme/settings.py", "static"))


def answers(port: int) -> bool:
    """True when the home page comes, or anything but a fault of the server's."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/", timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def announce(port: int, warm: bool, console: Console) -> None:
    address = f"http://{LOOPBACK}:{port}"
    console.say(
        f"""
株洲市中小企业服务平台评价门户 已启动,用时 {console.elapsed():.1f} 秒({"再次启动" if warm else "首次启动"})。

  公开页面    {address}/
  业务后台    {address}/admin/
  日志目录    {LOGS}

{demo_accounts()}

演示数据均为虚构。按 Ctrl-C 停止全部进程。"""
    )


def demo_accounts() -> str:
    """The accounts that the demonstration data bring along, from the file they are made from."""
    with (CHECKOUT / "demo" / "accounts.csv").open(encoding="utf-8", newline="") as stream:
        rows = [f"  {row['用户名']:<10}{row['口令']:<20}{row['姓名']}" for row in csv.DictReader(stream)]
    return "\n".join(("演示账号(用户名、口令、姓名):", *rows))


def watch(children: list[Child]) -> None:
    """Wait until we are interrupted; a server that ends by itself ends everything, with its last words."""
    while True:
        processes.require_running(children)
        time.sleep(0.5)
