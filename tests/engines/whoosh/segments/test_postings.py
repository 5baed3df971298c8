"""Posting lists come back as they were written, whatever their gaps: all widths, escapes, one by one and at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.occurrences import Occurrences
from indexer.engines.whoosh.segments.postings import PostingField

SPANS = [300, 70_000, 1 << 24, (1 << 24) + 1, 1 << 31]


@pytest.mark.parametrize("span", SPANS)
@given(data=st.data())
def test_what_is_written_is_read(span: int, data: st.DataObject) -> None:
    postings = st.lists(st.integers(0, span - 1), min_size=1, max_size=8)
    dense = st.integers(0, max(0, span - 3_000)).map(lambda first: list(range(first, min(span, first + 3_000))))
    lists = {
        key: sorted(found) for key, found in data.draw(st.dictionaries(st.integers(0, 9), postings | dense)).items()
    }
    keys = np.array([key for key, found in lists.items() for _ in found], dtype=np.int64)
    gathered = Occurrences.gather(keys, np.array([at for found in lists.values() for at in found], dtype=np.int64))
    with tempfile.TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "a") as writer:
            for name, values in gathered.encoded(span).items():
                writer.add(f"field.{name}", values)
        field = PostingField(ArrayFile(Path(folder) / "a"), "field", span)
        for key in range(10):
            assert field.postings(key).tolist() == lists.get(key, [])
            assert field.postings(key).dtype == (np.int32 if span <= 1 << 30 else np.int64)
        everything = field.everything()
        assert everything.postings.tolist() == [place for _, found in sorted(lists.items()) for place in found]
        assert dict(zip(everything.terms.tolist(), everything.sizes.tolist(), strict=True)) == {
            key: len(found) for key, found in lists.items()
        }
