"""nginx in front of nodes: TLS by a certificate that nobody else knows, and a login."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    client_max_body_size 100m;
    upstream nodes {{ {servers} }}
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;
        auth_basic "cluster"; auth_basic_user_file {folder}/logins;
        location / {{ proxy_pass http://nodes; proxy_set_header Authorization ""; }}
    }}
}}
"""
_PATIENCE = 60.0


@contextmanager
def tls_front(urls: Sequence[str], user: str, password: str) -> Iterator[tuple[str, Path]]:
    """The address of an nginx before nodes, which knows one login, and the certificate to trust."""
    with tempfile.TemporaryDirectory(prefix="xunzhang-front-") as name:
        folder, port = Path(name), _free_port()
        folder.chmod(0o755)  # its workers are nobody
        _make_certificate(folder)
        digest = _output("openssl", "passwd", "-apr1", password)
        (folder / "logins").write_text(f"{user}:{digest}\n", "utf-8")
        servers = " ".join(f"server {url.removeprefix('http://')};" for url in urls)
        configuration = folder / "nginx.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, servers=servers), "utf-8")
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or "nginx"
        with subprocess.Popen([nginx, "-c", str(configuration)], stderr=subprocess.DEVNULL) as process:
            try:
                _wait(port, process)
                yield f"https://127.0.0.1:{port}", folder / "certificate.pem"
            finally:
                process.terminate()


def _make_certificate(folder: Path) -> None:
    _output("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"),
            "-out", str(folder / "certificate.pem"))  # fmt: skip


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait till it listens."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
