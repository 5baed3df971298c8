"""One index, many threads and coroutines: answers are whole, of one commit, while others build."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import indexer
from tests.support import write

WORDS = ("数据", "安全", "税收", "纳税人", "处理活动")


def test_threads_answer_as_one_would(corpus: Path, index: indexer.Index) -> None:
    index.update([corpus])

    def ask(word: str) -> tuple[list[str], bool, list[str]]:
        hits = [hit.passage.id for hit in index.search(word).hits]
        return hits, index.verify(word).found, [each.path for each in index.documents()]

    alone = {word: ask(word) for word in WORDS}
    with ThreadPoolExecutor(max_workers=8) as threads:
        assert list(threads.map(ask, WORDS * 20)) == [alone[word] for word in WORDS * 20]


async def test_coroutines_ask_in_threads_while_another_index_object_commits(corpus: Path, index: indexer.Index) -> None:
    index.update([corpus])

    async def ask(number: int) -> int:
        results = await asyncio.to_thread(index.search, "数据", limit=100)
        assert len(results.hits) == results.total
        return results.total

    def commit() -> None:
        with indexer.open_index(index.path) as other:
            for number in range(5):
                write(corpus / f"新{number}.txt", "数据")
                other.update([corpus])

    *totals, _ = await asyncio.gather(*map(ask, range(40)), asyncio.to_thread(commit))
    assert set(totals) <= set(range(totals[0], totals[0] + 6))
    assert await ask(0) == index.search("数据").total


def test_packages_say_that_they_are_typed() -> None:
    from importlib.resources import files

    assert all(files(package).joinpath("py.typed").is_file() for package in ("indexer", "webui"))
