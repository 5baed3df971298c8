"""``make bench``: build and query beside SQLite FTS5 (trigrams) on the same passages, in the same run."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import indexer
from bench import corpus

QUERIES = 100


def timed(action: Callable[[], object]) -> float:
    """Seconds an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def build_fts5(path: Path, texts: Iterable[str]) -> sqlite3.Connection:
    """A trigram table over ``texts``, committed."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='trigram')")
    database.executemany("INSERT INTO passages VALUES (?)", ((text,) for text in texts))
    database.commit()
    return database


def ask_fts5(database: sqlite3.Connection, query: str) -> list[tuple[str]]:
    """The ten best by FTS5's BM25."""
    statement = "SELECT text FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10"
    return database.execute(statement, (f'"{query}"',)).fetchall()


def pieces(texts: list[str], length: int) -> list[str]:
    """Random pieces of passages, plain Han characters only, the same at every run."""
    chance = random.Random(length)
    found: list[str] = []
    while len(found) < QUERIES:
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - length))
        piece = text[start : start + length]
        if len(piece) == length and piece.isalpha():
            found.append(piece)
    return found


def main() -> None:
    """Print the tables."""
    source = corpus()
    with tempfile.TemporaryDirectory() as folder:
        index = indexer.create_index(Path(folder) / "index")
        ours = timed(lambda: index.update([source]))
        texts = [passage.text for document in index.documents() for passage in index.passages(document.id)]
        theirs = timed(lambda: build_fts5(Path(folder) / "fts5.db", texts).close())
        database = sqlite3.connect(Path(folder) / "fts5.db")
        stats = index.stats()
        print(f"{source.name}：{stats.documents} 篇，{stats.passages} 段，索引 {stats.bytes / 1e6:.1f} MB")
        print(f"建索引：寻章（读文件、分词、提交）{stats.passages / ours:,.0f} 段/秒", end="；")
        print(f"FTS5（只写入）{len(texts) / theirs:,.0f} 段/秒")
        print("引语长度  寻章中位 ms（分层、高亮）  FTS5 中位 ms  寻章/FTS5")
        for length in (3, 5, 10, 20):
            queries = pieces(texts, length)
            for query in queries:
                index.search(query, facets=())
            mine = statistics.median(timed(partial(index.search, query, facets=())) for query in queries)
            peer = statistics.median(timed(partial(ask_fts5, database, query)) for query in queries)
            print(f"{length:>8}  {mine * 1e3:>24.2f}  {peer * 1e3:>12.2f}  {mine / peer:>9.2f}")
        database.close()
        index.close()


if __name__ == "__main__":
    main()
