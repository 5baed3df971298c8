"""Texts as they were and as they fold: whatever pairs are stored come back, in blocks of any size."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments import stored_texts
from indexer.engines.whoosh.segments.array_cache import ArrayCache, CacheBudget
from indexer.engines.whoosh.segments.array_file import ArrayFile, ArrayWriter
from indexer.engines.whoosh.segments.stored_texts import Strings, Texts, TextWriter

_TEXT = st.text(st.sampled_from("aAbＢ數数\u3000 \n,，𠀀\udc80"), max_size=6)
_FOLDS = str.maketrans({"A": "a", "Ｂ": "b", "數": "数", "，": ",", "\u3000": None, " ": None, "\n": None})
# A text that folds by the table, or to anything at all.
_PAIR = _TEXT.map(lambda text: (text, text.translate(_FOLDS))) | st.tuples(_TEXT, _TEXT)


@given(st.lists(st.lists(_PAIR, max_size=4), max_size=4), st.sampled_from([1, 5, 1 << 15]), st.randoms())
def test_what_is_written_is_read_in_any_order(
    documents: list[list[tuple[str, str]]], block: int, chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(stored_texts, "BLOCK_BYTES", block):
        writer = TextWriter()
        for pairs in documents:
            folded = Strings.of([folds for _, folds in pairs])
            writer.extend(Strings.of([original for original, _ in pairs]), folded, folded.codes())
        with ArrayWriter(Path(folder) / "a") as file:
            writer.write(file)
        pairs = [pair for pairs in documents for pair in pairs]
        starts = np.cumsum([0, *(len(folds) + 1 for _, folds in pairs)])
        read = Texts(ArrayFile(Path(folder) / "a"), starts, ArrayCache(CacheBudget(1 << 20)))
        rows = list(range(len(pairs))) * 2
        chance.shuffle(rows)
        assert [(read.original(row), read.folded(row)) for row in rows] == [pairs[row] for row in rows]
