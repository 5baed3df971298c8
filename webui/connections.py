"""waitress with bounds for whoever holds connections: each request has a deadline, each client a number of connections.

waitress itself closes only connections without a word; a byte every few seconds keeps one open for ever, and five
hundred of them shut everyone out. Here a whole request, from the end of the answer before it to its own last byte, has
to be there within a time; so has whoever takes an answer to take it; and where connections run short, the one that has
kept us waiting longest goes.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

from webui.http.networks import Network, is_address, is_within, network_of
from webui.loads import Load
from webui.turns import Turns

# Requests answered at once, of which one computes while none takes long (``turns``).
THREADS = 4
# Seconds that a process which is not the freest lets the others accept first: what a thread may keep Python's lock for.
COURTESY = 0.005


@dataclass(frozen=True, slots=True)
class Limits:
    """What clients may take up.

    Attributes:
        connections: at most, altogether. A browser keeps several open.
        of_client: connections at most of one client; of one that a proxy speaks for, requests that wait for answers.
        seconds: for a whole request, counted from the end of the answer before it, and for an answer to be taken.
        bytes_a_second: for which more time is given to take an answer.
        ahead: requests that a client may send before it has the answer to the first.
        body: bytes of a request's body; the largest that is ever wanted is a token. waitress would keep a gigabyte.
    """

    connections: int = 500
    of_client: int = 60
    seconds: float = 30.0
    bytes_a_second: int = 10_000
    ahead: int = 8
    body: int = 64 << 10


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Serves an application on a bound socket.

    Args:
        application: what answers.
        listening: bound; the server closes it.
        limits: what clients may take up.
        trusted_proxies: networks of proxies; ``X-Forwarded-`` headers of anybody else are dropped, and those that these
            speak for are told apart by the last ``X-Forwarded-For``.
        load: where others accept at the same socket: what tells who of them has the fewest requests.
    """

    def __init__(
        self,
        application: WSGIApplication,
        listening: socket.socket,
        limits: Limits | None = None,
        trusted_proxies: Sequence[Network] = (),
        load: Load | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.trusted_proxies = trusted_proxies
        self.load = load
        super().__init__(
            _without_others_headers(application, trusted_proxies),
            {},
            dispatcher=Turns(THREADS),
            _sock=listening,
            adj=Adjustments(
                max_request_body_size=self.limits.body,
                connection_limit=self.limits.connections + 10,  # never reached: the map of sockets has a few of its own
                cleanup_interval=min(1.0, self.limits.seconds / 4),
                asyncore_loop_timeout=min(1.0, self.limits.seconds / 4),
                asyncore_use_poll=True,  # select() counts files up to 1,024 only
                ident=None,
                clear_untrusted_proxy_headers=False,  # it knows one proxy at most
            ),
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
        )

    channel_class: type[HTTPChannel]

    def handle_accept(self) -> None:
        """Accept a connection, unless a freer process does; if that is one too many, close the one that has kept us
        waiting longest.
        """
        if self.load and not self.load.is_least():
            time.sleep(COURTESY)
        super().handle_accept()
        if not self.active_channels:
            return
        newest = next(reversed(self.active_channels.values()))
        if not newest.is_of_proxy:
            self._make_room([each for each in self._channels() if each.client == newest.client], self.limits.of_client)
        self._make_room(list(self._channels()), self.limits.connections)

    def add_task(self, task: _Channel) -> None:
        """Let a request be answered."""
        if self.load:
            self.load.add(1)
        super().add_task(task)

    def maintenance(self, now: float) -> None:
        """Close the connections whose time is over. Not by ``will_close``: that waits until the client reads."""
        for channel in list(self._channels()):
            if channel.is_overdue(now):
                channel.handle_close()

    def requests_of(self, client: str) -> int:
        """Count the requests of a client that wait for answers."""
        return sum(len(channel.requests) for channel in self._channels() if channel.client == client)

    def _channels(self) -> Iterator[_Channel]:
        return iter(self.active_channels.values())

    def _make_room(self, crowd: Sequence[_Channel], most: int) -> None:
        if len(crowd) > most:
            waiting = (each for each in crowd if not each.requests)
            longest = min(waiting, key=lambda each: each.since, default=crowd[-1])
            longest.handle_close()


class _TooManyRequests(Error):  # type: ignore[misc]
    code = 429
    reason = "Too Many Requests"


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """The parser of waitress, but a target typed as plain UTF-8 (``curl …?q=词``) is percent-encoded, not refused."""

    def __init__(self, channel: _Channel, adjustments: Adjustments) -> None:
        super().__init__(adjustments)
        self._channel = channel

    def parse_header(self, header_plus: bytes) -> None:
        """Parse a header after its first line is made ASCII, and refuse it if its client has too many already."""
        first_line, end, rest = header_plus.partition(b"\r\n")
        encoded = re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], first_line)
        super().parse_header(encoded + end + rest)
        if not self._channel.may_ask(self.headers.get("X_FORWARDED_FOR", "")):
            self.error = _TooManyRequests("too many requests of one client")
            self.completed = True


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows whom it is from, and since when its client keeps us waiting.

    Attributes:
        client: the network it is from; through a proxy, that of whom the proxy speaks for, empty until it says so.
        since: time of the accept, the last answer's beginning or end, or of its last byte's departure.
    """

    def __init__(self, server: Server, sock: socket.socket, address: Any, adjustments: Adjustments, map: Any) -> None:  # noqa: A002
        self.since = time.time()
        self.is_of_proxy = is_within(address[0], server.trusted_proxies)
        self.client = "" if self.is_of_proxy else network_of(address[0])
        self._most_unsent = 0
        self._is_sending = False
        super().__init__(server, sock, address, adjustments, map)
        self.parser_class = partial(_Parser, self)

    def may_ask(self, forwarded_for: str) -> bool:
        """Say whether a request may come in; through a proxy, its client's name is noted."""
        if not self.is_of_proxy:
            return True
        last = forwarded_for.rpartition(",")[2].strip()
        self.client = network_of(last if is_address(last) else self.addr[0])
        return bool(self.server.requests_of(self.client) < self.server.limits.of_client)

    def received(self, data: bytes) -> bool:
        """Take what has come; answers of ever more requests that nobody takes would fill the memory."""
        taken = super().received(data)
        if len(self.requests) > self.server.limits.ahead:
            self.will_close = True
        return bool(taken)

    def service(self) -> None:
        """Answer a request."""
        self.since, self._most_unsent = time.time(), 0
        try:
            super().service()
        finally:
            self.since = time.time()
            if self.server.load:
                self.server.load.add(-1)

    def writable(self) -> bool:
        """Say whether ``handle_write`` has something to do. What a thread is at it sends by itself: waitress would hear
        again and again that the socket is free, some ninety times an answer, and do nothing.
        """
        if self._is_sending:
            return False
        least = self.adj.send_bytes if self.requests else 1
        return bool(self.total_outbufs_len >= least or self.will_close or self.close_when_flushed)

    def _flush_some(self, do_close: bool = True) -> bool:
        self._is_sending = True
        try:
            return bool(super()._flush_some(do_close))
        finally:
            self._is_sending = False

    def handle_write(self) -> None:
        """Send some; whoever has taken all of an answer has all the time for the next request."""
        super().handle_write()
        if not self.total_outbufs_len:
            self.since, self._most_unsent = time.time(), 0

    def is_overdue(self, now: float) -> bool:
        """Say whether the client has kept us waiting for too long, for its request or to take our answer."""
        limits, unsent = self.server.limits, self.total_outbufs_len
        if not unsent:
            return not self.requests and now - self.since > limits.seconds
        self._most_unsent = max(self._most_unsent, unsent)
        allowed = limits.seconds + self._most_unsent / limits.bytes_a_second
        return bool(now - self.last_activity > limits.seconds or now - self.since > allowed)


Server.channel_class = _Channel


def _without_others_headers(application: WSGIApplication, trusted_proxies: Sequence[Network]) -> WSGIApplication:
    """Drop what anybody but a trusted proxy says of where a request came from."""

    def filtered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not is_within(environ["REMOTE_ADDR"], trusted_proxies):
            for name in [name for name in environ if name.startswith("HTTP_X_FORWARDED_")]:
                del environ[name]
        return application(environ, start_response)

    return filtered
