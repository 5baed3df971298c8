"""The table of what regions call otherwise."""

from __future__ import annotations

from indexer.analysis.fold import fold_key
from indexer.analysis.regional import regional_words
from indexer.analysis.wordings import LONGEST


def test_words_are_folded_and_lead_to_each_other() -> None:
    table = regional_words()
    for word, others in table.items():
        assert others
        assert word not in others
        for each in (word, *others):
            assert fold_key(each) == each
            assert 1 < len(each) <= LONGEST
            assert each in table
        assert all(word in table[other] for other in others)
