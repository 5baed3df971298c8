"""Looking into many texts at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.fold import fold_key
from indexer.engines.whoosh.segments import value_tables
from indexer.engines.whoosh.segments.value_tables import JoinedTexts, ValueTable, ValueTexts
from indexer.model import Glob, Literal, Wild
from indexer.query.spans import Value, holds
from tests.support import count_calls

TEXT = st.text(alphabet="甲乙丙𠮷", max_size=6)


@pytest.mark.parametrize("paid", [0, 1])
@given(texts=st.lists(TEXT, max_size=6), spelling=TEXT.filter(bool))
def test_a_text_contains_what_python_finds_in_it(paid: int, texts: list[str], spelling: str) -> None:
    """Asked once, when texts are gone through, and again, when their pairs are in order."""
    joined = JoinedTexts(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(value_tables, "_PAID", paid)
        asked = [joined.containing(spelling).tolist() for _ in range(2)]
    assert asked == [[spelling in text for text in texts]] * 2
    assert "_pairs" in joined.__dict__


def test_only_where_the_place_passes() -> None:
    texts = JoinedTexts(["甲乙甲", "乙甲", "甲"])
    assert texts.containing("甲", lambda text, start, end: text[start - 1] == "乙").tolist() == [True, True, False]


class Codes:
    """The characters of joined texts, and how often any were looked at."""

    def __init__(self, codes: np.ndarray) -> None:
        self._codes, self.asked = codes, 0

    def __getitem__(self, places: np.ndarray) -> np.ndarray:
        self.asked += 1
        found: np.ndarray = self._codes[places]
        return found


@pytest.mark.parametrize(
    ("spelling", "times"), [("甲乙" + "丙" * 900, 0), ("乙丙甲", 0), ("甲乙丙丁", 1), ("甲乙甲", 1), ("甲", 0)]
)
def test_of_a_long_run_only_so_much_is_compared_as_stands_somewhere(
    spelling: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(value_tables, "_PAID", 0)
    texts = JoinedTexts(["甲乙甲", "甲乙", "丁丁"])
    texts.containing("甲乙")
    codes = texts.__dict__["_codes"] = Codes(texts._codes)
    assert texts.containing(spelling).tolist() == [spelling in text for text in ("甲乙甲", "甲乙", "丁丁")]
    assert codes.asked == times


WRITTEN = st.text(alphabet="发發乾 a，", min_size=1, max_size=6).filter(fold_key)
PIECES = st.lists(WRITTEN | st.sampled_from(Wild), max_size=4)


@st.composite
def leaves(draw: st.DrawFn) -> Literal | Glob:
    typed = draw(WRITTEN)
    if draw(st.booleans()):
        whole = (fold_key(draw(WRITTEN)),) if draw(st.booleans()) else ()
        return Literal((fold_key(typed),), original=typed if draw(st.booleans()) else "", whole=whole)
    pieces = [*draw(PIECES), typed, *draw(PIECES)]
    return Glob(
        tuple(piece if isinstance(piece, Wild) else fold_key(piece) for piece in pieces),
        **draw(st.sampled_from([{}, {"starts_word": True}, {"ends_word": True}])),
        originals=tuple(piece for piece in pieces if not isinstance(piece, Wild)) if draw(st.booleans()) else (),
    )


@given(texts=st.lists(WRITTEN, max_size=6), leaf=leaves())
def test_texts_hold_what_each_by_itself_holds(texts: list[str], leaf: Literal | Glob) -> None:
    folded = list(map(fold_key, texts))
    each = [holds(Value(chars, text, (len(chars),)), leaf) for chars, text in zip(folded, texts, strict=True)]
    assert ValueTexts(texts, folded).holding(leaf).tolist() == each


@pytest.mark.parametrize(
    ("leaf", "looked_at"),
    [
        (Glob(("发", Wild.ONE, "法")), 0),
        (Glob(("发", Wild.MANY, "法")), 0),
        (Literal(("发展",), original="发展"), 1),  # 發展 alone is written otherwise
        (Glob(("发",), starts_word=True), 3),
        (Literal(("税",), original="税"), 0),
    ],
)
def test_only_texts_of_which_it_is_not_known_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, leaf: Literal | Glob, looked_at: int
) -> None:
    texts = ["发展法", "發展", "发改法", "法"]
    looked = count_calls(monkeypatch, value_tables, "holds")
    ValueTexts(texts, list(map(fold_key, texts))).holding(leaf)
    assert len(looked) == looked_at


def test_a_value_holds_what_one_of_its_texts_holds() -> None:
    table = ValueTable([("甲", "乙丙"), (), ("丙乙",)], [("甲", "乙丙"), (), ("丙乙",)], numbers=[])
    assert table.holding(Glob(("乙", Wild.ONE))).tolist() == [True, False, False]
    assert table.containing("乙").tolist() == [True, False, True]
