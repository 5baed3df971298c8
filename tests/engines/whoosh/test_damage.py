"""Files of an index that were cut, changed or lost: one clear sentence with the way out, never another error."""

from __future__ import annotations

import pickle
import shutil
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from indexer import errors
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.index.index import Index
from indexer.model import AnalyzedDocument, DateSource, Document
from tests.support import write


@pytest.mark.parametrize("damage", ["marker", "toc", "segment"])
def test_damage_is_one_clear_sentence(index: Index, corpus: Path, damage: str) -> None:
    index.update([corpus])
    index.close()
    victim = {
        "marker": "xunzhang.json",
        "toc": "_MAIN6_*.toc",
        "segment": "*.arrays",
    }[damage]
    (path,) = index.path.glob(victim)
    path.write_bytes(path.read_bytes()[:7])
    with pytest.raises(errors.IndexDamaged, match=r"损坏|读不出来") as caught:
        indexer.open_index(index.path).search("数据")
    assert caught.value.hint == f"请重建：xunzhang index 目录 --index {index.path} --rebuild"


def changed(index: Index, array: str, before: object, after: object) -> Index:
    """The index reopened after one value was put for another in an array of the one segment that holds it."""
    index.close()
    for path in index.path.glob("*.arrays"):
        file = ArrayFile(path)
        stored = layout.encode_json(layout.decode_json(zlib.decompress(file.bytes(array))))
        wanted = layout.encode_json(before)[1:-1]
        if wanted in stored:
            arrays = {name: file.bytes(name) if name == array else file[name].copy() for name in file.names()}
            arrays[array] = zlib.compress(stored.replace(wanted, layout.encode_json(after)[1:-1]))
            with ArrayWriter(path) as writer:
                for name, values in arrays.items():
                    writer.add(name, values)
            return indexer.open_index(index.path)
    raise AssertionError(f"nothing holds {before!r}")


@pytest.mark.parametrize(
    ("array", "before", "after"),
    [
        ("documents", {"url": None}, {"xurl": None}),
        ("documents", {"tags": []}, {"tags": 10}),
        ("documents", {"url": None}, {"url": 1234}),
        ("sections.texts", [["数据安全法", "数据安全法"]], [["数据安全法", 5]]),
        ("sections.texts", [["数据安全法", "数据安全法"]], [["数据安全法"]]),
        ("topics.values", [[["数据安全法"], ["数据安全法"]]], [[["数据安全法"], 1]]),
    ],
)
def test_changed_values_are_told_whoever_meets_them(
    index: Index, corpus: Path, array: str, before: object, after: object
) -> None:
    write(corpus / "一.md", "# 书名\n\n## 数据安全法\n\n第一段。\n")
    index.update([corpus])
    write(corpus / "三.txt", "又一份。")
    damaged = changed(index, array, before, after)
    met = 0
    for ask in (
        damaged.documents,
        lambda: [damaged.passages(document.id) for document in damaged.documents()],
        lambda: damaged.search("", facets=("section", "topic", "document", "tag", "kind", "year")),
        lambda: damaged.update([corpus]),
    ):
        try:
            ask()
        except errors.IndexDamaged as error:
            met += 1
            assert "--rebuild" in error.hint
            assert "Error" not in error.message
    assert met


@pytest.mark.parametrize("kind", ["01", "(1", "O1"])
def test_a_type_that_is_none_is_told(index: Index, corpus: Path, kind: str) -> None:
    index.update([corpus])
    index.close()
    (path,) = index.path.glob("*.arrays")
    path.write_bytes(path.read_bytes().replace(b'["u1"', f'["{kind}"'.encode()))
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path).search("数据")


@pytest.mark.parametrize("array", ["chars.data", "pairs.data", "words.data", "pairs.keys", "rows.kinds"])
def test_a_changed_array_changes_no_result(index: Index, corpus: Path, array: str) -> None:
    index.update([corpus])
    index.close()
    (path,) = index.path.glob("*.arrays")
    content = bytearray(path.read_bytes())
    content[ArrayFile(path).offset(array)] ^= 1
    path.write_bytes(content)
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path).search("纳税")


@given(data=st.data())
def test_stored_values_are_read_back_or_refused(data: st.DataObject) -> None:
    about = {"date_source": DateSource.LABEL, "issued": "2019-01-02", "work": "典", "fields": (("密级", "公开"),)}
    document = Document("ab", "语料/一.md", "题", None, "2020-01-02", "甲", ("标", "签"), "cd", **about)  # type: ignore[arg-type]
    analyzed = AnalyzedDocument(document, "题", "语料/一.md", ("标", "签"), (), "典", ("公开",))
    decode, stored = data.draw(
        st.sampled_from(
            [
                (layout.decode_document, layout.encode_document(analyzed)),
                (layout.decode_values, [["章", "节"], ["章", "节"]]),
            ]
        )
    )
    content = bytearray(layout.encode_json(stored))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=3)):
        content[at] = data.draw(st.sampled_from(b'"[]{},:01-') | st.integers(0, 255))
    try:
        made = decode(layout.decode_json(bytes(content)))
    except ValueError:
        return
    assert [*map(type, made)] == [*map(type, decode(stored))]


def test_a_prepared_toc_runs_no_code(index: Index, corpus: Path, tmp_path: Path) -> None:
    index.update([corpus])
    index.close()
    (path,) = index.path.glob("_MAIN6_*.toc")
    content = path.read_bytes()
    payload = b"cos\nsystem\n(V" + f"touch {tmp_path}/ran".encode("raw-unicode-escape") + b"\ntR."
    path.write_bytes(content[: content.rindex(pickle.dumps([], -1)[:2])] + payload)
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path)
    assert not (tmp_path / "ran").exists()


def test_merging_gives_no_new_checksum_to_a_changed_file(index: Index, corpus: Path) -> None:
    index.update([corpus])
    (path,) = index.path.glob("*.arrays")
    content = bytearray(path.read_bytes())
    content[ArrayFile(path).offset("chars.data")] ^= 1
    path.write_bytes(content)
    with indexer.open_index(index.path) as reopened, pytest.raises(errors.IndexDamaged):
        for number in range(20):
            write(corpus / f"{number}.txt", f"第{number}份文档。")
            reopened.update([corpus])
    assert any(path.name in problem for problem in index.check())


def test_check_finds_a_byte_that_changed(index: Index, corpus: Path) -> None:
    index.update([corpus])
    assert index.check() == ()
    index.close()
    (path,) = index.path.glob("*.arrays")
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    with indexer.open_index(index.path) as reopened:
        assert any(path.name in problem for problem in reopened.check())


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_anywhere_raises_errors_of_ours_alone(index: Index, corpus: Path, data: st.DataObject) -> None:
    index.update([corpus])
    copy = index.path.with_name("损坏")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(index.path, copy)
    victim = data.draw(st.sampled_from(sorted(path for path in copy.iterdir() if path.is_file())))
    content = bytearray(victim.read_bytes())
    for at in data.draw(st.lists(st.integers(0, max(0, len(content) - 1)), min_size=1, max_size=20)):
        content[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
    victim.write_bytes(content[: data.draw(st.sampled_from([len(content), len(content) // 2, 0]))])
    try:
        with indexer.open_index(copy) as damaged:
            damaged.search("数据")
            damaged.check()
            damaged.update([corpus])
    except errors.XunzhangError as error:
        assert error.hint
