"""Where leaves match, against the plainest way to say it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.model import Glob, Literal, Range, Wild
from indexer.model.choices import GLOB_GAP
from indexer.query.spans import Value, spans

# Few characters, so that gaps overlap; a mark that no wildcard stands for; stretches as long as a gap may be.
chars = st.lists(
    st.sampled_from([*"aab税，", *("税" * length for length in range(GLOB_GAP - 2, GLOB_GAP + 2))]), max_size=25
).map("".join)
pieces = st.lists(st.sampled_from(["a", "b", "ab", "aba", "税", Wild.ONE, Wild.MANY]), min_size=1, max_size=7)


def is_word(text: str) -> bool:
    return all(char.isalnum() or char == "_" for char in text)


def ends(chars: str, pieces: Sequence[str | Wild], start: int) -> set[int]:
    """Every place where a match that starts at ``start`` ends, by trying every gap."""
    reached = {start}
    for piece in pieces:
        lengths = range(GLOB_GAP + 1) if piece is Wild.MANY else (len(piece),)
        tried = {(at, at + length) for at in reached for length in lengths if at + length <= len(chars)}
        reached = {
            end for at, end in tried if (is_word(chars[at:end]) if isinstance(piece, Wild) else chars[at:end] == piece)
        }
    return reached


def naive_spans(chars: str, glob: Glob, lengths: Sequence[int]) -> list[Range]:
    matches = {(start, end) for start in range(len(chars) + 1) for end in ends(chars, glob.pieces, start)}
    edges = list(accumulate(lengths, initial=0))
    if glob.ends_word:
        starts = {end: min(start for start, other in matches if other == end) for _, end in matches}
        return [(max(e for e in edges if e <= starts[end]), end) for end in edges[1:] if end in starts]
    shortest = {start: min(end for other, end in matches if other == start) for start, _ in matches}
    if glob.starts_word:
        return [(start, min(e for e in edges if e >= shortest[start])) for start in edges[:-1] if start in shortest]
    return sorted(shortest.items())


@settings(max_examples=500)
@given(chars, pieces, st.sampled_from([(False, False), (True, False), (False, True)]), st.integers(1, 3))
@example("a" + "税" * GLOB_GAP + "b", ["a", Wild.MANY, "b"], (False, False), 1)
@example("a" + "税" * GLOB_GAP + "b", ["a", Wild.MANY, "b"], (False, True), 1)
@example("a" + "税" * (GLOB_GAP + 1) + "b", ["a", Wild.MANY, "b"], (False, False), 1)
@example("a" + "税" * (GLOB_GAP + 1) + "b", ["a", Wild.MANY, "b"], (False, True), 1)
def test_globs_match_like_their_definition(
    chars: str, pieces: list[str | Wild], bound: tuple[bool, bool], word: int
) -> None:
    glob = Glob(tuple(pieces), *bound)
    lengths = [len(chars[at : at + word]) for at in range(0, len(chars), word)]
    assert spans(Value(chars, lengths=lengths), glob) == naive_spans(chars, glob, lengths)


def test_many_stars_in_a_monotonous_text_are_little_work() -> None:
    glob = Glob((*("a", Wild.MANY) * 8, "bbbb"))
    assert spans(Value("a" * 64 + " bbbb"), glob) == []
    assert spans(Value("a" * 64 + "bbbb"), glob)[0] == (0, 68)


@given(st.text(st.sampled_from("五十5年月.点3一a"), max_size=12), st.sampled_from(["五年", "5年", "3", "十五", "a"]))
def test_what_counts_whole_touches_no_figure_of_the_text(chars: str, spelling: str) -> None:
    figures = "0123456789零〇一二两三四五六七八九十百千万亿"
    for start, end in spans(Value(chars), Literal((), whole=(spelling,))):
        assert chars[start:end] == spelling
        kin = "a" if spelling == "a" else figures
        assert spelling[0] not in kin or chars[start - 1 : start] not in (*kin,)
        assert spelling[-1] not in kin or chars[end : end + 1] not in (*kin,)


@pytest.mark.parametrize("text", ["十五年", "2015年", "3.5年", "三点五年", "5年期", "自5月5年"])
def test_whole_numbers(text: str) -> None:
    found = any(spans(Value(text), Literal((), whole=(spelling,))) for spelling in ("五年", "5年"))
    assert found == (text == "5年期")
