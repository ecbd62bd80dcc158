"""Servers of one's own: an address where nobody answers is refused by name, before anything has started."""

import socket

import pytest

from dev import environment, servers
from dev.console import Console, Refusal


@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"])
def test_a_server_that_does_not_answer_is_named(variable: str, monkeypatch: pytest.MonkeyPatch):
    for each in environment.OWN_SERVERS:
        monkeypatch.delenv(each, raising=False)
    port = servers.free_port()
    monkeypatch.setenv(variable, f"scheme://app:secret@127.0.0.1:{port}/0")
    with pytest.raises(Refusal) as refused, environment.prepared("run", Console(), keep=True):
        pytest.fail("started in spite of it")
    assert f"{variable} 指定的服务器 127.0.0.1:{port} 没有应答" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("address", ["postgres://app:x@127.0.0.1:none/portal", "postgres://app:x@[::1/portal"])
def test_what_is_no_address_is_refused(address: str):
    with pytest.raises(Refusal, match="DATABASE_URL 不是有效的地址"):
        environment.require_answer("DATABASE_URL", address, 5432)


def test_whoever_answers_is_enough_and_sockets_are_left_to_the_driver(monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        environment.require_answer("REDIS_URL", f"redis://127.0.0.1:{server.getsockname()[1]}/0", 6379)
        server.settimeout(10)
        asked, (host, _) = server.accept()
        asked.close()
        assert host == "127.0.0.1", "the server itself was asked"
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("nothing to connect to"))
    for address in ("", "postgres:///portal", "postgres://app@%2Fvar%2Frun%2Fpostgresql/portal", "unix:///run/r.sock"):
        environment.require_answer("DATABASE_URL", address, 5432)
