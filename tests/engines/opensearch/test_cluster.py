"""What is made of a cluster's answers: none in part, none taken for another, no secret told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from indexer.engines.connection import Connection
from indexer.engines.opensearch import cluster as module
from indexer.engines.opensearch.cluster import Cluster, Refused
from indexer.errors import BadParameter, IndexUnavailable

SECRET = "not-to-be-told"
Said = tuple[int, dict[str, Any]]


class Node:
    """A server on the loopback that answers what it is told to, one after the other."""

    def __init__(self) -> None:
        self.answers: list[Said] = []
        self.asked: list[bytes] = []
        node = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                node.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
                status, said = node.answers.pop(0)
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> Iterator[Node]:
    monkeypatch.setattr(module, "_PAUSE", 0)
    made = Node()
    yield made
    made.close()


@pytest.fixture
def cluster(node: Node) -> Cluster:
    return Cluster(Connection((node.url,), "reader", SECRET))


def found(**said: Any) -> dict[str, Any]:
    return {"status": 200, "timed_out": False, "_shards": {"failed": 0}, "hits": {}} | said


def written(*statuses: int) -> Said:
    return 200, {
        "errors": True,
        "items": [{"index": {"status": status, "error": {"type": "x"}}} for status in statuses],
    }


class TestSearches:
    def test_an_answer_by_some_of_the_shards_is_asked_for_again(self, cluster: Cluster, node: Node) -> None:
        whole = found(hits={"total": 3})
        node.answers = [(200, {"responses": [found(_shards={"failed": 1})]}), (200, {"responses": [whole]})]
        assert cluster.searches("i", [{}]) == [whole]
        header = json.loads(node.asked[0].splitlines()[0])
        assert header["allow_partial_search_results"] is False

    def test_it_is_never_taken_for_the_whole(self, cluster: Cluster, node: Node) -> None:
        node.answers = [(200, {"responses": [found(), found(_shards={"failed": 1})]})] * module._ATTEMPTS
        with pytest.raises(IndexUnavailable):
            cluster.searches("i", [{}, {}])

    def test_a_failure_of_one_of_several_is_one_of_all(self, cluster: Cluster, node: Node) -> None:
        failed = {"status": 400, "error": {"type": "parsing_exception", "reason": "x"}}
        node.answers = [(200, {"responses": [found(), failed]})]
        with pytest.raises(Refused) as caught:
            cluster.searches("i", [{}, {}])
        assert (caught.value.status, caught.value.kind) == (400, "parsing_exception")

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_what_may_pass_is_tried_again(self, cluster: Cluster, node: Node, status: int) -> None:
        node.answers = [(status, {"error": {"type": "x"}}), (200, {"responses": [found()]})]
        assert cluster.searches("i", [{}]) == [found()]

    def test_what_does_not_pass_is_an_error_of_ours(self, cluster: Cluster, node: Node) -> None:
        node.answers = [(500, {"error": {"type": "x"}})] * 100
        with pytest.raises(IndexUnavailable, match="500"):
            cluster.searches("i", [{}])

    def test_a_query_of_too_many_conditions_is_the_askers(self, cluster: Cluster, node: Node) -> None:
        said = {"root_cause": [{"type": "too_many_nested_clauses"}], "type": "search_phase_execution_exception"}
        node.answers = [(200, {"responses": [{"status": 500, "error": said}]})]
        with pytest.raises(BadParameter, match="条件太多"):
            cluster.searches("i", [{}])

    def test_a_point_in_time_that_went_with_its_node_may_be_had_again(self, cluster: Cluster, node: Node) -> None:
        lost = {"status": 404, "error": {"root_cause": [{"type": "search_context_missing_exception"}], "type": "x"}}
        node.answers = [(200, {"responses": [lost]})]
        with pytest.raises(IndexUnavailable):
            cluster.searches("i", [{}], "point")
        header, body = map(json.loads, node.asked[0].splitlines())
        assert "index" not in header
        assert body["pit"]["id"] == "point"

    def test_none_are_none(self, cluster: Cluster, node: Node) -> None:
        assert cluster.searches("i", []) == []
        assert node.asked == []


class TestBulk:
    LINES: ClassVar = [({"_id": "1"}, b'{"a":1}'), ({"_id": "2"}, b'{"a":2}')]

    def test_what_was_too_much_is_sent_again_alone(self, cluster: Cluster, node: Node) -> None:
        node.answers = [written(201, 429), written(201)]
        cluster.bulk("i", self.LINES)
        assert [asked.count(b"index") for asked in node.asked] == [2, 1]
        assert b'"_id": "2"' in node.asked[1]

    def test_one_that_is_refused_is_noticed_among_others(self, cluster: Cluster, node: Node) -> None:
        node.answers = [written(201, 400)]
        with pytest.raises(Refused):
            cluster.bulk("i", self.LINES)

    def test_what_stays_too_much_is_an_error_of_ours(self, cluster: Cluster, node: Node) -> None:
        node.answers = [written(429, 429)] * module._ATTEMPTS
        with pytest.raises(IndexUnavailable):
            cluster.bulk("i", self.LINES)

    def test_an_index_that_is_blocked_says_why(self, cluster: Cluster, node: Node) -> None:
        item = {"index": {"status": 403, "error": {"type": "cluster_block_exception"}}}
        node.answers = [(200, {"errors": True, "items": [item]})]
        with pytest.raises(IndexUnavailable, match="只读"):
            cluster.bulk("i", self.LINES[:1])


@pytest.mark.parametrize(
    ("status", "kind"),
    [(429, "cluster_block_exception"), (403, "cluster_block_exception"), (403, "index_create_block_exception")],
)
def test_a_cluster_whose_disks_are_full_is_not_taken_for_one_that_lets_nobody_in(
    cluster: Cluster, node: Node, status: int, kind: str
) -> None:
    node.answers = [(status, {"error": {"type": kind}})] * 9  # of every node, however often it is asked
    with pytest.raises(IndexUnavailable, match="只读"):
        cluster.send("POST", "/i", {})


@pytest.mark.parametrize("status", [401, 403])
def test_who_may_not_log_in_is_told_so_without_the_secret(cluster: Cluster, node: Node, status: int) -> None:
    node.answers = [(status, {"error": {"type": "security_exception"}})]
    with pytest.raises(IndexUnavailable, match="登录") as caught:
        cluster.searches("i", [{}])
    assert SECRET not in repr(caught.value) + str(caught.value) + repr(cluster.connection)


def test_a_cluster_that_is_away_is_no_empty_one(node: Node) -> None:
    away = Cluster(Connection((node.url,), "reader", SECRET))
    node.close()
    with pytest.raises(IndexUnavailable, match="连不上") as caught:
        away.searches("i", [{}])
    assert SECRET not in str(caught.value)
    node.close = lambda: None  # type: ignore[method-assign]


def test_another_node_answers_for_one_that_is_away(node: Node) -> None:
    gone = Node()
    gone.close()
    node.answers = [(200, {"responses": [found()]})] * 4
    both = Cluster(Connection((gone.url, node.url)))
    assert [both.searches("i", [{}]) for _ in range(4)] == [[found()]] * 4
