"""A segment read again after some of its rows are deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_file import ArrayFile
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.model.choices import FACETS
from tests.support import count_calls, write

QUERIES = ("数据", "数*", "*法", "的", "章节:第一章", "标题:甲", "數據", "数据 OR 税")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲", "乙", "丙"):
        write(
            tmp_path / "文" / f"{name}.md",
            f"# {name}法\n\n## 第一章\n\n数据安全法，\n\n數據的处理\n\n## 第二章\n\n税收 5G\n",
        )
    with indexer.create_index(tmp_path / "index") as index:
        index.update([tmp_path / "文"])
    return tmp_path / "index"


def largest(index: indexer.Index) -> SegmentReader:
    reader: SegmentReader = index._engine._snapshot.readers[0]  # type: ignore[attr-defined]
    return reader


def test_what_is_of_the_file_is_known_after_a_deletion(folder: Path) -> None:
    with indexer.open_index(folder) as index:
        index.warm()
        before = largest(index)
        kept = before.positions("数据"), before.breaks, before.edges, before._texts, before.sections
        index.remove([index.documents()[0].id])
        index.search("数据")
        after = largest(index)
        assert after is not before
        assert after.file is before.file
        now = after.positions("数据"), after.breaks, after.edges, after._texts, after.sections
        assert all(new is old for new, old in zip(now, kept, strict=True))


def test_who_asks_once_prepares_for_no_others_and_who_is_warm_for_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through = count_calls(monkeypatch, ArrayFile, "look_through")

    with indexer.open_index(folder) as index:
        index.search("数据")
        assert "_pairs" not in vars(largest(index).titles._joined)
        assert looked_through == []
        index.warm()
        assert "_pairs" in vars(largest(index).titles._joined)
    names = {name for _, name in looked_through}
    assert names == {f"{field}.{name}" for field in layout.FIELDS for name in ("data", "large")} | {"original.blocks"}


def test_what_is_of_live_rows_is_not(folder: Path) -> None:
    """Answers after a deletion are those of an index just opened, those to who asks the old reader the old ones."""
    with indexer.open_index(folder) as index:
        index.warm()
        before = largest(index)
        rows = before.rows_holding("数据").rows.tolist()
        for query in QUERIES:
            index.search(query, facets=FACETS, chapters=9)
        index.remove([index.documents()[0].id])

        def answers(asked: indexer.Index) -> list[object]:
            ways: list[dict[str, object]] = [{}, {"scope": "section"}, {"script": "exact"}, {"sort": "order"}]
            found = [
                indexer.results_to_dict(asked.search(query, facets=FACETS, chapters=9, **way))  # type: ignore[arg-type]
                for query in QUERIES
                for way in ways
            ]
            return [{**each, "took_ms": 0} for each in found]

        with indexer.open_index(folder) as fresh:
            assert answers(index) == answers(fresh)
        after = largest(index)
        assert after.rows_holding("数据").rows.tolist() == [row for row in rows if after.live[row]] != rows
        assert before.rows_holding("数据").rows.tolist() == rows
