"""What stands in a segment, written and read again."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments.layout import decode_lengths, encode_lengths

LENGTHS = st.one_of(st.integers(1, 300), st.integers(0xD000, 0xE000), st.integers(sys.maxunicode - 3, 1 << 40))


@given(lengths=st.lists(LENGTHS, max_size=20))
def test_lengths_of_pieces_however_long(lengths: list[int]) -> None:
    assert decode_lengths(encode_lengths(tuple(lengths))) == lengths


def test_short_lengths_take_a_byte_each() -> None:
    assert encode_lengths((1, 2, 127)) == b"\x01\x02\x7f"
