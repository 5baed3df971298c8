"""``xunzhang serve`` behind a real nginx, by the configuration of the handbook: TLS, a path of its own, a rate."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import pytest

import indexer
from tests.support import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TOKEN = "correct-horse-battery"
# Requests at once, and how many of them in a second, by the configuration.
BURST, RATE = 30, 5

pytestmark = pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="nginx or openssl is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "甲.txt").write_text("数据安全，人人有责。\n", "utf-8")
    with indexer.create_index(folder / "index") as made:
        made.update([folder / "甲.txt"])
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[int]:
    """The port of a server that believes a proxy."""
    options = ["--port", "0", "--behind-proxy", "--allow-host", "search.example.org"]
    command = [sys.executable, "-m", "indexer", "serve", "--index", str(folder / "index"), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT,
                          env={**os.environ, "XUNZHANG_TOKEN": TOKEN}) as process:  # fmt: skip
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found
        yield int(found[1])
        process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


# What the handbook says to change where the site stands at the root.
AT_ROOT = (
    ("location /search/", "location /"),
    ("X-Forwarded-Prefix /search;", 'X-Forwarded-Prefix "";'),
    ("zone=xunzhang:1m", "zone=root:1m"),
    ("zone=xunzhang ", "zone=root "),
)


def configuration(folder: Path, port: int, server: int, changed: Sequence[tuple[str, str]]) -> Path:
    """The one that is shown to users, with what a user changes changed."""
    (text,) = re.findall(r"^```nginx\n(.*?)^```", (ROOT / "docs" / "07-部署.md").read_text("utf-8"), re.M | re.S)
    changes = (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("http://127.0.0.1:8000/", f"http://127.0.0.1:{server}/"),
        ("/etc/ssl/search.example.org", str(folder / "tls")),
        *changed,
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{port}-{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""
    head = f"{user}daemon off;\nmaster_process off;\npid {folder}/{port}.pid;\nerror_log {folder}/error.log;\n"
    path = folder / f"{port}.conf"
    path.write_text(f"{head}events {{}}\nhttp {{\naccess_log off;\n{temporary}{text}}}\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def certificate(folder: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=search.example.org",
            "-addext", "subjectAltName=DNS:search.example.org", "-keyout", f"{folder}/tls.key",
            "-out", f"{folder}/tls.pem"]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)


@contextmanager
def running(folder: Path, server: int, changed: Sequence[tuple[str, str]] = ()) -> Iterator[int]:
    port = free_port()
    command = [str(NGINX), "-p", str(folder), "-c", str(configuration(folder, port, server, changed))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.05)
        yield port
        process.kill()


@pytest.fixture(scope="module")
def nginx(folder: Path, server: int, certificate: None) -> Iterator[int]:
    """The port of nginx before it."""
    with running(folder, server) as port:
        yield port


@pytest.fixture(scope="module")
def nginx_at_root(folder: Path, server: int, certificate: None) -> Iterator[int]:
    """The port of another, below whose root it stands."""
    with running(folder, server, AT_ROOT) as port:
        yield port


class Client:
    """One that trusts the certificate and knows where the name leads."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.context = ssl.create_default_context(cafile=str(folder / "tls.pem"))

    def get(self, path: str, *, body: bytes | None = None, **headers: str) -> tuple[int, HTTPResponse, str]:
        """Status, answer and text; redirects are not followed."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=120)
        with self.context.wrap_socket(plain, server_hostname="search.example.org") as connection:
            lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.0", "Host: search.example.org"]
            lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
            lines += [f"Content-Length: {len(body)}"] if body else []
            connection.sendall("\r\n".join([*lines, "", ""]).encode() + (body or b""))
            answer = HTTPResponse(connection)
            answer.begin()
            return answer.status, answer, answer.read().decode()


@pytest.fixture
def client(folder: Path, nginx: int) -> Client:
    time.sleep(BURST / RATE / 6)  # so that no test is held to what another has used up
    return Client(folder, nginx)


BEARER = f"Bearer {TOKEN}"


def test_the_api_below_a_path_over_tls(client: Client) -> None:
    status, _, text = client.get("/search/api/v1/search?q=%E6%95%B0%E6%8D%AE", Authorization=BEARER)
    body = json.loads(text)
    assert (status, body["total"]) == (200, 1)
    _, _, cited = client.get(f"/search/api/v1/cite?id={body['hits'][0]['id']}", Authorization=BEARER)
    assert json.loads(cited)["url"].startswith(f"https://search.example.org/search/p/{body['hits'][0]['id']}")
    assert client.get("/search/api/v1/search")[0] == 401


def test_people_sign_in_and_every_link_keeps_to_the_path(client: Client) -> None:
    status, answer, _ = client.get(
        "/search/sign-in", body=f"token={TOKEN}&next=/search/".encode(),
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    cookie = answer.headers["Set-Cookie"]
    assert (status, answer.headers["Location"]) == (303, "/search/")
    assert "Secure" in cookie
    assert "Path=/search/" in cookie
    _, _, text = client.get("/search/?q=%E6%95%B0%E6%8D%AE", Cookie=cookie.partition(";")[0])
    addresses = set(re.findall(r"""(?:href|src|action)=["']([^"'#]+)""", text))
    assert len(addresses) > 10
    assert {address for address in addresses if not address.startswith("/search/")} == set()
    status, _, script = client.get("/search/static/js/main.js")
    assert (status, "import" in script) == (200, True)


def test_a_long_quotation_passes(client: Client) -> None:
    status, _, text = client.get(f"/search/api/v1/verify?quote={'%E9%BE%98' * 5000}", Authorization=BEARER)
    assert (status, json.loads(text)["found"]) == (200, False)


# What a client may write, so that it is taken for the proxy's.
FORGED = {
    "X_Forwarded_Prefix": "//evil.example",
    "x_forwarded_prefix": "/evil",
    "X_Forwarded_Host": "evil.example",
    "X_Forwarded_Proto": "javascript",
    "X_Forwarded_For": "evil",
    "X_Forwarded_Port": "666",
    "Forwarded": "for=evil;host=evil.example;proto=javascript",
}


def test_what_the_client_writes_of_itself_passes_neither_below_a_path_nor_at_the_root(
    folder: Path, nginx: int, nginx_at_root: int
) -> None:
    time.sleep(BURST / RATE / 2)
    for port, root in ((nginx, "/search/"), (nginx_at_root, "/")):
        client = Client(folder, port)
        for path in ("", "opensearch.xml", "feed.atom?q=x", "nothing"):
            status, answer, text = client.get(f"{root}{path}", Authorization=BEARER, **FORGED)
            assert status == (404 if path == "nothing" else 200)
            assert "evil" not in text + str(answer.headers)
            assert not re.search(r"javascript:|:666", text)
            addresses = set(re.findall(r"""(?:href|src|action)=["']([^"'#]+)""", text))
            inside = (root, f"https://search.example.org{root}", "http://www.w3.org/")
            assert {each for each in addresses if not each.startswith(inside) or each.startswith("//")} == set()


def test_caddy_writes_or_clears_whatever_is_believed() -> None:
    """Not installed anywhere here, so that only its text can be held to it."""
    chapter = (ROOT / "docs" / "07-部署.md").read_text("utf-8")
    (text,) = re.findall(r"^```caddy\n(.*?)^```", chapter, re.M | re.S)
    written = set(re.findall(r"^\s*header_up -?(\S+)", text, re.M))
    by_itself = {"X-Forwarded-Proto", "X-Forwarded-Host"}  # those of clients it drops, unless they are trusted
    assert written | by_itself == {"X-Forwarded-For", "X-Forwarded-Prefix", "X-Forwarded-Proto", "X-Forwarded-Host"}
    assert "header_up -X-Forwarded-Prefix" in chapter.partition("```caddy")[2]


def test_too_many_requests_are_429(folder: Path, nginx: int) -> None:
    client = Client(folder, nginx)
    started = time.monotonic()
    statuses = [client.get("/search/healthz")[0] for _ in range(3 * BURST)]
    allowed = BURST + 1 + RATE * (time.monotonic() - started) + 1
    assert set(statuses) <= {200, 429}
    assert statuses[0] == 200
    assert statuses.count(200) <= allowed


def test_without_the_option_nobody_is_believed(folder: Path) -> None:
    command = [sys.executable, "-m", "indexer", "serve", "--index", str(folder / "index"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil", "X-Forwarded-Proto": "https"}
        with urllib.request.urlopen(urllib.request.Request(f"{found[0]}opensearch.xml", headers=headers)) as answer:
            text = answer.read().decode()
        process.kill()
    assert "evil" not in text
    assert f'template="{found[0]}?q=' in text
