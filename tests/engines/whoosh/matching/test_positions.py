"""Wildcards and NEAR by positions, against the definition, which looks into the texts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.fold import fold_key
from indexer.engines.requests import Request
from indexer.model import AnalyzedDocument, Glob, Literal, QueryNode, Tier, Wild, Within
from tests.support import CHARACTERS, documents, make_engine

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
