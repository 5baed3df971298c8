"""Question files and judgements are read; bad ones are told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import BadParameter
from indexer.evaluation.compare import evaluate
from indexer.evaluation.questions import Question, load_questions
from indexer.index.index import Index
from tests.evaluation.conftest import write


def test_qrels_of_trec_and_beir(tmp_path: Path) -> None:
    questions = write(tmp_path / "q.jsonl", {"_id": "1", "text": "甲"}, {"_id": "2", "text": "乙"})
    (tmp_path / "trec.txt").write_text("1 0 d1 2\n1 0 d2 0\n2 0 d3 1\n", "utf-8")
    (tmp_path / "beir.tsv").write_text("query-id\tcorpus-id\tscore\n1\td1\t2\n2\td3\t1\n", "utf-8")
    for name in ("trec.txt", "beir.tsv"):
        assert load_questions(questions, tmp_path / name) == (
            Question("1", "甲", (("d1", 2),)),
            Question("2", "乙", (("d3", 1),)),
        )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "第 1 行不是 JSON"),
        ("[1]", "第 1 行不是对象"),
        ('{"question": "甲", "gold": [{"article": "第一条"}]}', "第 1 个问题看不懂"),
        ("", "没有可评测的问题"),
        ('{"question": "甲", "gold": "没有"}', "都不在这个索引里"),
    ],
    ids=["no JSON", "no object", "no file", "empty", "another corpus"],
)
def test_bad_files_are_told_in_a_sentence(index: Index, tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "q.jsonl").write_text(content, "utf-8")
    with pytest.raises(BadParameter, match=says):
        evaluate(index, load_questions(tmp_path / "q.jsonl"))


def test_a_file_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="（没有这个文件或目录）。") as caught:
        load_questions(tmp_path / "q.jsonl")
    assert "Errno" not in str(caught.value)
