"""The page and the API on a socket, by waitress. Imports webui only when asked to serve."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.errors import BadParameter
from indexer.index import Index

# Requests answered at once; search is bound by Python's lock, so more of them would only wait inside.
THREADS = 4


def serve(index: Index, host: str, port: int, allow_origins: Sequence[str], announce: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        index: what to search.
        host: address to listen on.
        port: 0 for any that is free.
        allow_origins: origins whose pages may call the API.
        announce: told the address once the socket listens.

    Raises:
        BadParameter: nothing can listen there.
    """
    from waitress.server import create_server

    import webui

    app = webui.create_app(index, allow_origins=tuple(allow_origins), hosts=(host,))
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        raise BadParameter(
            f"无法监听 {host}:{port}：{error.strerror or error}。", "换一个端口，例如 --port 8001。"
        ) from error
    announce(f"http://{_in_url(host)}:{getattr(server, 'effective_port', port)}/")
    try:
        server.run()
    finally:
        server.close()


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
