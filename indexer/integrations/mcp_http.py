"""Connections of the MCP server over HTTP, with bounds: a request's time and size, and how many one client may hold.

uvicorn gives whoever has begun a request all the time there is for the rest of it, and reads bodies of any length.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds for a whole request, counted from the end of the answer before it; bytes of it, headers and all; connections
# of one client. A request of the protocol is a small object.
SECONDS = 30.0
MAX_BYTES = 1_000_000
CONNECTIONS = 60

_WAITED_FOR = (h11.IDLE, h11.SEND_BODY)


class BoundedProtocol(H11Protocol):
    """uvicorn's protocol for HTTP/1.1, which closes connections that take up too much."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._received = 0
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless its client has enough of them."""
        super().connection_made(transport)
        host = self.client and self.client[0]
        clients = [each.client and each.client[0] for each in self.connections if isinstance(each, H11Protocol)]
        if clients.count(host) > CONNECTIONS:
            transport.abort()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        super().connection_lost(exc)
        if self._deadline:
            self._deadline.cancel()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request."""
        self._received += len(data)
        if self._received > MAX_BYTES:
            self.transport.abort()
        else:
            super().data_received(data)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._received = 0
        self._wait()

    def _wait(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(SECONDS, self._end)

    def _end(self) -> None:
        """Close the connection, unless it is the client who waits."""
        if self.conn.their_state in _WAITED_FOR:
            self.transport.abort()
