"""One cluster as seen by an engine: requests that are answered whole or raise errors of ours.

A search is never answered by some of its shards only, each item of a bulk request is looked at, and what one node
cannot do is tried on another, then once more after a while. No message holds who logs in, or with what.
"""

from __future__ import annotations

import json
import logging
import re
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opensearchpy import JSONSerializer, OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import ImproperlyConfigured, OpenSearchException, TransportError

from indexer.engines.connection import PASSWORD, URL, USER, Connection
from indexer.errors import BadParameter, IndexUnavailable

Json = dict[str, Any]

# The library says what it asks; where nobody listens, nothing is to be printed.
logging.getLogger("opensearch").addHandler(logging.NullHandler())

# Statuses that another node, or the same one later, may not answer with.
_PASSING = (429, 500, 502, 503, 504)
# How often a request is put again, and the seconds before the first time, which double.
_ATTEMPTS = 5
_PAUSE = 0.2
# How long a point in time is kept that nobody asks any more.
KEEP_ALIVE = "2m"
# Seconds that what is done to a whole index may take.
PATIENCE_S = 3_600

# Half a character, which a text may hold and the cluster does not take, and what it is sent as.
_HALF = re.compile("[\ud800-\udfff]")
_SENT = re.compile("[\U0010f000-\U0010f7ff]")
_SHIFT = 0x10F000 - 0xD800


def encode(value: object) -> bytes:
    """JSON as it is sent."""
    text = json.dumps(value, ensure_ascii=False)
    return _HALF.sub(lambda half: chr(ord(half[0]) + _SHIFT), text).encode()


class _Serializer(JSONSerializer):
    """Reads what ``encode`` wrote."""

    def loads(self, s: str) -> Any:
        """See the library."""
        return json.loads(_SENT.sub(lambda sent: chr(ord(sent[0]) - _SHIFT), s))


class Refused(Exception):
    """What the cluster answered where a caller may know what to make of it: a status, and the type of the error."""

    def __init__(self, status: int, kind: str, cause: str = "") -> None:
        super().__init__(f"{status} {kind} {cause}".strip())
        self.status = status
        self.kind = kind


class Cluster:
    """Sends requests to the nodes of a cluster, in turn."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        try:
            self._transport = OpenSearch(
                list(connection.urls),
                http_auth=(connection.user, connection.password or "") if connection.user else None,
                ca_certs=str(connection.ca) if connection.ca else None,
                timeout=connection.timeout_s,
                max_retries=max(2, len(connection.urls)),
                retry_on_status=_PASSING,
                retry_on_timeout=True,
                serializer=_Serializer(),
            ).transport
        except (ImproperlyConfigured, OSError, ValueError) as error:
            raise BadParameter(
                f"OpenSearch 的地址或证书用不了：{_bare(error)}。", f"请检查 {URL} 和证书文件。"
            ) from None

    def send(self, method: str, path: str, body: Any = None, **parameters: Any) -> Any:
        """The answer to a request.

        Raises:
            Refused: the cluster says that the request cannot be carried out as the index is.
            IndexUnavailable: the cluster cannot be reached, does not let us in, or fails.
        """
        sent = body if body is None or isinstance(body, bytes) else encode(body)
        for attempt in range(_ATTEMPTS):
            try:
                return self._transport.perform_request(method, path, params=parameters, body=sent)
            except TransportError as error:
                if not _passes(error.status_code, str(error.error)) or attempt + 1 == _ATTEMPTS:
                    raise self._named(error) from None
            except OpenSearchException as error:
                raise IndexUnavailable(f"OpenSearch 的回答读不懂：{_bare(error)}。", "请看服务器的日志。") from None
            time.sleep(_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    def searches(self, index: str, bodies: Sequence[Json], point: str | None = None) -> list[Json]:
        """Searches sent together, each of all shards, as they are now or were at a point in time.

        Raises:
            Refused, IndexUnavailable: one of them was not answered.
        """
        if not bodies:
            return []
        if point is not None:
            bodies = [body | {"pit": {"id": point, "keep_alive": KEEP_ALIVE}} for body in bodies]
        sent = _lines(line for body in bodies for line in (_header(index, body), body))
        for attempt in range(_ATTEMPTS):
            answers: list[Json] = self.send("POST", "/_msearch", sent)["responses"]
            failed = next((each for each in answers if each.get("status", 200) != 200 or _is_partial(each)), None)
            if failed is None:
                return answers
            passes = failed.get("status") in (*_PASSING, 200) and not _has_too_many_clauses(failed)
            if not passes or attempt + 1 == _ATTEMPTS:
                raise _item_error(failed)
            time.sleep(_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    def bulk(self, index: str, lines: Sequence[tuple[Json, bytes]]) -> None:
        """Write documents, each with what says where it goes; all of them, or it raises."""
        waiting = list(lines)
        for attempt in range(_ATTEMPTS):
            sent = b"".join(encode({"index": action}) + b"\n" + line + b"\n" for action, line in waiting)
            items = self.send("POST", f"/{index}/_bulk", sent)["items"]
            results = [item["index"] for item in items]
            passing = [_passes(result["status"], _kind(result)) for result in results]
            waiting = [line for line, passes in zip(waiting, passing, strict=True) if passes]
            refused = (each for each, passes in zip(results, passing, strict=True) if not passes)
            fatal = next((each for each in refused if each["status"] >= 300), None)
            if fatal is not None:
                raise _item_error(fatal)
            if not waiting:
                return
            time.sleep(_PAUSE * 2**attempt)
        raise IndexUnavailable("OpenSearch 一时写不下这么多。", "请等它空闲些再试。")

    def delete_where(self, index: str, query: Json) -> None:
        """Delete the documents that a query finds, of those that a refresh has made visible."""
        answer = self.send(
            "POST",
            f"/{index}/_delete_by_query",
            {"query": query},
            conflicts="proceed",
            refresh="true",
            timeout=PATIENCE_S,
        )
        if answer.get("failures"):
            raise _item_error({"error": answer["failures"][0].get("cause", {})})

    def close(self) -> None:
        """Close what connects to the nodes."""
        self._transport.close()

    def _named(self, error: TransportError) -> Exception:
        status = error.status_code
        where = "、".join(self.connection.urls)
        if isinstance(error, NoConnection):
            return IndexUnavailable(f"连不上 OpenSearch（{where}）。", "请检查地址、证书，和那里是不是开着。")
        if _is_read_only(status, str(error.error)):
            return _read_only()
        if status in (401, 403):
            return IndexUnavailable(f"OpenSearch（{where}）不让登录。", f"请检查 {USER} 和 {PASSWORD}。")
        if status in _PASSING:
            return IndexUnavailable(f"OpenSearch 现在答不了（状态 {status}）。", "请稍后再试，或看服务器的日志。")
        return Refused(int(status) if isinstance(status, int) else 0, str(error.error), _cause(error.info))


def _header(index: str, body: Json) -> Json:
    """How a search is to be answered: by all shards, and of copies of a shard by the one that answered that query
    before, as copies may rank a little differently.
    """
    whole = {"allow_partial_search_results": False}
    if "pit" in body:
        return whole
    return whole | {"index": index, "preference": f"q{zlib.crc32(encode(body.get('query'))):08x}"}


def _lines(objects: Iterable[Json]) -> bytes:
    return b"".join(encode(each) + b"\n" for each in objects)


def _is_partial(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("timed_out") or answer.get("_shards", {}).get("failed"))


def _passes(status: Any, kind: str) -> bool:
    """Whether a refusal may be another one's, or be over in a while."""
    return status in _PASSING and not _is_read_only(status, kind)


