"""Putting queries to an index of ours, and how long that takes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import indexer

if TYPE_CHECKING:
    from bench.peers import Query

_WARM = 2
_AT_LEAST = 8
_Asked = TypeVar("_Asked")


def timed(action: Callable[[], object]) -> float:
    """Seconds an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def in_our_terms(query: Query) -> dict[str, Any]:
    """What ``Index.search`` is given."""
    section = [indexer.section_value((query.chapter,))] if query.chapter else []
    return {"query": query.text, "section": section, "scope": query.scope}


def ask_ours(index: indexer.Index, query: Query, **options: Any) -> object:
    """The ten best, with text."""
    return index.search(**in_our_terms(query), **options)


def milliseconds(
    ask: Callable[[Query], object], queries: Sequence[Query], seconds: float = math.inf
) -> list[float] | None:
    """Each query's time with its terms warm; None where it cannot be asked.

    Args:
        ask: what is timed.
        queries: all of them; fewer are asked once ``seconds`` are over.
        seconds: what all may take.
    """
    if ask(queries[0]) is None:
        return None
    end = time.perf_counter() + seconds
    times = []
    for number, query in enumerate(queries):
        if number >= _AT_LEAST and time.perf_counter() > end:
            break
        ask(query)
        times.append(min(timed(partial(ask, query)) for _ in range(_WARM)) * 1e3)
    return times


def once_each(ask: Callable[[_Asked], object], queries: Sequence[_Asked]) -> dict[str, float]:
    """Milliseconds of queries that are each asked once."""
    times = sorted(timed(partial(ask, query)) * 1e3 for query in queries)
    shares = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    at = {name: times[int(share * len(times))] for name, share in shares.items()}
    return {"n": len(times), **at, "worst": times[-1]}


def spread(row: dict[str, float]) -> str:
    """What ``once_each`` tells, as a line."""
    return "  ".join(f"{name} {row[name]:.1f}" for name in ("median", "p95", "p99", "worst")) + " ms"
