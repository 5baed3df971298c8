"""Streams of compound files, whole and damaged."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.documents.ole import has_directory, stream
from tests.documents.formats.sheets.workbooks import compound

CONTENT = bytes(range(256)) * 20
FILE = compound("甲", CONTENT)


def test_a_stream_by_its_name() -> None:
    assert stream(FILE, "乙", "甲") == CONTENT
    assert stream(FILE, "乙") is None
    assert stream(b"PK" + FILE, "甲") is None


def test_the_directory_is_where_the_head_says_or_the_file_is_damaged() -> None:
    assert has_directory(FILE)
    assert has_directory(FILE[:1536])  # what follows is the business of who reads it
    assert not has_directory(FILE[:1024])
    assert not has_directory(FILE[:8] + bytes(600))
    assert not has_directory(FILE[:30] + b"\x0a" + FILE[31:])
    assert not has_directory(b"")


@settings(max_examples=300)
@given(at=st.integers(0, 1536), byte=st.integers(0, 255), more=st.integers(0, 40))
def test_damage_is_another_stream_or_none(at: int, byte: int, more: int) -> None:
    damaged = bytearray(FILE)
    damaged[at : at + more + 1] = bytes([byte]) * (more + 1)
    found = stream(bytes(damaged), "甲")
    assert found is None or len(found) <= len(FILE) * 2
