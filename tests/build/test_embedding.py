"""Which sections are embedded by an update, and which are not again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import indexer
from indexer.errors import BadParameter, IndexMismatch
from indexer.index.index import Index
from indexer.model import Progress
from tests.support import ENGINES, embed, write

ARTICLES = ["出租人应当返还保证金。", "船舶靠泊要登记。", "纳税人应当申报。"]


class Counting:
    """An embedder that tells what it was asked."""

    name = "counting"

    def __init__(self, most: int = 1_000_000) -> None:
        self.texts: list[str] = []
        self._most = most

    def __call__(self, texts: Sequence[str], kind: str) -> list[list[float]]:
        if kind == "passage" and not any("出租人应当按照约定" in text for text in texts):  # those of the signature
            if len(self.texts) >= self._most:
                raise KeyboardInterrupt
            self.texts += texts
        return embed(texts, kind)


def write_law(folder: Path, name: str, articles: Sequence[str]) -> None:
    sections = (f"## 第{number}条\n\n{text}\n" for number, text in enumerate(articles, 1))
    write(folder / f"{name}.md", "\n".join([f"# {name}\n", *sections]))


def vectors(index: Index) -> list[int]:
    return [len(index._engine.vectors(document.id)) for document in index.documents()]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_law(tmp_path / "corpus", "甲法", ARTICLES)
    return tmp_path / "corpus"


@pytest.mark.parametrize("engine", ENGINES)
def test_only_what_changed_is_embedded(tmp_path: Path, corpus: Path, engine: str) -> None:
    counting = Counting()
    with indexer.create_index(tmp_path / "index", engine, embedder=counting) as index:
        assert index.update([corpus], workers=1).embedded == len(counting.texts) == 3
        assert index.update([corpus], workers=1).embedded == 0
        write_law(corpus, "甲法", [*ARTICLES[:2], "纳税人可以申报。"])
        write_law(corpus, "乙法", ["网络安全由部门负责。"])
        assert index.update([corpus], workers=1).embedded == 2
        assert sorted(text.split()[-1] for text in counting.texts[3:]) == ["纳税人可以申报。", "网络安全由部门负责。"]
        assert vectors(index) == [1, 3]


def test_the_same_text_is_embedded_once(tmp_path: Path, corpus: Path) -> None:
    counting = Counting()
    (corpus / "同.md").write_bytes((corpus / "甲法.md").read_bytes())
    with indexer.create_index(tmp_path / "index", embedder=counting) as index:
        assert index.update([corpus], workers=1).embedded == 3
        assert vectors(index) == [3, 3]


def test_other_processes_divide_what_this_one_embeds(tmp_path: Path, corpus: Path) -> None:
    counting = Counting()
    with indexer.create_index(tmp_path / "index", embedder=counting) as index:
        assert index.update([corpus], workers=2).embedded == 3
        assert vectors(index) == [3]


def test_what_an_interrupted_build_has_made_is_there_for_the_next(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.build.embedding.BATCH", 1)
    with indexer.create_index(tmp_path / "index", embedder=Counting(most=2)) as index:
        with pytest.raises(KeyboardInterrupt):
            index.update([corpus], workers=1)
        assert index.documents() == ()
    again = Counting()
    with indexer.open_index(tmp_path / "index", embedder=again) as index:
        assert index.update([corpus], workers=1).embedded == len(again.texts) == 1
        assert vectors(index) == [3]
    assert not list((tmp_path / "index").glob("*.embedded"))


def test_progress_tells_of_sections(tmp_path: Path, corpus: Path) -> None:
    told: list[Progress] = []
    with indexer.create_index(tmp_path / "index", embedder=embed) as index:
        index.update([corpus], progress=told.append, workers=1)
    assert [each.embedded for each in told] == sorted(each.embedded for each in told)
    assert told[-1].embedded == 3


def test_vectors_go_with_their_document(tmp_path: Path, corpus: Path) -> None:
    write_law(corpus, "乙法", ["网络安全由部门负责。"])
    with indexer.create_index(tmp_path / "index", embedder=embed) as index:
        index.update([corpus])
        index.remove(["corpus/甲法.md"])
        assert vectors(index) == [1]
        assert index.search("房东 押金", match="near").tiers["near"] == 1


def test_many_commits_are_merged_with_their_vectors(tmp_path: Path, corpus: Path) -> None:
    counting = Counting()
    with indexer.create_index(tmp_path / "index", embedder=counting) as index:
        for number in range(8):
            write_law(corpus, f"法{number}", [f"第{number}个部门负责网络安全。"])
            index.update([corpus], workers=1)
        assert len(counting.texts) == 11
        assert vectors(index) == [1] * 8 + [3]
        assert index.check() == ()


class TestWithoutTheModel:
    def test_an_index_with_vectors_is_not_updated(self, tmp_path: Path, corpus: Path) -> None:
        indexer.create_index(tmp_path / "index", embedder=embed).close()
        with indexer.open_index(tmp_path / "index") as index, pytest.raises(BadParameter, match="embed"):
            index.update([corpus])

    def test_documents_can_be_taken_out(self, tmp_path: Path, corpus: Path) -> None:
        with indexer.create_index(tmp_path / "index", embedder=embed) as index:
            index.update([corpus])
        with indexer.open_index(tmp_path / "index") as index:
            assert index.remove(["corpus/甲法.md"]).removed == ("corpus/甲法.md",)

    def test_an_index_without_vectors_gets_none_by_an_update(self, tmp_path: Path, corpus: Path) -> None:
        indexer.create_index(tmp_path / "index").close()
        with indexer.open_index(tmp_path / "index", embedder=embed) as index, pytest.raises(IndexMismatch):
            index.update([corpus])
