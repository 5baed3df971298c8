"""What a query costs, counted in calls of functions, not in time: no query looks at passages one after the other."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from types import FrameType

import indexer
from bench.worst import Vocabulary, joined, options, shapes
from indexer.errors import XunzhangError
from indexer.model.choices import MAX_QUERY
from tests.support import make_document, make_index

# Calls that the longest query with the dearest options may take, most of them to read it and to show a page of hits.
MOST_CALLS = 5_000_000
WORDS = ("数据", "安全", "税收", "法律", "人民", "规定", "第一条", "的", "與", "5G")


def calls(index: indexer.Index, asked: dict[str, object]) -> int:
    """Calls of Python functions in one search."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        index.search(**asked)  # type: ignore[arg-type]
    except XunzhangError:
        pass  # a query that is refused cost what it cost
    finally:
        sys.setprofile(None)
    return counted


def test_random_queries_with_all_options_stay_within_their_calls(handbook: indexer.Index) -> None:
    vocabulary, random = Vocabulary(handbook), Random(13)
    ways = options(vocabulary)
    for _ in range(60):
        _, _, asked = joined(shapes(vocabulary, random), ways, random)
        assert calls(handbook, dict(asked)) <= MOST_CALLS, asked


def test_calls_do_not_grow_with_the_passages_that_are_found(tmp_path: Path) -> None:
    def cost(size: int, query: str, script: str) -> int:
        random = Random(1)
        texts = ["".join(random.choices(WORDS, k=12)) for _ in range(size)]
        with make_index("whoosh", tmp_path / f"{size}", [make_document("a", texts)]) as index:
            asked = {"query": query, "script": script, "match": "exact", "limit": 0, "facets": ()}
            calls(index, asked)  # what is derived once
            return calls(index, asked)

    for query in ("的", "與", "数*全", "*全", "的 NEAR/9 法", "数据*法律 -税*", "“数据” OR 税?收"):
        for script in ("any", "exact"):
            few, many = (cost(size, query, script) for size in (100, 2_000))
            assert many < few + 500, (query, script)


def test_a_word_as_long_as_a_query_costs_what_its_length_does(handbook: indexer.Index) -> None:
    """One that the segmenter guesses: in the middle of it there is a word that the handbook has, and one it has not."""
    for word in ("\U00020000" * MAX_QUERY, "半" * MAX_QUERY, "半" * 400 + "索引" + "半" * 400 + "驾船" + "半" * 190):
        assert calls(handbook, {"query": word}) <= MOST_CALLS // 20, word