def _is_read_only(status: Any, kind: str) -> bool:
    """Whether indices are closed to writers: by whoever runs the cluster, or by itself (429) as its disks fill up, when
    new ones may be refused too (403).
    """
    return status in (403, 429) and "block_exception" in kind


def _read_only() -> IndexUnavailable:
    return IndexUnavailable("OpenSearch 的索引现在只读，多半是磁盘快满了。", "请腾出磁盘空间，集群随后会自己解除只读。")


def _kind(item: Mapping[str, Any]) -> str:
    """The type of the error of one item of several."""
    said = item.get("error")
    return str(said.get("type", "")) if isinstance(said, dict) else ""


def _cause(info: Any) -> str:
    """The reason that the cluster gives, of which a query may be part: for logs of whoever debugs, never for users."""
    error = info.get("error") if isinstance(info, dict) else None
    causes = error.get("root_cause") if isinstance(error, dict) else None
    return str(causes[0].get("reason", ""))[:300] if causes else ""


def _has_too_many_clauses(item: Mapping[str, Any]) -> bool:
    return "too_many_nested_clauses" in json.dumps(item.get("error") or {})


def _has_lost_its_point(item: Mapping[str, Any]) -> bool:
    """Whether the node is gone that kept a point in time."""
    return "search_context_missing" in json.dumps(item.get("error") or {})


def _item_error(item: Mapping[str, Any]) -> Exception:
    """The error of ours for one item of several that were not all done."""
    status, said = item.get("status", 503), item.get("error") or {}
    if _has_too_many_clauses(item):
        raised = "请写短一些；管理集群的人也可以把 indices.query.bool.max_clause_count 调高。"
        return BadParameter("这个查询拆成的条件太多，OpenSearch 一次答不了。", raised)
    kind = _kind(item)
    if _is_read_only(status, kind):
        return _read_only()
    if status in (*_PASSING, 200) or _has_lost_its_point(item):
        return IndexUnavailable(f"OpenSearch 有分片答不了（{kind or status}）。", "请等集群恢复（状态变绿）再试。")
    return Refused(int(status), kind, str(said.get("reason", ""))[:300] if isinstance(said, dict) else "")


def _bare(error: Exception) -> str:
    """An error's class alone: its words may hold an address with who logs in."""
    return type(error).__name__
