"""Documents of a segment: each is what was written, whichever is asked for first and whatever program wrote them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.engines.contract import IndexedFile
from indexer.engines.whoosh.segments import layout, stored_documents
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.stored_documents import (
    BOUNDS,
    COLUMNS,
    LiveDocuments,
    StoredDocuments,
    write_documents,
)
from indexer.model import Document
from tests.support import ANALYZER

MANY = 40
DOCUMENTS = [
    Document(
        f"{number:04x}",
        f"法/{number}.md",
        f"第{number}部法律",
        date=f"2020-01-{number:02}" if number % 3 else None,
        work="法典" if number % 2 else None,
        content_hash=f"{number * 7:032x}",
        declared_hash="0f" if number % 5 == 0 else "",
        recognition="chi_sim" if number == 9 else None,
        fields=(("密级", "公开"),) if number == 7 else (),
    )
    for number in range(MANY)
]


def records(documents: Sequence[Document]) -> list[list[Any]]:
    return [layout.encode_document(ANALYZER.analyze(each, [])) for each in documents]


def stored(file: ArrayFile, count: int = MANY) -> StoredDocuments:
    return StoredDocuments(file, [range(number, number + 1) for number in range(count)])


def written(path: Path, documents: Sequence[Document] = DOCUMENTS) -> ArrayFile:
    with ArrayWriter(path) as writer:
        write_documents(writer, records(documents))
    return ArrayFile(path)


def older(path: Path) -> ArrayFile:
    """As programs wrote it that knew no parts."""
    with ArrayWriter(path) as writer:
        writer.add("documents", zlib.compress(layout.encode_json(records(DOCUMENTS))))
    return ArrayFile(path)


@pytest.mark.parametrize("write", [written, older])
@pytest.mark.parametrize("first", [0, 1, 15, 16, MANY - 1, -1])
def test_each_is_read_whichever_is_first(tmp_path: Path, write: Any, first: int) -> None:
    found = stored(write(tmp_path / "a"))
    assert found[first].document == DOCUMENTS[first]
    assert [each.document for each in found] == DOCUMENTS
    assert [each.rows for each in found] == found.rows
    with pytest.raises(IndexError):
        found[MANY]


@pytest.mark.parametrize("count", [0, 1, 16, 17])
def test_there_may_be_few(tmp_path: Path, count: int) -> None:
    found = stored(written(tmp_path / "a", DOCUMENTS[:count]), count)
    assert [each.document for each in found] == DOCUMENTS[:count]
    assert list(found.columns.ids) == [each.id for each in DOCUMENTS[:count]]


@pytest.mark.parametrize("write", [written, older])
def test_columns_say_what_the_documents_do(tmp_path: Path, write: Any) -> None:
    columns = stored(write(tmp_path / "a")).columns
    assert list(columns.ids) == [each.id for each in DOCUMENTS]
    assert list(columns.paths) == [each.path for each in DOCUMENTS]
    assert list(columns.dates) == [each.date for each in DOCUMENTS]
    assert list(columns.titles) == [each.title for each in DOCUMENTS]
    assert list(columns.works) == [each.work for each in DOCUMENTS]
    assert list(columns.folded) == [ANALYZER.analyze(each, []).title for each in DOCUMENTS]
    assert [list(names) for names in columns.fields] == [["密级"] if number == 7 else [] for number in range(MANY)]


@pytest.mark.parametrize("write", [written, older])
def test_what_is_told_of_files_is_what_the_documents_say(tmp_path: Path, write: Any) -> None:
    assert stored(write(tmp_path / "a")).files == [*map(IndexedFile.of, DOCUMENTS)]


@pytest.mark.parametrize("count", [0, 1, 16, 17])
def test_the_files_may_be_few(tmp_path: Path, count: int) -> None:
    found = stored(written(tmp_path / "a", DOCUMENTS[:count]), count)
    assert found.files == [*map(IndexedFile.of, DOCUMENTS[:count])]


@pytest.mark.parametrize("count", [MANY - 1, MANY + 1])
def test_files_of_other_documents_are_damage(tmp_path: Path, count: int) -> None:
    """Whoever took what is missing for new would give it another id."""
    with pytest.raises((ValueError, LookupError)):
        _ = stored(written(tmp_path / "a"), count + 16).files
    with pytest.raises(ValueError, match="lacks"):
        _ = stored(written(tmp_path / "b"), count).files


@pytest.mark.parametrize(
    "changed", [{"path": 5}, {"id": None}, {"content_hash": []}, {"declared_hash": 1}, {"recognition": 5}]
)
def test_files_that_are_none_are_told(tmp_path: Path, changed: dict[str, object]) -> None:
    record = records(DOCUMENTS[:1])[0]
    with ArrayWriter(tmp_path / "a") as writer:
        write_documents(writer, [[record[0] | changed, *record[1:]]])
    with pytest.raises(ValueError, match="_decode_files"):
        _ = stored(ArrayFile(tmp_path / "a"), 1).files


@pytest.mark.parametrize("write", [written, older])
@pytest.mark.parametrize("known", ["files", "columns"])
def test_each_has_its_number_whatever_is_decoded_already(tmp_path: Path, write: Any, known: str) -> None:
    found = stored(write(tmp_path / "a"))
    getattr(found, known)
    assert [found.numbers_of([each.id]) for each in DOCUMENTS] == [[number] for number in range(len(DOCUMENTS))]


def test_one_that_was_written_twice_has_two(tmp_path: Path) -> None:
    twice = [*DOCUMENTS[:3], DOCUMENTS[0]]
    assert stored(written(tmp_path / "a", twice), 4).numbers_of([DOCUMENTS[0].id]) == [0, 3]


def test_one_is_read_without_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = stored(written(tmp_path / "a"))
    made: list[Any] = []
    decode = layout.decode_document
    monkeypatch.setattr(layout, "decode_document", lambda record: made.append(record) or decode(record))
    assert found.columns.titles[20] == found[20].document.title
    assert 0 < len(made) <= stored_documents._TOGETHER < MANY


def test_programs_that_know_no_parts_read_all(tmp_path: Path) -> None:
    file = written(tmp_path / "a")
    assert layout.decode_json(zlib.decompress(file.bytes("documents"))) == layout.decode_json(
        layout.encode_json(records(DOCUMENTS))
    )


def test_deleted_ones_are_none(tmp_path: Path) -> None:
    live = np.arange(MANY) % 2 == 0
    found = LiveDocuments(stored(written(tmp_path / "a")), live)
    expected = [each if number % 2 == 0 else None for number, each in enumerate(DOCUMENTS)]
    assert [each and each.document for each in found] == expected
    assert [each and each.document for each in map(found.__getitem__, range(len(found)))] == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (COLUMNS, [[]] * 7),
        (COLUMNS, [["a"] * MANY] * 6),
        (COLUMNS, [["a"] * MANY] * 6 + [["a"] * (MANY + 1)]),
        (COLUMNS, [[1] * MANY] * 6 + [[[]] * MANY]),
        (COLUMNS, [["a"] * MANY] * 6 + [[[1]] * MANY]),
        (COLUMNS, {}),
        (COLUMNS, 5),
    ],
)
def test_columns_that_are_none_are_told(tmp_path: Path, name: str, value: object) -> None:
    file = written(tmp_path / "a")
    with ArrayWriter(tmp_path / "b") as writer:
        for each in ("documents", BOUNDS):
            writer.add(each, file[each].copy())
        writer.add(name, zlib.compress(layout.encode_json(value)))
    with pytest.raises(ValueError, match=r"columns|_decode_columns"):
        _ = stored(ArrayFile(tmp_path / "b")).columns


@pytest.mark.parametrize("bounds", [[], [0], [2, 5], [10**6, 10**7]])
def test_bounds_that_are_none_are_damage(tmp_path: Path, bounds: list[int]) -> None:
    file = written(tmp_path / "a")
    with ArrayWriter(tmp_path / "b") as writer:
        writer.add("documents", file["documents"].copy())
        writer.add(BOUNDS, np.array(bounds, dtype=np.int64))
    with pytest.raises((ValueError, LookupError, zlib.error)):
        stored(ArrayFile(tmp_path / "b"))[0]
