"""What stands in front: the client's own address with a gateway and without, floods ended early, plain pages. The
settings are read as they are; where nginx is on the machine (or NGINX names one) it runs with them, on other ports."""

import gzip
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.identity.accounts import ClientAddressMiddleware
from dev.paths import CHECKOUT
from dev.servers import free_port

HOME = CHECKOUT / "ops" / "nginx"
CONF = (HOME / "nginx.conf").read_text()
GATEWAY = (HOME / "gateway.conf.template").read_text()
NGINX = os.environ.get("NGINX") or shutil.which("nginx") or ""
SIGN_IN = "/accounts/login/"

needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not on this machine")


def statements(text: str) -> list[str]:
    return [" ".join(line.split()) for line in re.sub(r"#.*", "", text).splitlines() if line.strip()]


def test_the_portal_is_told_one_hop_and_it_is_what_nginx_found_itself():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in statements(CONF)
    assert "include /tmp/gateway.conf;" in statements(CONF)
    assert statements(GATEWAY) == [
        "set_real_ip_from ${GATEWAY_ADDRESS};",
        "real_ip_header X-Forwarded-For;",
        "real_ip_recursive on;",
    ]
    compose = (CHECKOUT / "docker-compose.yml").read_text()
    assert 'TRUSTED_PROXIES: "1"' in compose and "GATEWAY_ADDRESS: ${GATEWAY_ADDRESS:-unix:}" in compose


def test_floods_are_limited_by_address_and_answered_plainly():
    assert {line for line in statements(CONF) if line.startswith(("limit_", "gzip on", "error_page"))} == {
        "limit_req_zone $signing_in zone=signing_in:10m rate=60r/m;",
        "limit_req_zone $uploading zone=uploading:10m rate=60r/m;",
        "limit_req_zone $binary_remote_addr zone=everything:10m rate=50r/s;",
        "limit_conn_zone $uploading zone=uploads_at_once:10m;",
        "limit_conn_zone $binary_remote_addr zone=connections:10m;",
        "limit_req_status 429;",
        "limit_conn_status 429;",
        "limit_req zone=signing_in burst=40 nodelay;",
        "limit_req zone=uploading burst=20 nodelay;",
        "limit_req zone=everything burst=300 nodelay;",
        "limit_conn uploads_at_once 6;",
        "limit_conn connections 200;",
        "gzip on;",
        "error_page 429 /429.html;",
        "error_page 413 /413.html;",
        "error_page 502 504 =503 /503.html;",
    }


