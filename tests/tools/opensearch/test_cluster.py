"""Nodes are started, waited for and ended as processes; here each is a small server that speaks as OpenSearch does."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.opensearch import __main__ as command
from tools.opensearch.cluster import Cluster, ask, load
from tools.opensearch.problems import CannotStart
from tools.opensearch.program import Program

# Answers as a node of as many as it was told of; as a cluster of that name, green from its second answer on.
SERVER = """
import json, sys
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
told = dict(each.split("=", 1) for each in sys.argv[2:])
seeds = told.get("discovery.seed_hosts", "one").split(",")
asked = []
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        status = "green" if len(asked) > 1 else "red"
        body = {"cluster_name": told["cluster.name"], "number_of_nodes": len(seeds), "status": status}
        self.send_response(200); self.end_headers(); self.wfile.write(json.dumps(body).encode())
    def log_message(self, *_): pass
print("started", flush=True)
TCPServer.allow_reuse_address = True
TCPServer(("127.0.0.1", int(told["http.port"])), Handler).serve_forever()
"""
BROKEN = "import sys; print('Caused by: java.lang.IllegalArgumentException: no such setting'); sys.exit(1)"


class Stub(Program):
    """A program that is a script of Python."""

    def command(self, scratch: Path) -> list[str]:
        """See the program."""
        return [str(self.java), str(self.folder)]


def stub(folder: Path, script: str) -> Program:
    (folder / "node.py").write_text(script, "utf-8")
    return Stub(Path(sys.executable), folder / "node.py")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path, stub(tmp_path, SERVER))
    yield made
    made.stop()


@pytest.mark.parametrize("count", [1, 3])
def test_all_nodes_are_waited_for_and_ended(cluster: Cluster, count: int) -> None:
    cluster.start(count)
    assert len(set(cluster.urls)) == count == len(cluster.nodes)
    assert all(node.is_running for node in cluster.nodes)
    assert {ask(url, "/")["cluster_name"] for url in cluster.urls} == {cluster.name}
    cluster.stop()
    assert not any(node.is_running or node.pid for node in cluster.nodes)
    assert [ask(node.url, "/") for node in cluster.nodes] == [{}] * count


def test_another_process_finds_it(cluster: Cluster, tmp_path: Path) -> None:
    assert load(tmp_path) is None
    cluster.start(1)
    found = load(tmp_path)
    assert found and found.urls == cluster.urls and found.nodes[0].is_running
    command.stop(tmp_path)
    assert not cluster.nodes[0].is_running
    (tmp_path / "cluster.json").write_text("{", "utf-8")
    assert load(tmp_path) is None


def test_a_killed_node_starts_again_where_it_was(cluster: Cluster) -> None:
    cluster.start(2)
    victim, other = cluster.nodes
    before = (victim.url, victim.folder)
    victim.kill()
    assert not victim.is_running and other.is_running
    cluster.start_node(victim)
    cluster.wait()
    assert victim.is_running and (victim.url, victim.folder) == before


def test_a_paused_node_can_be_ended(cluster: Cluster) -> None:
    cluster.start(1)
    node = cluster.nodes[0]
    node.send(signal.SIGSTOP)
    cluster.stop()
    assert not node.is_running


def test_a_node_that_ends_by_itself_tells_its_last_words(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, stub(tmp_path, BROKEN))
    with pytest.raises(CannotStart, match=r"自己结束了.*no such setting"):
        cluster.start(1)
    assert not any(node.is_running for node in cluster.nodes)


def test_nodes_share_no_port(cluster: Cluster) -> None:
    cluster.start(3)
    assert len({port for node in cluster.nodes for port in (node.http_port, node.transport_port)}) == 6


def test_one_that_is_never_ready_is_not_waited_for_without_end(cluster: Cluster) -> None:
    cluster.start(1)
    with pytest.raises(CannotStart, match="等了 0 秒"):
        cluster.wait_until(lambda: False, patience=0.0)


def test_a_process_that_has_the_number_now_is_left_alone(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start(1)
    state = json.loads((tmp_path / "cluster.json").read_text("utf-8"))
    state["nodes"][0]["pid"] = 1
    (tmp_path / "cluster.json").write_text(json.dumps(state), "utf-8")
    found = load(tmp_path)
    assert found and not found.nodes[0].is_running
    found.stop()  # would end process 1 otherwise, or be refused
    assert cluster.nodes[0].is_running


def test_what_is_lacking_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking(*_: object) -> Program:
        raise CannotStart("没有装 Maven。")

    monkeypatch.setattr(command, "prepare", lacking)
    monkeypatch.setattr(sys, "argv", ["opensearch", "start", "--folder", str(tmp_path / "cache")])
    assert command.main() == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "没有装 Maven。\n")


def test_the_addresses_are_all_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "prepare", lambda *_: stub(tmp_path, SERVER))
    monkeypatch.setattr(sys, "argv", ["opensearch", "start", "--nodes", "2", "--folder", str(tmp_path)])
    try:
        assert command.main() == 0
        first = capsys.readouterr().out
        assert first == ",".join(load(tmp_path).urls) + "\n"  # type: ignore[union-attr]
        assert command.main() == 0  # it is there already
        assert capsys.readouterr().out == first
    finally:
        monkeypatch.setattr(sys, "argv", ["opensearch", "stop", "--folder", str(tmp_path)])
        assert command.main() == 0
