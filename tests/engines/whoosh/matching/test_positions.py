"""Wildcards and NEAR by positions, against the definition, which looks into the texts."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.fold import fold_key
from indexer.engines.requests import Request
from indexer.model import AnalyzedDocument, Glob, Literal, QueryNode, Tier, Wild, Within
from tests.support import CHARACTERS, documents, make_document, make_engine, make_index

_chars = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=3).filter(fold_key)
_wild = st.sampled_from(Wild)


@st.composite
def globs(draw: st.DrawFn) -> Glob:
    """Wildcards of any shape that holds a character, also such as no query can write."""
    pieces = [*draw(st.lists(_chars | _wild, max_size=5)), draw(_chars), *draw(st.lists(_chars | _wild, max_size=3))]
    typed = [piece for piece in pieces if not isinstance(piece, Wild)]
    return Glob(
        tuple(piece if isinstance(piece, Wild) else fold_key(piece) for piece in pieces),
        **draw(st.sampled_from([{}, {"starts_word": True}, {"ends_word": True}])),
        originals=tuple(typed) if draw(st.booleans()) else (),
    )


@st.composite
def literals(draw: st.DrawFn) -> Literal:
    """Characters, as typed or in any form."""
    typed = draw(_chars)
    return Literal((fold_key(typed),), original=typed if draw(st.booleans()) else "")


def found(name: str, folder: str, corpus: tuple[AnalyzedDocument, ...], tree: QueryNode) -> list[str]:
    """The ids of the passages that an engine finds."""
    engine = make_engine(name, Path(folder) / name)
    engine.apply(corpus, "")
    engine.apply(corpus[:1], "")  # now there are deleted rows
    return [hit.passage.id for hit in engine.search(Request(((Tier.EXACT, tree),), sort="order", limit=50)).hits]


@settings(max_examples=300)
@given(
    corpus=st.tuples(documents("a"), documents("b"), documents("c")),
    tree=globs() | literals() | st.builds(Within, literals(), literals(), st.integers(0, 5)),
)
def test_positions_tell_what_texts_tell(corpus: tuple[AnalyzedDocument, ...], tree: QueryNode) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert found("whoosh", folder, corpus, tree) == found("memory", folder, corpus, tree)


def test_the_row_of_a_position_is_the_last_that_begins_there_or_before(tmp_path: Path) -> None:
    texts = ["字" * (number * 7 % 95 + 1) for number in range(60)] + ["字"] * 40
    with make_index("whoosh", tmp_path, [make_document("a", texts)]) as index:
        reader = index._engine._snapshot.readers[0]  # type: ignore[attr-defined]
        starts = reader.starts.tolist()
        for wanted in (np.arange(starts[-1]), np.arange(starts[-1])[::97]):  # found by blocks, and by halving
            assert reader.rows_at(wanted).tolist() == [bisect_right(starts, at) - 1 for at in wanted.tolist()]
