"""Segments put together from others."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.whoosh.segments import layout, occurrences
from indexer.engines.whoosh.segments.array_file import ArrayFile
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.engines.whoosh.segments.writer import SegmentWriter
from tests.support import make_document, make_index


@pytest.fixture
def readers(tmp_path: Path) -> list[SegmentReader]:
    """Two segments, of one of which a document is gone."""
    found = []
    for name, texts in (("a", ["国家机关", "数据安全的法律", "𠮷野家"]), ("b", ["的的的", "法律 law", "数据"])):
        folder = tmp_path / name
        folder.mkdir()
        documents = [make_document(name, texts), make_document(f"{name}2", ["别的 数据"])]
        with make_index("whoosh", folder, documents) as index:
            segment = index._engine._snapshot.readers[0].segment  # type: ignore[attr-defined]
            if name == "b":
                segment.delete_rows(index._engine._snapshot.document("b")[1].rows)  # type: ignore[attr-defined]
            found.append(SegmentReader(next(folder.rglob("*.arrays")).parent, segment))
    return found


def arrays(folder: Path, copied: list[SegmentReader]) -> dict[str, list[object]]:
    """The arrays of the segment made of others."""
    folder.mkdir()
    writer = SegmentWriter(folder)
    for reader in copied:
        writer.copy(reader)
    file = ArrayFile(folder / writer.finish().make_filename(layout.ARRAYS))
    return {name: [str(file[name].dtype), *file[name].tolist()] for name in file.names()}


def test_how_much_is_merged_at_a_time_changes_nothing(
    tmp_path: Path, readers: list[SegmentReader], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = arrays(tmp_path / "together", readers)
    for count in (1, 3, 10):
        monkeypatch.setattr(occurrences, "_TOGETHER", count)
        assert arrays(tmp_path / f"by-{count}", readers) == together


def test_a_segment_of_nothing_but_a_manifest_can_be_read(tmp_path: Path, readers: list[SegmentReader]) -> None:
    readers[1].segment.delete_rows(range(readers[1].size - 1))  # all but the manifest
    gone = SegmentReader(tmp_path / "b", readers[1].segment)
    folder = tmp_path / "gone"
    folder.mkdir()
    writer = SegmentWriter(folder)
    writer.copy(gone)
    merged = SegmentReader(folder, writer.finish())
    assert [len(found.postings) for _, found in merged.everything()] == [0, 0, 0]
