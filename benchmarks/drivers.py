"""psycopg2 beside psycopg 3 in the four benchmarks where the driver works hardest: limit 1.15 times (decision 0010).

    python -m benchmarks.drivers [--share 1.0] [--rounds 2] [--only hub_import …]

Each benchmark runs at its largest size, ours and its bare way in turns as ever, in a process of its own for each
driver; `jobs` one at a time, where it is nearest to its own limit. The drivers take turns, and which goes first changes
from round to round. Compared is the median of what ours took; the bare way is shown because it tells how much of that
is the driver. `--share` takes smaller sizes, to see that all works: fixed costs then weigh more than the driver.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable

from django.db.backends.postgresql.psycopg_any import is_psycopg3

from benchmarks import hub_import, jobs, rescore, service_import
from benchmarks.limits import Compared, within
from benchmarks.scratch import scratch_database

LIMIT = 1.15
OLD, NEW = "psycopg2", "psycopg"
ROUNDS = 2  # each driver goes first once; inside a round every benchmark takes its own median


def imported_hub(count: int) -> Compared:
    hub_import.register(count)
    return hub_import.compare(count)


def imported_services(count: int) -> Compared:
    return service_import.compare(count, *service_import.register())


def finished_jobs(count: int) -> Compared:
    with jobs.running_worker():
        return jobs.compare(count)


# What to run, at which size, and whether that size may be made smaller.
BENCHMARKS: dict[str, tuple[Callable[[int], Compared], int, bool]] = {
    "hub_import": (imported_hub, 50_000, True),
    "rescore": (rescore.measure, 13_000, True),
    "jobs": (finished_jobs, 1, False),
    "service_import": (imported_services, 50_000, True),
}


def measure_here(name: str, share: float) -> None:
    """In the child: one benchmark on the driver of this process; the last line it prints is what it found."""
    run, count, is_scalable = BENCHMARKS[name]
    with scratch_database():
        found = run(int(count * share) if is_scalable else count)
    print(json.dumps({"driver": NEW if is_psycopg3 else OLD, "found": found}))


def measured(name: str, driver: str, share: float) -> Compared:
    command = [sys.executable, "-m", "benchmarks.drivers", "--here", name, "--share", str(share)]
    environment = {**os.environ, "DATABASE_DRIVER": driver}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["driver"] == driver
    found = Compared(*told["found"])
    print(f"{name:15} {driver:9} ours {found.ours:9.4f} s   bare {found.bare:9.4f} s", flush=True)
    return found


def compare(name: str, share: float, rounds: int) -> bool:
    """Both drivers in turns; whether psycopg2 kept within the limit."""
    found: dict[str, list[Compared]] = {OLD: [], NEW: []}
    for number in range(rounds):
        for driver in (OLD, NEW) if number % 2 else (NEW, OLD):
            found[driver].append(measured(name, driver, share))
    for what in ("bare", "ours"):
        old, new = (statistics.median([getattr(one, what) for one in found[driver]]) for driver in (OLD, NEW))
        print(f"{name:15} {what}: psycopg2 {old:9.4f} s   psycopg 3 {new:9.4f} s   ratio {old / new:4.2f}")
    return within(f"{name}, psycopg2 beside psycopg 3:", old / new, LIMIT)


def main() -> int:
    parser = argparse.ArgumentParser(description="psycopg2 beside psycopg 3")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual sizes")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS))
    parser.add_argument("--here", choices=BENCHMARKS, help="one benchmark on this process's driver, as JSON")
    arguments = parser.parse_args()
    if arguments.here:
        measure_here(arguments.here, arguments.share)
        return 0
    return int(not all([compare(name, arguments.share, arguments.rounds) for name in arguments.only]))


if __name__ == "__main__":
    sys.exit(main())
