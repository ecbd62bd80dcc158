"""The embedded servers: closed folders, passwords, loopback only, data kept or thrown away, nothing left behind."""

import os
import signal
import stat
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.db import OperationalError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper

from dev import servers
from dev.console import Refusal
from dev.homes import ROOT_FOLDER, Home
from tests.dev.conftest import Connected


def rows(connection: BaseDatabaseWrapper, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def processes_naming(text: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if text in command:
            found.append(command)
    return found


def test_postgres_16_with_two_roles_that_need_their_passwords(server_home: Home, tmp_path: Path, connected: Connected):
    with servers.postgres(server_home, tmp_path / "log") as urls:
        port = urlsplit(urls["DATABASE_URL"]).port
        with connected(urls["DATABASE_OWNER_URL"]) as owner:
            assert str(rows(owner, "SHOW server_version_num")[0][0]).startswith("16")
            rows(owner, "CREATE TABLE made_by_owner (id int)")
            rows(owner, "SET ROLE app")
            with pytest.raises(ProgrammingError, match="permission denied"):
                rows(owner, "CREATE TABLE made_by_app (id int)")
        with connected(urls["DATABASE_URL"]) as app:
            roles = rows(app, "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolcanlogin")
            assert sorted(roles) == [("app", False, False), ("owner", False, True), ("postgres", True, True)]
            assert rows(app, "SHOW listen_addresses") == [("127.0.0.1",)]
            assert not Path(f"/tmp/.s.PGSQL.{port}").exists()
        for stranger in ("app:wrong", "owner:", "postgres:"):
            refused = pytest.raises(OperationalError, match=r"password authentication failed|no password supplied")
            with refused, connected(f"postgres://{stranger}@127.0.0.1:{port}/zhuzhou_sme"):
                pass
    assert processes_naming(str(server_home.data)) == []


def test_valkey_needs_its_password_and_shows_it_to_nobody(server_home: Home, tmp_path: Path):
    with servers.valkey(server_home, tmp_path / "log") as urls:
        address = urlsplit(urls["REDIS_URL"])
        assert redis.Redis.from_url(urls["REDIS_URL"]).ping()
        with pytest.raises(redis.exceptions.AuthenticationError):
            redis.Redis(port=address.port or 0).ping()
        assert address.password
        assert processes_naming(address.password) == []
    assert not servers.answers_ping(address.port or 0, address.password)


def test_folders_are_closed_and_no_parent_is_opened(server_home: Home, tmp_path: Path):
    outside = [ROOT_FOLDER.parent, *ROOT_FOLDER.parents, tmp_path, *tmp_path.parents]
    before = {path: mode(path) for path in outside}
    with servers.postgres(server_home, tmp_path / "log"), servers.valkey(server_home, tmp_path / "log"):
        assert mode(server_home.data) == mode(server_home.data / "postgres") == 0o700
        assert mode(server_home.secrets_file) == 0o600
        if os.geteuid() == 0:
            assert mode(ROOT_FOLDER) == mode(server_home.binaries.parent) == 0o700
            assert server_home.data.stat().st_uid == ROOT_FOLDER.stat().st_uid != 0
    assert {path: mode(path) for path in outside} == before


def test_data_and_address_stay_from_one_start_to_the_next(server_home: Home, tmp_path: Path, connected: Connected):
    with (
        servers.postgres(server_home, tmp_path / "log") as first,
        connected(first["DATABASE_OWNER_URL"]) as owner,
    ):
        rows(owner, "CREATE TABLE kept (id int)")
    with (
        servers.postgres(server_home, tmp_path / "log") as second,
        connected(second["DATABASE_OWNER_URL"]) as owner,
    ):
        assert rows(owner, "SELECT count(*) FROM kept") == [(0,)]
    assert first == second


def test_throw_away_servers_leave_no_data(server_home: Home, tmp_path: Path, connected: Connected):
    started = servers.postgres(server_home, tmp_path / "log", keep=False)
    with started as urls, connected(urls["DATABASE_URL"]) as app:
        assert rows(app, "SHOW fsync") == [("off",)]
    assert not (server_home.data / "postgres").exists()


def test_throw_away_data_serve_again_after_an_orderly_stop(server_home: Home, tmp_path: Path, connected: Connected):
    def start():
        return servers.postgres(server_home, tmp_path / "log", keep=False, reuse=True)

    def tables(url: str) -> list[tuple[object, ...]]:
        with connected(url) as owner:
            return rows(owner, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")

    with start() as urls, connected(urls["DATABASE_OWNER_URL"]) as owner:
        owner.cursor().execute("CREATE TABLE left_here (id int)")
    with start() as urls:
        assert tables(urls["DATABASE_OWNER_URL"]) == [("left_here",)]
        pid = (server_home.data / "postgres" / "postmaster.pid").read_text().split()[0]
        os.kill(int(pid), signal.SIGKILL)
    with start() as urls, connected(urls["DATABASE_OWNER_URL"]) as owner:
        assert tables(urls["DATABASE_OWNER_URL"]) == []
        owner.cursor().execute("CREATE TABLE left_by_a_run_that_was_killed (id int)")
    (server_home.data / "postgres.whole").unlink()
    with start() as urls:
        assert tables(urls["DATABASE_OWNER_URL"]) == []


def test_throw_away_data_of_other_passwords_are_not_opened(server_home: Home, tmp_path: Path, connected: Connected):
    for _ in range(2):
        started = servers.postgres(server_home, tmp_path / "log", keep=False, reuse=True)
        with started as urls, connected(urls["DATABASE_URL"]) as app:
            assert rows(app, "SELECT current_user") == [("app",)]
        server_home.secrets_file.unlink()


def test_a_broken_first_start_is_made_good_by_the_next(
    server_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connected: Connected
):
    with monkeypatch.context() as broken:
        broken.setattr(servers, "roles_sql", lambda passwords: "CREATE NONSENSE;\n")
        with pytest.raises(Refusal, match="数据库初始化失败"), servers.postgres(server_home, tmp_path / "log"):
            pass
    with servers.postgres(server_home, tmp_path / "log") as urls, connected(urls["DATABASE_URL"]):
        pass


def test_data_of_another_version_are_not_touched(server_home: Home, tmp_path: Path):
    data = server_home.make_folder(server_home.data / "postgres")
    (data / "PG_VERSION").write_text("15\n")
    with pytest.raises(Refusal, match="make reset"), servers.postgres(server_home, tmp_path / "log"):
        pass
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_checkout_is_used_by_one_run_at_a_time(tmp_path: Path):
    busy = pytest.raises(Refusal, match=rf"进程号 {os.getpid()}")
    with servers.sole_use("run", tmp_path), busy, servers.sole_use("run", tmp_path):
        pass
    entered = []
    with servers.sole_use("run", tmp_path), servers.sole_use("test", tmp_path):
        entered.append("run and test")
    with servers.sole_use("run", tmp_path):
        entered.append("run again")
    assert entered == ["run and test", "run again"]
