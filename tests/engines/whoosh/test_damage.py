"""Files of an index that were cut, changed or lost: one clear sentence with the way out, never another error."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import indexer
from indexer import errors
from indexer.engines.whoosh.segments import layout
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.index.index import Index
from indexer.model import Document
from tests.support import ANALYZER, ROOT, write


@pytest.mark.parametrize("damage", ["marker", "toc", "segment"])
def test_damage_is_one_clear_sentence(index: Index, corpus: Path, damage: str) -> None:
    index.update([corpus])
    index.close()
    victim = {
        "marker": "xunzhang.json",
        "toc": "_MAIN7_*.toc",
        "segment": "*.arrays",
    }[damage]
    (path,) = index.path.glob(victim)
    path.write_bytes(path.read_bytes()[:7])
    with pytest.raises(errors.IndexDamaged, match=r"损坏|读不出来") as caught:
        indexer.open_index(index.path).search("数据")
    assert caught.value.hint == f"请重建：xunzhang index 目录 --index {index.path} --rebuild"


def vouch(path: Path) -> None:
    """Let the TOC vouch for a segment's file as it is now, as the TOC of a stranger's index would."""
    (toc,) = path.parent.glob("_MAIN7_*.toc")
    stored = json.loads(toc.read_bytes().partition(b"\n")[2])
    (segment,) = (each for each in stored["segments"] if path.stem.endswith(each["name"]))
    content, size = path.read_bytes(), path.stat().st_size
    length = int.from_bytes(content[-16:-8], "little")
    segment |= {"bytes": size, "seal": hashlib.sha256(content[-16 - length : -16]).hexdigest()}
    toc.write_bytes(prepared_toc(stored))


def prepared_toc(stored: object) -> bytes:
    """A TOC as somebody writes it who knows how."""
    content = json.dumps(stored).encode()
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


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
            vouch(path)
            return indexer.open_index(index.path)
    raise AssertionError(f"nothing holds {before!r}")


@pytest.mark.parametrize(
    ("array", "before", "after"),
    [
        ("documents", {"url": None}, {"xurl": None}),
        ("documents", {"tags": []}, {"tags": 10}),
        ("documents.columns", ["书名", "二"], ["书名", 5]),
        ("documents.columns", ["书名", "二"], ["书名"]),
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
    vouch(path)
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path).search("数据")


@pytest.mark.parametrize(
    "array", ["chars.data", "pairs.data", "words.data", "pairs.keys", "rows.kinds", "documents.columns", "checksums"]
)
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
    document = Document("ab", "语料/一.md", "题", None, "2020-01-02", "甲", ("标", "签"), "cd")
    decode, stored = data.draw(
        st.sampled_from(
            [
                (layout.decode_document, layout.encode_document(ANALYZER.analyze(document, []))),
                (layout.decode_topics, [[["章", "节"], ["章", "节"]], [["條"], ["条"]]]),
                (layout.decode_headings, [["第壹章", "第一章"], ["總則", "总则"]]),
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


# Whatever of an index might be a pickle, and where whose would lie: today's files, those of older formats, a stray.
PICKLED = (
    "_MAIN7_*.toc",
    "MAIN7_*.arrays",
    "xunzhang.json",
    "_MAIN6_7.toc",
    "_MAIN_99.toc",
    "MAIN7.tmp",
    "_MAIN7_9.toc.9",
)


@pytest.mark.parametrize("name", PICKLED)
def test_a_pickle_in_any_file_does_nothing(index: Index, corpus: Path, tmp_path: Path, name: str) -> None:
    index.update([corpus])
    index.close()
    payload = b"cos\nsystem\n(V" + f"touch {tmp_path}/ran".encode("raw-unicode-escape") + b"\ntR."
    for path in list(index.path.glob(name)) or [index.path / name]:
        path.write_bytes(payload)
    for ask in (
        lambda: indexer.open_index(index.path).search("数据"),
        lambda: indexer.open_index(index.path).check(),
        lambda: indexer.open_index(index.path).update([corpus]),
        lambda: indexer.create_index(index.path, replace_existing=True).update([corpus]),
    ):
        with suppress(errors.IndexDamaged):
            ask()  # type: ignore[no-untyped-call]
    assert not (tmp_path / "ran").exists()


# What a process that parses sends back was pickled by ourselves, so here everything is parsed in one.
AUDITED = """
import pickle, sys
import indexer
from indexer import documents
from indexer.build import isolation
isolation.Reader.start = lambda *_: None
isolation.Reader.parse = lambda reader, content, name: documents.read(content, name)
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event == "pickle.find_class" else None)
index = indexer.open_index(sys.argv[1])
index.search("数据", facets=("section", "topic", "document", "tag", "kind", "year"))
index.complete("数")
index.update([sys.argv[2]], workers=1)
index.remove([index.documents()[0].id])
index.check(), index.stats(), list(index.passages(index.documents()[0].id))
indexer.create_index(sys.argv[1], replace_existing=True).update([sys.argv[2]], workers=1)
print(seen)
pickle.loads(pickle.dumps(len))
print(seen)
"""


def test_nothing_is_unpickled(index: Index, corpus: Path) -> None:
    index.update([corpus])
    write(corpus / "三.txt", "又一份。")
    command = [sys.executable, "-c", AUDITED, str(index.path), str(corpus)]
    told = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True).stdout
    assert told == "[]\n['pickle.find_class']\n"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "../../outside"},
        {"name": ""},
        {"name": 5},
        {"rows": 10**15},
        {"rows": "7"},
        {"rows": True},
        {"bytes": 10**15, "rows": 10**15, "deleted": [[0, 10**15]]},
        {"deleted": [[0, 10**15]]},
        {"deleted": [[2, 1]]},
        {"deleted": [[0, 2], [1, 3]]},
        {"deleted": [[-1, 1]]},
        {"deleted": [[0.5, 1]]},
        {"deleted": [0, 1]},
        {"deleted": "01"},
        {"deleted": [[0]]},
        {"seal": None},
        {"seal": "0" * 64},
        {"more": 1},
    ],
    ids=str,
)
def test_a_toc_that_vouches_for_nonsense_is_damage(index: Index, corpus: Path, wrong: dict[str, object]) -> None:
    index.update([corpus])
    (toc,) = index.path.glob("_MAIN7_*.toc")
    stored = json.loads(toc.read_bytes().partition(b"\n")[2])
    toc.write_bytes(prepared_toc(stored))
    assert indexer.open_index(index.path).search("数据").total == 2
    stored["segments"][0] |= wrong
    toc.write_bytes(prepared_toc(stored))
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path)


@pytest.mark.parametrize("stored", [[], {}, 1, None, {"index": 1, "generation": 1, "segments": []}, "[" * 100_000])
def test_a_toc_that_is_none_is_damage(index: Index, stored: object) -> None:
    (toc,) = index.path.glob("_MAIN7_*.toc")
    content = stored.encode() if isinstance(stored, str) else json.dumps(stored).encode()
    toc.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(index.path)


def test_a_file_of_another_index_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    """Both are sound and as long as each other; only their content differs."""
    for name, text in (("甲", "数据安全。"), ("乙", "税收征收。")):
        write(tmp_path / name / "文" / "一.txt", text)
        indexer.create_index(tmp_path / f"索引{name}").update([tmp_path / name / "文"])
    (mine,), (other,) = ((tmp_path / f"索引{name}").glob("*.arrays") for name in "甲乙")
    other.replace(mine)
    with pytest.raises(errors.IndexDamaged):
        indexer.open_index(tmp_path / "索引甲")


def test_every_bit_of_toc_and_marker_counts(index: Index, corpus: Path) -> None:
    index.update([corpus])
    write(corpus / "二.txt", "改过了。")
    index.update([corpus])
    assert indexer.open_index(index.path).search("数据").total == 2
    for path in (next(index.path.glob("_MAIN7_*.toc")), index.path / "xunzhang.json"):
        content = path.read_bytes()
        for at in range(0, len(content) * 8, 1 if path.suffix == ".json" else 7):
            changed = bytearray(content)
            changed[at // 8] ^= 1 << at % 8
            path.write_bytes(changed)
            with pytest.raises(errors.IndexDamaged):
                indexer.open_index(index.path)
        path.write_bytes(content)
    assert indexer.open_index(index.path).search("数据").total == 2


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
