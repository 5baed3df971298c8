"""Many texts at once give what each gives alone: folding, and segmentation of a whole document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, UserDictionary
from indexer.analysis.fold import fold
from indexer.analysis.fold_batch import fold_all
from indexer.model import Document, Passage

# White space of several kinds, what takes no room, what folds to several, letters, Han, marks, a lone surrogate.
_CHARACTERS = " \n\r\t\x1c\x85\u3000\u2028\u200b\ufeffａAzβßİ１9_，。（)㍿㏂½¨ﬁ乾發髮薴𠀀数据かカ\udc80\x00"
_TEXTS = st.lists(st.one_of(st.text(st.sampled_from(_CHARACTERS), max_size=12), st.text(max_size=8)), max_size=6)
_ANALYZERS = [
    Analyzer(),
    Analyzer(segmenter="jieba"),
    Analyzer(UserDictionary.parse(["GB/T 7714\t", "数据 安全", "big data", "c++"])),
]


@given(_TEXTS)
def test_folds_each_as_alone(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text).text for text in texts]


@pytest.mark.parametrize("analyzer", _ANALYZERS, ids=["rjieba", "jieba", "user words"])
@given(st.lists(st.text(st.sampled_from("数据安全法第一条 \n\r,.。-+/aBc1GT7714bigdat"), max_size=20), max_size=5))
def test_cuts_each_as_alone(analyzer: Analyzer, texts: list[str]) -> None:
    passages = [Passage("a", ordinal, text) for ordinal, text in enumerate(texts)]
    analyzed = analyzer.analyze(Document("a", "a.md", "标题"), passages).passages
    assert [each.chars for each in analyzed] == [fold(text).text for text in texts]
    assert [each.lengths for each in analyzed] == [tuple(map(len, analyzer.cut(fold(text).text))) for text in texts]
    assert [list(each.words) for each in analyzed] == [analyzer.words(fold(text).text) for text in texts]
