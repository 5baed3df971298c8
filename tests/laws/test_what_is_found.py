"""What holds for every text and every query, tried on many by hypothesis."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import indexer
from indexer.analysis.fold import fold, fold_key
from indexer.index.index import Index
from tests.support import CHARACTERS, ENGINES, make_document, make_index, tiers

texts = st.lists(st.text(st.sampled_from(CHARACTERS + '"*?-|:“”'), min_size=1, max_size=25), min_size=1, max_size=4)


def quoted(piece: str) -> str:
    escaped = piece.replace("\\", "\\\\").replace('"', '\\"').replace("＂", "\\＂")
    return f'"{escaped}"'


def with_index(name: str, passages: Sequence[str], ask: Callable[[Index], None]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        make_index(name, Path(folder), [make_document("a", passages)]) as index,
    ):
        ask(index)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=150)
@given(passages=texts, data=st.data())
def test_every_piece_of_every_passage_is_found_and_called_exact(
    name: str, passages: list[str], data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(passages))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if not fold_key(piece):
        return

    def ask(index: Index) -> None:
        expected = {ordinal for ordinal, passage in enumerate(passages) if fold_key(piece) in fold(passage).text}
        plain = {ordinal for ordinal, tier in tiers(index, piece).items() if tier == "exact"}
        assert expected <= plain
        assert {ordinal for ordinal, tier in tiers(index, quoted(piece)).items() if tier == "exact"} >= expected
        assert passages.index(text) in tiers(index, quoted(piece), script="exact", match="exact")
        if piece.isalpha():
            assert plain == expected

    with_index(name, passages, ask)


@settings(max_examples=150)
@given(
    passages=texts,
    query=st.text(st.sampled_from(CHARACTERS + '"*?-|:“”() ＊ＯＲſ\ud800零百万亿点%'), max_size=20),
    script=st.sampled_from(("any", "exact")),
)
def test_highlights_are_sound_for_any_query(passages: list[str], query: str, script: str) -> None:
    def ask(index: Index) -> None:
        for hit in index.search(query, limit=100, script=script).hits:
            text, spans = hit.passage.text, hit.highlights
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(before[1] < after[0] for before, after in pairwise(spans))
            shown = "".join(part for part, _ in hit.snippet.parts)
            assert shown == text[hit.snippet.start : hit.snippet.end]

    with_index("memory", passages, ask)


def naive_ranges(text: str, literal: str) -> set[int]:
    """The places of all characters that belong to an occurrence of folded ``literal``, by trying every piece."""
    places: set[int] = set()
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            piece = text[start:end]
            if piece == piece.strip() and fold_key(piece) == literal:
                places.update(range(start, end))
    return places


@settings(max_examples=200)
@given(st.text(st.sampled_from("数据安全发發𠀀 　，。\n"), min_size=1, max_size=14), st.data())
def test_highlights_are_the_characters_matched(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if not fold_key(piece):
        return

    def ask(index: Index) -> None:
        (hit,) = index.search(quoted(piece)).hits
        found = {at for begin, end in hit.highlights for at in range(begin, end)}
        assert found == naive_ranges(text, fold_key(piece))

    with_index("memory", [text], ask)


@given(st.lists(st.text(max_size=6), max_size=4))
def test_section_values_there_and_back(path: list[str]) -> None:
    if path and path != [""]:
        assert indexer.section_path(indexer.section_value(path)) == tuple(path)
