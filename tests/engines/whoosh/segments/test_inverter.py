"""Posting lists that are made in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments import layout, occurrences
from indexer.engines.whoosh.segments.inverter import Inverter, ranked
from indexer.engines.whoosh.segments.prepared import manifest_row, prepare_document
from indexer.engines.whoosh.segments.stored_texts import Strings
from indexer.model import AnalyzedDocument
from tests.support import documents


def lists(parts: Sequence[occurrences.Occurrences]) -> dict[object, list[int]]:
    """Term → its postings; the terms of all parts ascend."""
    found: dict[object, list[int]] = {}
    for part in parts:
        ends = np.cumsum(part.sizes)
        for term, end, size in zip(part.terms.tolist(), ends.tolist(), part.sizes.tolist(), strict=True):
            found[term] = part.postings[end - size : end].tolist()
    assert list(found) == sorted(found)  # type: ignore[type-var]  # texts, or numbers
    return found


@given(several=st.lists(documents(), max_size=3), together=st.sampled_from((1, 2, 5, 1 << 20)))
def test_the_parts_are_what_stands_in_the_rows(several: list[AnalyzedDocument], together: int) -> None:
    inverter, row, position = Inverter(), 0, 0
    expected: dict[str, dict[object, list[int]]] = {field: defaultdict(list) for field in layout.FIELDS}
    starts = [0]
    for document in several:
        rows = prepare_document(document).rows
        inverter.add(row, rows, rows.folded.codes())
        vocabulary, words = list(rows.vocabulary), iter(rows.words.tolist())
        for text, count in zip(rows.folded, rows.columns["words"].tolist(), strict=True):
            for char in text:
                expected[layout.CHARS][ord(char)].append(row)
            for at in range(len(text) - 1):
                expected[layout.PAIRS][layout.pair_key(ord(text[at]), ord(text[at + 1]))].append(position + at)
            for _ in range(count):
                expected[layout.WORDS][vocabulary[next(words)]].append(row)
            row, position = row + 1, position + len(text) + 1
            starts.append(position)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "_TOGETHER", together)
        for field in layout.FIELDS:
            parts = [part() for part in inverter.parts(field, np.array(starts))]
            assert lists(parts) == expected[field]


@given(texts=st.lists(st.text("甲乙ab\0\U0010ffff", min_size=1, max_size=5)))
def test_texts_are_ranked_as_python_orders_them(texts: list[str]) -> None:
    distinct, numbers = ranked(Strings.of(texts))
    assert distinct.tolist() == sorted(set(texts))
    assert [distinct[number] for number in numbers] == texts


def test_rows_without_text_have_one_empty_part() -> None:
    inverter = Inverter()
    inverter.add(0, manifest_row(), np.array([], dtype=np.uint32))
    for field in layout.FIELDS:
        assert [len(part().postings) for part in inverter.parts(field, np.array([0, 1]))] == [0]
