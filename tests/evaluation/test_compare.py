"""Measuring the ranking: formats read, hits collapsed, measures by hand, settings side by side."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner

import indexer
from indexer.cli import cli
from indexer.errors import BadParameter
from indexer.evaluation.compare import evaluate
from indexer.evaluation.corpus import write_corpus
from indexer.evaluation.measures import significance
from indexer.evaluation.questions import Question, load_questions
from indexer.index.index import Index

LAW = """# 税法

## 第一章 总则

**第一条** 税收优惠由国务院规定。

税收优惠的办法另行公布。

**第二条** 纳税人依法纳税。

## 第二章 附则

**第三条** 本法自公布之日起施行。
"""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    folder = tmp_path / "法规"
    folder.mkdir()
    (folder / "税法.md").write_text(LAW, "utf-8")
    (folder / "说明.txt").write_text("纳税人须知。\n", "utf-8")
    made = indexer.create_index(tmp_path / "索引")
    made.update([folder])
    return made


def ask(text: str, *gold: object) -> Question:
    return Question(text, text, tuple((each, 1) for each in gold))  # type: ignore[misc]


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "utf-8")
    return path


def test_hits_are_collapsed_to_articles_and_what_is_outside_is_skipped(index: Index) -> None:
    gold = {"file": "税法.md", "article": "第二条"}
    (found,) = evaluate(index, [ask("纳税人", gold)]).answered
    assert found.ranking[0] == "法规/税法.md#第二条"
    assert all("#第" in answer for answer in found.ranking)
    (found,) = evaluate(index, [ask("税收优惠", {"file": "税法.md", "article": "第一条"})]).answered
    assert found.ranking == ("法规/税法.md#第一条",)


@pytest.mark.parametrize("name", ["税法", "税法.md", "法规/税法.md"])
def test_documents_are_named_in_several_ways(index: Index, name: str) -> None:
    (found,) = evaluate(index, [ask("国务院", name)]).answered
    assert found.rank == 1


def test_sections_are_paths(index: Index) -> None:
    (found,) = evaluate(index, [ask("施行", {"file": "税法.md", "section": "第二章 附则/第三条"})]).answered
    assert found.rank == 1


def test_a_section_holds_what_stands_below_it(index: Index) -> None:
    (found,) = evaluate(index, [ask("国务院", {"file": "税法.md", "section": "第一章 总则"})]).answered
    assert found.rank == 1


def test_golds_of_several_kinds_side_by_side(index: Index) -> None:
    article = {"file": "税法.md", "article": "第二条"}
    questions = [ask("纳税人", article, "说明"), ask("纳税人须知", "说明"), ask("依法纳税", article)]
    first, second, third = evaluate(index, questions).answered
    assert (first.rank, second.rank, third.rank) == (1, 1, 1)
    assert set(first.ranking[:2]) == {"法规/税法.md#第二条", "法规/说明.txt"}


def test_what_the_index_does_not_hold_is_said(index: Index) -> None:
    held, missing = evaluate(index, [ask("纳税人", "税法"), ask("纳税人", "没有这个")]).answered
    assert (held.missing, missing.missing, missing.rank) == (False, True, None)


def test_measures_are_what_they_are_by_hand(index: Index) -> None:
    questions = [ask("纳税人", "说明", "税法"), ask("国务院", "说明"), ask("须知", "说明")]
    result = evaluate(index, questions)
    assert [each.rank for each in result.answered] == [1, None, 1]
    assert math.isclose(result.means["MRR"], 2 / 3)
    assert math.isclose(result.means["recall"], 2 / 3)
    assert math.isclose(result.means["hit@1"], 2 / 3)
    assert math.isclose(result.means["nDCG"], 2 / 3)
    assert result.median_ms > 0


def test_a_second_place_is_worth_half(index: Index) -> None:
    (first,) = evaluate(index, [ask("纳税人 须知", "税法")]).answered
    assert (first.rank, first.measures["MRR"], first.measures["hit@1"]) == (2, 0.5, 0.0)
    assert math.isclose(first.measures["nDCG"], 1 / math.log2(3))


def test_the_same_against_itself_differs_by_chance_alone(index: Index) -> None:
    result = evaluate(index, [ask("纳税人", "说明"), ask("国务院", "税法")])
    assert significance(result, result, "MRR") == 1.0


def test_qrels_of_trec_and_beir(tmp_path: Path) -> None:
    questions = write(tmp_path / "q.jsonl", {"_id": "1", "text": "甲"}, {"_id": "2", "text": "乙"})
    (tmp_path / "trec.txt").write_text("1 0 d1 2\n1 0 d2 0\n2 0 d3 1\n", "utf-8")
    (tmp_path / "beir.tsv").write_text("query-id\tcorpus-id\tscore\n1\td1\t2\n2\td3\t1\n", "utf-8")
    for name in ("trec.txt", "beir.tsv"):
        assert load_questions(questions, tmp_path / name) == (
            Question("1", "甲", (("d1", 2),)),
            Question("2", "乙", (("d3", 1),)),
        )


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


class TestCommand:
    @pytest.fixture
    def questions(self, tmp_path: Path) -> Path:
        return write(
            tmp_path / "q.jsonl",
            {"question": "纳税人 须知", "gold": "税法"},
            {"question": "国务院", "gold": ["税法"]},
        )

    def test_prints_a_table_and_what_is_lost(self, index: Index, questions: Path) -> None:
        result = CliRunner().invoke(cli, ["eval", str(questions), "--index", str(index.path), "--lost", "5"])
        assert result.exit_code == 0
        assert "0.7500" in result.stdout
        assert "第 2  纳税人 须知" in result.stdout

    def test_compares_two_settings(self, index: Index, questions: Path) -> None:
        options = ["--against", str(index.path), "--without", "lead", "--json"]
        result = CliRunner().invoke(cli, ["eval", str(questions), "--index", str(index.path), *options])
        settings = json.loads(result.stdout)["settings"]
        assert [each["questions"] for each in settings] == [2, 2, 2]
        assert set(settings[0]["means"]) == {"MRR", "nDCG", "recall", "hit@1"} == set(settings[1]["p_values"])
        assert settings[0]["lost"] == [{"id": "1", "question": "纳税人 须知", "rank": 2, "gold": ["法规/税法.md"]}]

    def test_a_corpus_needs_no_index(self, questions: Path, tmp_path: Path) -> None:
        corpus = write(tmp_path / "c.jsonl", {"id": "税法", "text": "国务院规定"}, {"id": "2", "text": "纳税人须知"})
        result = CliRunner().invoke(cli, ["eval", str(questions), "--corpus", str(corpus)])
        assert result.exit_code == 0
        assert "0.5000" in result.stdout
