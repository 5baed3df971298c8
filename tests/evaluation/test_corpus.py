"""A corpus of JSON Lines becomes documents."""

from __future__ import annotations

from pathlib import Path

import indexer
from indexer.evaluation.compare import evaluate
from indexer.evaluation.corpus import write_corpus
from tests.evaluation.conftest import ask, write


def test_a_corpus_of_json_lines_becomes_documents(tmp_path: Path) -> None:
    corpus = write(
        tmp_path / "c.jsonl", {"_id": "甲/1", "title": "题", "text": "一段\n话"}, {"id": "2", "text": "又一段"}
    )
    write_corpus(corpus, tmp_path / "文")
    index = indexer.create_index(tmp_path / "索引")
    assert not index.update([tmp_path / "文"]).failed
    result = evaluate(index, [ask("一段话", "甲/1"), ask("又一段", "2")])
    assert result.means["MRR"] == 1.0
    assert {document.title for document in index.documents()} == {"2", "题"}
