"""Whoever holds connections is held to bounds, and keeps nobody else out."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse, IncompleteRead
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from webui import connections
from webui.connections import THREADS, Limits, Server
from webui.http.networks import LOOPBACK, Network
from webui.loads import Load, loads_of

T = TypeVar("T")
# Bytes that no socket's buffers hold.
LARGE = 30_000_000
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Application:
    """Says how the request came, says much, or waits to be let go."""

    def __init__(self) -> None:
        self.go, self.waiting = threading.Event(), threading.Semaphore(0)
        self.between: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        environ["wsgi.input"].read()
        if environ["PATH_INFO"] == "/wait":
            self.waiting.release()
            self.go.wait(20)
        if environ["PATH_INFO"] == "/bits":
            return self.bits()
        if environ["PATH_INFO"] == "/large":
            return (b"x" * 1_000_000 for _ in range(LARGE // 1_000_000))
        return [environ.get("HTTP_X_FORWARDED_FOR", "direct").encode()]

    def bits(self) -> Iterator[bytes]:
        yield b"one, "
        self.between()
        yield b"two"


@contextmanager
def running(
    limits: Limits, trusted: tuple[Network, ...] = (), load: Load | None = None
) -> Iterator[tuple[Application, Server]]:
    application = Application()
    server = Server(application, socket.create_server(("127.0.0.1", 0)), limits, trusted, load)
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            server.asyncore.loop(0.05, server.adj.asyncore_use_poll, server._map, count=1)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield application, server
    finally:
        application.go.set()
        ended.set()
        thread.join()
        server.task_dispatcher.shutdown()
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()


class Client:
    """A connection from an address of the loopback."""

    def __init__(self, held: ExitStack, server: Server, address: str = "127.0.0.1") -> None:
        at = ("127.0.0.1", int(server.effective_port))
        self.socket = held.enter_context(socket.create_connection(at, timeout=60, source_address=(address, 0)))

    def send(self, data: bytes) -> Client:
        self.socket.sendall(data)
        return self

    def status(self) -> str:
        """The status of the next answer; empty where the connection is closed instead."""
        return self.answer()[0]

    def answer(self) -> tuple[str, str]:
        response = HTTPResponse(self.socket)
        try:
            response.begin()
            return str(response.status), response.read().decode()
        except (ConnectionError, IncompleteRead):
            return "", ""

    def drip(self, data: bytes, interval: float) -> None:
        """Send something again and again until the connection is closed."""
        while True:
            try:
                self.socket.sendall(data)
            except OSError:
                return
            time.sleep(interval)


def ask(server: Server, address: str = "127.0.0.1", request: bytes = GET) -> str:
    with ExitStack() as held:
        return Client(held, server, address).send(request).status()


def until(state: Callable[[], T]) -> T:
    """Wait for what a server comes to."""
    pause = threading.Event()
    while not (reached := state()):
        pause.wait(0.001)
    return reached


@pytest.fixture
def held() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.mark.parametrize(("first", "then"), [
    (b"", b""),  # no word
    (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"x"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n", b"x"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    (b"", b"\r\n"),  # blank lines before a request
    (GET, b"G"),
], ids=["silent", "header", "body", "chunks", "blank lines", "after an answer"])  # fmt: skip
def test_a_request_has_a_deadline_however_busily_it_is_sent(held: ExitStack, first: bytes, then: bytes) -> None:
    with running(Limits(seconds=0.4)) as (_, server):
        client = Client(held, server).send(first)
        if first == GET:
            assert client.status() == "200"
        dripping = threading.Thread(target=client.drip, args=(then or b"", 0.05)) if then else None
        if dripping:
            dripping.start()
        assert client.status() == ""
        if dripping:
            dripping.join()
        assert ask(server) == "200"


@pytest.mark.parametrize(("size", "status"), [(999, "200"), (1_000, "413"), (10**9, "413")])
def test_a_body_is_refused_before_it_is_sent(held: ExitStack, size: int, status: str) -> None:
    with running(Limits(body=1_000)) as (_, server):
        client = Client(held, server).send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size)
        if status == "200":
            client.send(b"x" * size)
        assert client.status() == status
        assert ask(server) == "200"


def test_a_body_in_chunks_is_refused_once_it_is_too_long(held: ExitStack) -> None:
    with running(Limits(body=1_000)) as (_, server):
        client = Client(held, server).send(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        client.send(b"3e8\r\n" + b"x" * 1_000 + b"\r\n" + b"64\r\n" + b"x" * 100 + b"\r\n0\r\n\r\n")
        assert client.status() == "413"


def test_a_connection_that_is_used_stays_open_beyond_the_deadline(held: ExitStack) -> None:
    with running(Limits(seconds=1.0)) as (_, server):
        client = Client(held, server)
        for _ in range(12):
            assert client.send(GET).status() == "200"
            time.sleep(0.15)


def test_an_answer_that_is_being_made_has_no_deadline(held: ExitStack) -> None:
    with running(Limits(seconds=0.3)) as (application, server):
        client = Client(held, server).send(GET.replace(b"/ ", b"/wait "))
        time.sleep(1.0)
        application.go.set()
        assert client.status() == "200"


def test_an_answer_that_nobody_takes_holds_no_thread(held: ExitStack) -> None:
    with running(Limits(seconds=0.4, bytes_a_second=10**9)) as (_, server):
        for _ in range(2 * THREADS):
            Client(held, server).send(GET.replace(b"/ ", b"/large "))
        assert ask(server) == "200"


def test_an_answer_that_is_taken_byte_by_byte_holds_no_thread(held: ExitStack) -> None:
    with running(Limits(seconds=0.4, bytes_a_second=10**9)) as (_, server):
        slow = [Client(held, server).send(GET.replace(b"/ ", b"/large ")) for _ in range(THREADS)]
        ended = threading.Event()

        def sip() -> None:
            while not ended.wait(0.02):
                for client in slow:
                    client.socket.recv(50_000)

        sipping = threading.Thread(target=sip)
        sipping.start()
        try:
            assert ask(server) == "200"
        finally:  # else it goes on with sockets that are closed, and its fault is told of another test
            ended.set()
            sipping.join()


def test_an_answer_that_is_taken_slowly_but_steadily_arrives_whole(held: ExitStack) -> None:
    with running(Limits(seconds=0.4, bytes_a_second=1_000_000)) as (_, server):
        client = Client(held, server).send(b"GET /large HTTP/1.0\r\nHost: x\r\n\r\n")
        size = 0
        while data := client.socket.recv(1_000_000):
            size += len(data)
            time.sleep(0.02)
        assert size > LARGE


def test_what_a_thread_goes_on_with_is_not_looked_at_again_and_again(held: ExitStack) -> None:
    with running(Limits()) as (application, server):
        to_be_sent: list[bool] = []
        application.between = lambda: to_be_sent.extend(each.writable() for each in server.active_channels.values())
        client = Client(held, server).send(GET.replace(b"/ ", b"/bits "))
        assert client.answer() == ("200", "one, two")  # at the end it is sent
        assert to_be_sent == [False]


def test_what_a_thread_is_sending_is_sent_by_no_other(held: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    send, to_be_sent = Server.channel_class.send, []

    def watched(channel: Any, *args: Any, **options: Any) -> int:
        to_be_sent.append(channel.writable())
        return int(send(channel, *args, **options))

    monkeypatch.setattr(Server.channel_class, "send", watched)
    with running(Limits()) as (_, server):
        client = Client(held, server).send(b"GET /large HTTP/1.0\r\nHost: x\r\n\r\n")
        (channel,) = until(
            lambda: [each for each in server.active_channels.values() if each.total_outbufs_len > LARGE / 3]
        )
        until(channel.writable)  # what nobody takes is left to be sent
        while client.socket.recv(1_000_000):
            pass
    assert to_be_sent and not any(to_be_sent)


def test_who_has_more_to_answer_lets_others_accept_first(held: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(connections, "time", SimpleNamespace(time=time.time, sleep=pauses.append))
    own, other = loads_of(2)
    other.add(1)
    with running(Limits(), load=own) as (application, server):
        first = Client(held, server).send(GET.replace(b"/ ", b"/wait "))
        application.waiting.acquire(timeout=60)
        assert ask(server, request=GET) == "200"  # both are at one
        assert pauses == []
        other.add(-1)
        assert ask(server, request=GET) == "200"  # the other did not accept it either
        assert pauses == [connections.COURTESY]
        application.go.set()
        assert first.status() == "200"
        until(own.is_least)  # what is answered is no longer counted


def test_many_requests_ahead_are_too_many(held: ExitStack) -> None:
    with running(Limits(ahead=8)) as (application, server):
        few, many = Client(held, server), Client(held, server)
        assert few.send(GET * 3).status() == "200"
        many.send(GET.replace(b"/ ", b"/wait ") * 100)
        assert many.status() == ""
        application.go.set()
        assert ask(server) == "200"


def test_five_hundred_slow_senders_keep_nobody_out(held: ExitStack) -> None:
    with running(Limits()) as (_, server):
        for _ in range(500):
            Client(held, server).send(b"GET / HTTP/1.1\r\nX: x")
        assert ask(server, "127.0.0.2") == "200"
        assert ask(server) == "200"  # not even who has the same address
        crowd = [channel for channel in server.active_channels.values() if channel.addr[0] == "127.0.0.1"]
        assert len(crowd) <= Limits().of_client


def test_many_clients_together_keep_nobody_out(held: ExitStack) -> None:
    limits = Limits(connections=100, of_client=20)
    with running(limits) as (_, server):
        for number in range(300):
            Client(held, server, f"127.0.1.{number % 100 + 1}").send(b"GET / HTTP/1.1\r\nX: x")
        assert ask(server, "127.0.0.2") == "200"
        assert len(server.active_channels) <= limits.connections


def test_who_waits_longest_goes_and_who_waits_for_an_answer_stays(held: ExitStack) -> None:
    with running(Limits(of_client=3)) as (application, server):
        busy = Client(held, server).send(GET.replace(b"/ ", b"/wait "))
        application.waiting.acquire(timeout=60)
        first, second = (Client(held, server).send(b"GET / HTTP/1.1\r\n") for _ in range(2))
        third = Client(held, server).send(GET)
        assert first.status() == ""
        assert third.status() == "200"
        assert second.send(b"Host: x\r\n\r\n").status() == "200"
        application.go.set()
        assert busy.status() == "200"


def from_client(address: str, path: str = "/wait") -> bytes:
    return GET.replace(b"/ ", f"{path} ".encode()).replace(b"Host", f"X-Forwarded-For: {address}\r\nHost".encode())


def test_behind_a_proxy_the_clients_are_those_it_names(held: ExitStack) -> None:
    with running(Limits(of_client=2), LOOPBACK) as (application, server):
        waiting = [Client(held, server).send(from_client("192.0.2.9, 198.51.100.1")) for _ in range(2)]
        for _ in waiting:
            application.waiting.acquire(timeout=60)
        # Whatever the client itself wrote before, and in however many headers.
        for forged in ("192.0.2.1, 198.51.100.1", "x,198.51.100.1", "192.0.2.1\r\nX-Forwarded-For: 198.51.100.1"):
            assert ask(server, request=from_client(forged, "/")) == "429"
        assert ask(server, request=from_client("198.51.100.2", "/")) == "200"
        application.go.set()
        assert {client.status() for client in waiting} == {"200"}
        assert ask(server, request=from_client("198.51.100.1", "/")) == "200"


def test_who_is_no_proxy_names_nobody(held: ExitStack) -> None:
    with running(Limits(), LOOPBACK[:0]) as (_, server):
        client = Client(held, server).send(from_client("198.51.100.1", "/"))
        assert client.answer() == ("200", "direct")
    with running(Limits(), LOOPBACK) as (_, server):
        client = Client(held, server).send(from_client("198.51.100.1", "/"))
        assert client.answer() == ("200", "198.51.100.1")
