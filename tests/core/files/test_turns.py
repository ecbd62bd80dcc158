"""At most two parsers at once, whichever process starts them; a bounded number wait, a bounded time, and are then told
so. What a killed process held is free at once."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import Refusal, Unequipped
from core.files import sandbox, turns
from core.files.sandbox import run_limited
from core.files.turns import Queue
from zhuzhou_sme.celery import wait_longer

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import json, sys, time
sys.path[:] = json.loads(sys.argv[1])
from pathlib import Path
from core.errors import Refusal
from core.files.turns import Queue
folder, at_once, seconds = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
try:
    with Queue(Path(folder), at_once=at_once, waiting=20, seconds=30).turn():
        print("begin", time.monotonic(), flush=True)
        time.sleep(seconds)
        print("end", time.monotonic(), flush=True)
except Refusal as refusal:
    print(refusal, flush=True)
"""


@pytest.fixture
def queue(tmp_path, monkeypatch):
    found = Queue(tmp_path / "turns", at_once=2, waiting=1, seconds=0.3)
    monkeypatch.setattr(turns, "queue", found)
    return found


def holding(folder, at_once=2, seconds=0.4):
    arguments = [
        sys.executable,
        "-c",
        HOLD,
        json.dumps([str(ROOT), *sys.path]),
        str(folder),
        str(at_once),
        str(seconds),
    ]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def most_at_once(folder, at_once, processes=6):
    """How many of these processes held a turn at the same moment."""
    moments = []
    for process in [holding(folder, at_once) for _ in range(processes)]:
        lines, _ = process.communicate(timeout=60)
        moments += [(float(line.split()[1]), 1 if line.startswith("begin") else -1) for line in lines.splitlines()]
    assert len(moments) == 2 * processes
    now = most = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most


def test_six_processes_never_hold_more_than_two_turns(tmp_path):
    assert most_at_once(tmp_path / "bounded", 2) == 2
    # The control: where six may, six do.
    assert most_at_once(tmp_path / "free", 6) > 2


def test_threads_of_one_process_share_the_turns_as_well(queue):
    now, most, lock = 0, 0, threading.Lock()

    def hold():
        nonlocal now, most
        with replace(queue, waiting=20, seconds=30).turn():
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.05)
            with lock:
                now -= 1

    threads = [threading.Thread(target=hold) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_who_waited_in_vain_is_told_and_gets_a_turn_later(queue):
    with queue.turn(), queue.turn():
        started = time.monotonic()
        with pytest.raises(Unequipped, match=r"现在上传的人较多.*文件没有保存"):
            run_limited("core.files.cell.layers", b"")
        assert 0.2 < time.monotonic() - started < 5
    assert json.loads(run_limited("core.files.cell.layers", b""))


def test_who_finds_no_place_to_wait_is_told_at_once(queue):
    patient = replace(queue, seconds=30)
    with queue.turn(), queue.turn():
        waiter = threading.Thread(target=lambda: patient.turn().__enter__(), daemon=True)
        waiter.start()
        time.sleep(0.3)
        started = time.monotonic()
        with pytest.raises(Unequipped, match="现在上传的人较多"), patient.turn():
            pass
        assert time.monotonic() - started < 5
    waiter.join(10)
    assert not waiter.is_alive()


def test_a_worker_needs_no_place_and_waits_long(queue):
    wait_longer()
    assert turns.queue == replace(queue, waiting=None, seconds=300)
    queue.folder.mkdir(parents=True)
    places = [os.open(queue.folder / f"place-{each}", os.O_RDWR | os.O_CREAT) for each in range(3)]
    for place in places:
        fcntl.flock(place, fcntl.LOCK_EX)
    with pytest.raises(Unequipped), queue.turn():
        pass
    with turns.queue.turn():
        pass
    for place in places:
        os.close(place)


def test_what_a_killed_process_held_is_free_at_once(queue):
    with holding(queue.folder, seconds=60) as first, holding(queue.folder, seconds=60) as second:
        for process in (first, second):
            assert process.stdout.readline().startswith("begin")
        with pytest.raises(Unequipped), queue.turn():
            pass
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        with queue.turn():
            pass
        second.kill()


def test_a_refusal_and_an_error_give_the_turn_back(queue):
    for _ in range(4):
        with pytest.raises(Refusal, match=r"无法读取|损坏"):
            run_limited("core.files.excel.parsing.workbook", b"PK\x03\x04rest")
    with queue.turn(), queue.turn():
        pass


def test_a_folder_that_cannot_be_made_is_a_plain_answer(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(turns, "queue", Queue(tmp_path / "file" / "turns"))
    with pytest.raises(Unequipped, match="服务器暂时无法检查文件"):
        run_limited("core.files.cell.layers", b"")


def test_the_portal_keeps_its_turns_where_all_its_processes_see_them(settings):
    assert turns.queue.folder.name == "turns"
    assert (turns.queue.at_once, turns.queue.waiting, turns.queue.seconds) == (2, 6, 20)
    assert sandbox.DEFAULT_LIMITS.wall + turns.queue.seconds < 60  # how long nginx waits for an answer
