"""What words are called otherwise."""

from __future__ import annotations

import pytest

from indexer.analysis.fold import fold_key
from indexer.analysis.regional import regional_words
from indexer.analysis.tables import entries
from indexer.analysis.wordings import LONGEST, other_wordings
from indexer.query.pieces import pieces_of
from tests.support import ANALYZER


def test_words_are_folded_and_stand_in_one_entry() -> None:
    listed = [word for entry in entries("wordings.txt") for word in entry.partition(" → ")[0].split()]
    assert len(set(listed)) == len(listed)
    assert [fold_key(word) for word in listed] == listed
    assert all(1 < len(word) <= LONGEST for word in listed)
    for word, others in other_wordings().items():
        assert others
        assert word not in others
        assert [fold_key(other) for other in others] == list(others)


def test_what_regions_call_otherwise_is_kept() -> None:
    assert all(set(others) <= set(other_wordings()[word]) for word, others in regional_words().items())


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("贷款帐户", ("账户",)),
        ("贷款账户", ("帐户",)),
        ("银行帐户", ("银行账户",)),
        ("国家发改委", ("发展和改革委员会", "发展改革委")),
        ("最高院", ("最高人民法院",)),
        ("市监局", ("市场监督管理局",)),
    ],
)
def test_another_spelling_and_what_is_short_for_what(query: str, others: tuple[str, ...]) -> None:
    assert [piece.others for piece in pieces_of(query, ANALYZER) if piece.others] == [others]


@pytest.mark.parametrize("query", ["订金", "定金", "截止", "发展和改革委员会", "最高人民法院", "最高", "发改"])
def test_what_means_something_else_and_what_is_in_full(query: str) -> None:
    assert not any(piece.others for piece in pieces_of(query, ANALYZER))
