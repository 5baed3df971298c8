"""What is known of each position: kept in bits, the same from texts as they are written and from one without it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indexer
from indexer.engines.whoosh.segments.array_cache import ArrayCache
from indexer.engines.whoosh.segments.array_file import ArrayFile
from indexer.engines.whoosh.segments.position_marks import UNKNOWN, Bits, BitWriter, CharacterTest
from indexer.engines.whoosh.segments.reader import SegmentReader
from indexer.query.spans import may_be_wild

_TEXT = st.text(st.sampled_from("数數据，,。 \u3000aＡ㎏\u200b法第〇12-"), min_size=1, max_size=12)


@given(st.lists(st.lists(st.booleans(), max_size=150), max_size=4))
def test_bits_say_what_was_marked(parts: list[list[bool]]) -> None:
    marks = [mark for part in parts for mark in part]
    octets = BitWriter.of(np.array(part, dtype=bool) for part in parts).octets()
    bits = Bits(octets, "甲", ArrayCache())
    positions = np.arange(len(marks))
    assert bits.holding(positions).tolist() == marks
    assert bits.before(np.arange(len(marks) + 1)).tolist() == [sum(marks[:at]) for at in range(len(marks) + 1)]


def test_a_set_of_positions_takes_a_bit_of_each() -> None:
    assert len(BitWriter.of([np.ones(801, dtype=bool)] * 10).octets()) == 8 * (8_010 // 64 + 1)


def test_each_character_is_put_to_the_test_once() -> None:
    asked: list[str] = []

    def is_figure(char: str) -> bool:
        asked.append(char)
        return char.isdigit()

    test = CharacterTest(is_figure)
    for text in ("第1条", "", "第2条"):
        codes = np.array(list(map(ord, text)), dtype=np.uint32)
        assert test(codes).tolist() == list(map(str.isdigit, text))
    assert sorted(asked) == sorted("第1条2")


def readers(texts: Sequence[str], folder: Path) -> list[SegmentReader]:
    (folder / "文").mkdir()
    for number, text in enumerate(texts):
        (folder / "文" / f"{number}.txt").write_text(text, encoding="utf-8")
    with indexer.create_index(folder / "index") as index:
        index.update([folder / "文"])
    with indexer.open_index(folder / "index") as index:
        return list(index._engine._snapshot.readers)  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(_TEXT, min_size=1, max_size=5).map("\n\n".join), min_size=1, max_size=3))
def test_what_is_written_is_what_the_texts_say(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for reader in readers(texts, Path(folder)):
            for row in np.flatnonzero(reader.live).tolist():
                start, chars = int(reader.starts[row]), reader.chars(row)
                positions = np.arange(start, start + len(chars) + 1)
                assert reader.breaks.holding(positions).tolist() == [*(not may_be_wild(each) for each in chars), True]
                ends = set(np.cumsum([0, *reader.lengths(row)]).tolist())
                assert set(np.flatnonzero(reader.edges.holding(positions)).tolist()) == ends | {len(chars)}
                written = [int(reader.written(each, positions[at : at + 1])[0]) for at, each in enumerate(chars)]
                original = reader.text(row)
                alike = [shown for shown in (original, "".join(original.split())) if len(shown) == len(chars)]
                for code, *shown in zip(written, *alike, strict=True):
                    assert code in (UNKNOWN, *map(ord, shown))


def test_characters_are_known_as_they_are_written(tmp_path: Path) -> None:
    (reader,) = readers(["數據，12数 据\n\n㎏數"], tmp_path)
    found = {reader.text(row): row for row in np.flatnonzero(reader.live).tolist()}

    def written(text: str) -> list[int]:
        chars, start = reader.chars(found[text]), int(reader.starts[found[text]])
        return [int(reader.written(each, np.array([start + at]))[0]) for at, each in enumerate(chars)]

    assert "".join(map(chr, written("數據，12数 据"))) == "數據，12数据"
    assert written("㎏數") == [UNKNOWN] * 3  # of two characters one became which is not known


@pytest.mark.parametrize("text", ["數據，第12条。\n\na，Ａ\u3000b ㎏ 数\u200b据\n\n数据 安全", "无"])
def test_a_segment_without_it_derives_the_same(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(reader: SegmentReader) -> list[object]:
        every = np.arange(int(reader.starts[-1]))
        bits, codes = reader._texts._otherwise
        return [each.holding(every).tolist() for each in (reader.breaks, reader.edges, bits)] + [codes.tolist()]

    (reader,) = readers([text, "税收。"], tmp_path)
    written = told(reader)
    older = SegmentReader(tmp_path / "index", reader.segment)
    monkeypatch.setattr(ArrayFile, "__contains__", lambda _, name: name not in ("breaks", "edges", "otherwise"))
    assert told(older) == written
