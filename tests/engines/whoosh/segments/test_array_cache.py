"""What an open index keeps for later queries stays within one budget, shared by its segments and its snapshot."""

from __future__ import annotations

import gc
import mmap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.segments.array_cache import ArrayCache, CacheBudget
from indexer.errors import BadParameter
from tests.support import write


@given(
    st.integers(0, 20_000),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 1_000)), max_size=60),
)
def test_the_budget_holds_over_all_caches(limit: int, asked: list[tuple[int, int, int]]) -> None:
    budget = CacheBudget(limit)
    caches = [ArrayCache(budget) for _ in range(3)]
    for owner, key, size in asked:
        (array,) = caches[owner].get(key, lambda size=size: (np.zeros(size),))  # type: ignore[misc]
        assert array.dtype == np.float64
        assert budget.bytes <= limit


def test_the_least_recently_used_goes_first() -> None:
    cache = ArrayCache(CacheBudget(20_000))
    made: list[str] = []

    def ask(key: str) -> None:
        cache.get(key, lambda: (made.append(key) or np.zeros(1_000),))  # type: ignore[func-returns-value]

    for key in ("甲", "乙", "甲", "丙", "甲", "乙"):
        ask(key)
    assert made == ["甲", "乙", "丙", "乙"]


def test_what_is_kept_is_told_without_being_made_and_counts_as_used() -> None:
    own = np.zeros(100, dtype=np.uint8)
    cache = ArrayCache(CacheBudget(3 * 600))
    for key in "abc":
        assert cache.kept_all([key]) == [None]
        cache.get(key, lambda: (own,))
    assert cache.kept_all("a") != [None]
    cache.get("d", lambda: (own,))  # lets go of the least recently used
    assert [key for key in "abcd" if cache.kept_all(key) != [None]] == ["a", "c", "d"]


def test_what_a_cache_that_is_gone_kept_is_let_go_of() -> None:
    budget = CacheBudget()
    gone, stays = ArrayCache(budget), ArrayCache(budget)
    gone.get("甲", lambda: (np.zeros(100_000),))
    del gone
    gc.collect()
    stays.get("乙", lambda: (np.zeros(10),))
    assert budget.bytes < 10_000


def test_what_is_large_is_kept_in_memory_of_its_own() -> None:
    cache, every = ArrayCache(), np.arange(60_000)
    (kept,) = cache.get("甲", lambda: (every[::2],))
    (small,) = cache.get("乙", lambda: (every[:10],))
    assert kept.tolist() == list(range(0, 60_000, 2))
    assert isinstance(kept.base, mmap.mmap)
    assert small.base is every


@pytest.mark.parametrize("cache_bytes", [0, 20_000])
def test_answers_are_the_same_within_any_budget(tmp_path: Path, cache_bytes: int) -> None:
    for name in "甲乙丙":
        write(
            tmp_path / "语料" / f"{name}.md", f"# {name}\n\n## 一、{name}章\n\n" + "数据安全与税收管理\n\n" * 50 + name
        )
    place = tmp_path / "index"
    for name in "甲乙丙":  # a commit each
        with indexer.open_index(place) if indexer.exists(place) else indexer.create_index(place) as index:
            index.update([tmp_path / "语料" / f"{name}.md"])
    with indexer.open_index(place) as ample, indexer.open_index(place, cache_bytes=cache_bytes) as narrow:
        engine = narrow._engine
        assert isinstance(engine, WhooshEngine)
        for query in ("数据", "安全 税收", "甲", "管理 -乙", "税*", "章节:乙"):
            expected, found = ample.search(query, limit=50), narrow.search(query, limit=50)
            assert found.hits == expected.hits
            assert found.facets == expected.facets
            assert engine._budget.bytes <= cache_bytes


def test_a_negative_budget_is_refused(tmp_path: Path) -> None:
    indexer.create_index(tmp_path / "index").close()
    with pytest.raises(BadParameter):
        indexer.open_index(tmp_path / "index", cache_bytes=-1)


def test_any_depth_of_sections_costs_no_more_than_the_deepest(tmp_path: Path) -> None:
    write(tmp_path / "甲.md", "# 甲\n\n## 一、章\n\n数据\n")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "甲.md"])
        answers = [index.search("数据", facet_depth=depth).facets["section"] for depth in (1, 2, 9, 10_000)]
        engine = index._engine
        assert isinstance(engine, WhooshEngine)
        assert answers[1:] == answers[:-1]
        assert len([name for name, _ in engine._snapshot._facets if name == "section"]) == 1
