"""A whole re-score from PostgreSQL beside one aggregate query plus one array write of the same size: limit 5 times.

    python -m benchmarks.rescore [platforms, default 13000]

30 hub-like indicators in 4 quarters: at 13,000 platforms 1.56 million quarter values. Ours is `score_ranking` itself,
from the stored quarter values to stored scorecards with reasons and sources, the bundle checked and sealed on the way.
The bare way reads the sums of all indicators in one query and writes the very texts that ours stored with one
`INSERT … SELECT unnest(…)`, sent as arrays (binary ones on psycopg 3), into a table without constraints, with the
same room to sort in.
Growth: a hundredth, a tenth and the whole.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from benchmarks.limits import Compared, compared, linear, within
from benchmarks.scratch import scratch_database
from core.bulk import execute_binary
from core.choices import Role
from core.models import User
from evaluation.ranking.actions.rankings import open_ranking, reopen_ranking, score_ranking
from evaluation.ranking.models import Ranking
from evaluation.systems.actions.systems import import_system, put_system_in_force
from platforms.choices import PlatformType

LIMIT = 5
ROUNDS = 5
YEAR = 2025
INDICATORS = 30
SUMS = "SELECT platform_id, indicator, sum(amount), sum(base) FROM evaluation_figure GROUP BY 1, 2"
WRITE = "INSERT INTO bare SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[])"


def main() -> int:
    whole = int(sys.argv[1]) if len(sys.argv) > 1 else 13_000
    print(f"{INDICATORS} indicators × 4 quarters, median of {ROUNDS} in turns, in seconds")
    sizes, taken = [whole // 100, whole // 10, whole], []
    for count in sizes:
        with scratch_database():
            ours, bare, ratio = measure(count)
        values = count * INDICATORS * 4
        print(f"{count:6} platforms {values:8} values: ours {ours:6.2f}   bare {bare:6.2f}   ratio {ratio:4.2f}")
        taken.append(ours)
    held = [within(f"{whole} platforms, ours beside bare:", ratio, LIMIT), linear(sizes, taken)]
    return int(not all(held))


def measure(count: int) -> Compared:
    bureau = User.objects.create_user("bureau", role=Role.BUREAU)
    city = User.objects.create_user("city", role=Role.CITY_PLATFORM)
    draft = import_system(document=system_document(), by=None).system
    put_system_in_force(system=draft, by=bureau, reason="benchmark")
    fill(count)
    ranking = open_ranking(year=YEAR, platform_type=PlatformType.COUNTY_WINDOW, by=city)
    pairs = []
    bare = None
    for _ in range(ROUNDS):
        ours = seconds(lambda: score_ranking(ranking=ranking, by=city, is_demo=False))
        bare = bare or bare_way()
        pairs.append((ours, seconds(bare)))
        start_again(ranking, city)
    return compared(pairs)


def start_again(ranking: Ranking, by: User) -> None:
    """No scorecards, no sealed bundle, nothing in the bare table; tidy tables."""
    reopen_ranking(ranking=ranking, reason="benchmark", by=by)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_sealedfile WHERE media_type = 'application/json'")
        cursor.execute("VACUUM evaluation_scorecard")
        cursor.execute("TRUNCATE bare")


def bare_way() -> Callable[[], None]:
    """The bare run, holding the texts that ours has stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_id, rank, detail, sources FROM evaluation_scorecard ORDER BY position")
        columns = [list(column) for column in zip(*cursor.fetchall(), strict=True)]
        cursor.execute("CREATE TABLE bare (platform_id bigint, rank bigint, detail text, sources text)")
        cursor.execute("ALTER TABLE bare ALTER detail SET STORAGE EXTERNAL, ALTER sources SET STORAGE EXTERNAL")

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '256MB'")
            cursor.execute("SET LOCAL jit = off")
            cursor.execute(SUMS)
            assert len(cursor.fetchall()) == len(columns[0]) * INDICATORS
            execute_binary(WRITE, columns)

    return run


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def system_document() -> dict[str, Any]:
    """20 routine and 10 key-work indicators: counts and ratios under four kinds of rule."""
    return {
        "code": f"county_window-{YEAR}",
        "version": 1,
        "indicator_decimals": 2,
        "total_decimals": 2,
        "total_cap": None,
        "tie_style": "competition",
        "print_order": ["section:key_work", "platform"],
        "not_applicable": "within_category",
        "sections": [
            section("routine", "常规考核", "0.20", "R3", [indicator(n, "5") for n in range(20)]),
            section(
                "key_work", "年度重点工作考核", "0.80", "R3.5", [indicator(n, "10") for n in range(20, INDICATORS)]
            ),
        ],
    }


def section(code: str, name: str, weight: str, clause: str, indicators: list[dict[str, Any]]) -> dict[str, Any]:
    category = {"code": f"{code}_all", "name": name, "clause": clause, "indicators": indicators}
    return {
        "code": code,
        "name": name,
        "weight": weight,
        "points": "100",
        "clause": clause,
        "categories": [category],
    }


def indicator(number: int, points: str) -> dict[str, Any]:
    is_ratio = number % 10 == 4
    rules = ({"kind": "linear", "target": "400"}, {"kind": "per_unit", "each": "0.02"}, {"kind": "direct"})
    return {
        "code": f"I{number:02d}",
        "name": f"演示指标{number}",
        "points": points,
        "unit": "%" if is_ratio else "项",
        "clause": "R3.1(1)",
        "source": "report",
        "quarterly": True,
        "measure": {"kind": "ratio" if is_ratio else "count"},
        "rule": {"kind": "ramp", "zero": "80", "full": "95"} if is_ratio else rules[number % 3],
    }


FILL = """
    INSERT INTO platforms_region (code, name, kind) VALUES ('430202', '演示区', 'district');
    INSERT INTO platforms_platform (code, name, platform_type, region_id, service_field, contact_person,
                                    contact_phone, sort_key)
    SELECT 'W' || lpad(n::text, 5, '0'), '演示窗口平台' || n, 'county_window', id, '', '', '', ''
      FROM platforms_region, generate_series(1, {count}) AS n;
    INSERT INTO platforms_recognition (platform_id, kind, authority, document_number, recognised_on, level)
    SELECT id, 'acceptance', '', '', '2020-01-01', 'provincial' FROM platforms_platform;
    INSERT INTO core_sealedfile (sha256, media_type, content, size) VALUES ('x', 'text/plain', '', 0);
    INSERT INTO evaluation_importbatch (kind, year, quarter, status, file_name, file_id, row_count, figure_count)
    SELECT 'hub', {year}, quarter, 'in_force', {year} || 'Q' || quarter || '.xlsx', 'x', {count}, {count} * 30
      FROM generate_series(1, 4) AS quarter;
    INSERT INTO evaluation_figure (batch_id, platform_id, indicator, year, quarter, "row", state, amount, base)
    SELECT b.id, p.id, 'I' || lpad(i::text, 2, '0'), {year}, b.quarter, p.id + 4, 'reported',
           CASE WHEN i % 10 = 4 THEN 80 + (random() * 20)::int ELSE (random() * 150)::int END,
           CASE WHEN i % 10 = 4 THEN 100 END
      FROM evaluation_importbatch AS b, platforms_platform AS p, generate_series(0, 29) AS i
     ORDER BY b.quarter, p.id, i;
"""


def fill(count: int) -> None:
    """As the imports leave it: quarter by quarter, a row's indicators together."""
    with connection.cursor() as cursor:
        for statement in FILL.format(count=count, year=YEAR).split(";\n"):
            if statement.strip():
                cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