@pytest.mark.parametrize("status", ["429", "413", "503"])
def test_nginxs_own_pages_are_plain_and_chinese(status: str):
    page = (HOME / "pages" / f"{status}.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page and "返回首页" in page
    assert not re.search(r"<(script|style|link|img)\b|style=", page)


class Echo(BaseHTTPRequestHandler):
    """In place of the portal: tells which addresses it was handed."""

    def do_GET(self) -> None:
        body = ((self.headers["X-Forwarded-For"] or "") + "\n" + "页" * 2000).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """nginx with our settings behind a gateway at this address, in front of the echo; gives a way to ask it."""
    stops: list[Callable[[], object]] = []

    def started(gateway: str, *, is_up: bool = True) -> Ask:
        portal = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        stops.append(portal.server_close)
        if is_up:
            threading.Thread(target=portal.serve_forever, daemon=True).start()
            stops.insert(0, portal.shutdown)
        else:
            portal.server_close()
        port = free_port()
        process = subprocess.Popen([NGINX, "-c", written(tmp_path, gateway, port, portal.server_address[1])])
        stops.insert(0, lambda: (process.terminate(), process.wait(10)))
        until_answered(port)
        return lambda address, verb="GET", body=b"", **headers: ask(port, verb, address, body, headers)

    yield started
    for stop in stops:
        stop()


def written(folder: Path, gateway: str, port: int, portal: int) -> Path:
    """The settings as the containers have them, with this machine's ports and folders."""
    pair = ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2", *pair]
    subprocess.run(made, check=True, capture_output=True)
    (folder / "gateway.conf").write_text(GATEWAY.replace("${GATEWAY_ADDRESS}", gateway))
    text = CONF.replace("/tmp/", f"{folder}/").replace("/dev/stdout", "off").replace("/dev/stderr", f"{folder}/log")
    text = text.replace("/etc/nginx/tls", str(folder)).replace("/etc/nginx/pages", str(HOME / "pages"))
    text = text.replace("listen 8080", f"listen 127.0.0.1:{free_port()}")
    text = text.replace("listen 8443", f"listen 127.0.0.1:{port}")
    text = text.replace("server web:8000", f"server 127.0.0.1:{portal}")
    version = subprocess.run([NGINX, "-v"], capture_output=True, text=True).stderr
    if tuple(map(int, re.findall(r"\d+", version)[:3])) < (1, 25, 1):
        text = text.replace("http2 on;", "")
    (folder / "nginx.conf").write_text(f"daemon off;\n{text}")
    return folder / "nginx.conf"


def until_answered(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx does not answer")


def ask(port: int, verb: str, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    unchecked = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=unchecked)
    try:
        connection.request(verb, address, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def seen_by_the_portal(settings, forwarded: str) -> str:
    """What the limits, the history and the list of sessions take for the client's address."""
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="172.18.0.9")
    ClientAddressMiddleware(lambda _: HttpResponse())(request)
    return str(request.META["REMOTE_ADDR"])


@needs_nginx
@pytest.mark.parametrize(
    ("gateway", "sent", "client"),
    [
        ("unix:", None, "127.0.0.1"),
        ("unix:", "10.9.9.9", "127.0.0.1"),  # nobody in front: what the client writes about itself is nothing
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),  # the gateway's word
        ("127.0.0.1", "1.2.3.4, 10.9.9.9", "10.9.9.9"),  # the gateway appends to what the client wrote
        ("127.0.0.1", "1.2.3.4, 10.9.9.9, 127.0.0.1", "10.9.9.9"),  # two of ours in a row
        ("127.0.0.0/8", "10.9.9.9, 127.3.3.3", "10.9.9.9"),
        ("10.50.0.5", "10.9.9.9", "127.0.0.1"),  # somebody else's word is not the gateway's
    ],
)
def test_nginx_and_the_portal_count_the_same_client(start, settings, gateway: str, sent: str | None, client: str):
    headers = {"X_Forwarded_For": sent} if sent else {}
    status, _, body = start(gateway)("/", **headers)
    forwarded = body.decode().splitlines()[0]
    assert (status, forwarded, seen_by_the_portal(settings, forwarded)) == (200, client, client)


@needs_nginx
def test_a_flood_at_the_door_ends_in_nginx_and_only_for_its_own_address(start):
    ask = start("127.0.0.1")
    form = b"login=a&password=b"
    answers = [ask(SIGN_IN, "POST", form, X_Forwarded_For="10.6.6.6") for _ in range(150)]
    passed = sum(status == 200 for status, _, _ in answers)
    assert 41 <= passed <= 60, "an office's morning at once, then one a second"
    status, headers, page = answers[-1]
    assert (status, headers["Retry-After"], headers["Content-Type"]) == (429, "30", "text/html; charset=utf-8")
    assert "操作过于频繁" in page.decode() and headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert ask(SIGN_IN, "POST", form, X_Forwarded_For="10.7.7.7")[0] == 200, "who is elsewhere"
    assert ask(SIGN_IN, "GET", X_Forwarded_For="10.6.6.6")[0] == 200, "and who only looks"
    assert ask("/my/", "POST", form, X_Forwarded_For="10.6.6.6")[0] == 200, "or works"


@needs_nginx
def test_uploads_have_a_bound_of_their_own(start):
    ask = start("unix:")
    kind = {"Content_Type": "multipart/form-data; boundary=x"}
    answers = [ask("/admin/imports/figures/", "POST", b"--x--", **kind)[0] for _ in range(60)]
    assert 21 <= answers.count(200) <= 30 and answers.count(429) == 60 - answers.count(200)


@needs_nginx
def test_a_portal_that_is_down_is_a_plain_503_and_pages_are_compressed(start):
    status, headers, page = start("unix:", is_up=False)("/")
    assert (status, headers["Retry-After"]) == (503, "30") and "系统暂时不能使用" in page.decode()
    status, headers, body = start("unix:")("/", Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"], headers["Vary"]) == (200, "gzip", "Accept-Encoding")
    assert len(body) < 500 and gzip.decompress(body).decode().count("页") == 2000


@needs_nginx
def test_what_is_larger_than_any_upload_is_told_so(start):
    status, _, page = start("unix:")("/my/", "POST", b"", Content_Length=str(65 * 1024 * 1024))
    assert status == 413 and "文件太大" in page.decode()
