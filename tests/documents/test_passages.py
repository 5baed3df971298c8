"""What of a block is kept with its passage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.passages import build
from indexer.model import Block, Kind, Metadata, ParsedFile

# What a reader sees bold anyway has no emphasis of its own.
BOLD_ANYWAY = {Kind.TITLE, Kind.HEADING}


@given(st.sampled_from(Kind), st.sampled_from([(), ((0, 2),), ((0, 1), (3, 4))]))
def test_emphasis_is_that_of_the_block(kind: Kind, bold: tuple[tuple[int, int], ...]) -> None:
    blocks = (Block("一二三四", bold=bold, kind=kind),)
    _, (passage,) = build("a", "文件", ParsedFile(Metadata(), blocks))
    assert passage.emphasis == (() if kind in BOLD_ANYWAY else bold)
