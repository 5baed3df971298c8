"""Passages as tokens, all in one go and one by one."""

from __future__ import annotations

import pickle

from indexer.analysis import Analyzer
from indexer.model import AnalyzedPassage, AnalyzedPassages, Document, Passage

TEXTS = ["第一条 石桥的看护。", "", "Big Data、石桥"]


def test_each_passage_by_itself_has_its_own_pieces() -> None:
    passages = [Passage("a", ordinal, text, section=("总 则",)) for ordinal, text in enumerate(TEXTS)]
    found = Analyzer().analyze(Document("a", "a.md", "标题"), passages).passages
    assert [each.passage for each in found] == passages
    assert found[2] == AnalyzedPassage(
        passages[2], "big data、石桥", (3, 1, 4, 1, 2), ("big", "data", "石桥"), ("总则",), ()
    )
    assert (found[1].lengths, found[1].words) == ((), ())
    assert found[1:] == tuple(found)[1:]
    assert [sum(each.lengths) for each in found] == [len(each.chars) for each in found]


def test_another_process_gets_the_same() -> None:
    found = Analyzer().analyze(Document("a", "a.md", "标题"), [Passage("a", 0, text) for text in TEXTS[:1]]).passages
    assert pickle.loads(pickle.dumps(found)) == found
    assert list(pickle.loads(pickle.dumps(found))) == list(found)


def test_those_at_hand_one_by_one_are_put_together() -> None:
    passages = [Passage("a", ordinal, text, topics=("看护",)) for ordinal, text in enumerate(TEXTS)]
    found = Analyzer().analyze(Document("a", "a.md", "标题"), passages).passages
    assert AnalyzedPassages.of(tuple(found)) == found
    assert AnalyzedPassages.of(tuple(found)[:2]) != found
