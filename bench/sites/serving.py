"""A static host that compresses what hosts compress, and counts what it sends."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_COMPRESSED = (".html", ".js", ".json", ".css", ".svg", ".xml", ".mjs")


class Host:
    """A site that is served.

    Attributes:
        address: of its root, with a slash at its end.
        sent: path below the root and bytes of each answer.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self.folder, self.base = folder, base
        self.address = ""
        self.sent: list[tuple[str, int]] = []

    def bytes_of(self, pattern: str) -> int:
        """Bytes sent of the files whose path matches somewhere."""
        return sum(size for path, size in self.sent if re.search(pattern, path))


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, host: Host, *args: object) -> None:
        self._host = host
        super().__init__(*args, directory=str(host.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._host.folder / path.removeprefix(self._host.base)
        file = file / "index.html" if file.is_dir() else file
        if not path.startswith(self._host.base) or not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        packed = file.suffix in _COMPRESSED
        content = gzip.compress(content, 6) if packed else content
        self._host.sent.append((path.removeprefix(self._host.base), len(content)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with suppress(ConnectionError):  # the page has been left
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path, base: str) -> Iterator[Host]:
    """Serve a folder under a path on a free port."""
    host = Host(folder, base)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, host))
    host.address = f"http://127.0.0.1:{server.server_port}{base}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
