"""What is found by its meaning, beside what is found by words: with an embedder that tests can reckon with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
from indexer.engines import scoring
from indexer.errors import IndexMismatch
from indexer.index.index import Index
from indexer.model import Results
from tests.support import ENGINES, ROOT, embed, write

LEASE = "出租人应当返还保证金。"
LAW = {
    "租赁法": [LEASE, "房东与房客另有约定的，依照约定。", "船舶靠泊要登记。"],
    "安全法": ["网络安全由部门负责。", "数据安全由部门负责。", "信息保护由部门负责。"],
    "税法": ["纳税人应当申报。", "税收由机关征管。"],
}


def write_laws(folder: Path) -> None:
    for name, articles in LAW.items():
        sections = (f"## 第{number}条\n\n{text}\n" for number, text in enumerate(articles, 1))
        write(folder / f"{name}.md", "\n".join([f"# {name}\n", *sections]))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws") / "laws"
    write_laws(folder)
    return folder


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path, corpus: Path) -> Iterator[Index]:
    with indexer.create_index(tmp_path / "index", request.param, embedder=embed) as made:
        made.update([corpus], workers=1)
        yield made


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def texts(results: Results, tier: str = "near") -> list[str]:
    return [hit.passage.text for hit in results.hits if hit.tier == tier]


class TestNear:
    def test_what_shares_no_word_is_listed_when_it_is_asked_for(self, index: Index) -> None:
        found = index.search("押金", match="near")
        assert texts(found)[0] == LEASE
        assert (found.total, found.entries, found.lists_near) == (0, found.tiers["near"], True)

    def test_by_default_it_is_counted_and_not_listed(self, index: Index) -> None:
        found = index.search("押金")
        assert found.tiers["near"] > 0
        assert (found.total, found.entries, found.hits, found.lists_near) == (0, 0, (), False)

    def test_it_comes_after_all_that_shares_a_word(self, index: Index) -> None:
        found = index.search("房东 押金", match="near")
        assert [hit.tier.value for hit in found.hits] == ["some", *["near"] * found.tiers["near"]]
        assert texts(found)[0] == LEASE

    def test_nothing_of_it_is_marked(self, index: Index) -> None:
        for hit in index.search("押金", match="near").hits:
            assert (hit.highlights, hit.path_highlights, hit.title_highlights) == ((), (), ())

    def test_a_page_goes_on_into_it(self, index: Index) -> None:
        whole = index.search("房东 押金", match="near")
        pages = [index.search("房东 押金", match="near", offset=at, limit=1).hits for at in range(whole.entries)]
        assert [hit.passage.id for page in pages for hit in page] == [hit.passage.id for hit in whole.hits]

    def test_what_is_left_out_or_filtered_is_not_near(self, index: Index) -> None:
        assert LEASE not in texts(index.search("押金 -返还", match="near"))
        assert LEASE not in texts(index.search("押金 文档:税法", match="near"))
        assert LEASE not in texts(index.search("押金", match="near", document=["laws/税法.md"]))
        assert LEASE in texts(index.search("押金 文档:租赁法", match="near"))

    @pytest.mark.parametrize("query", ["“押金”", "押金*", ""])
    def test_what_is_meant_literally_has_nothing_near(self, index: Index, query: str) -> None:
        assert index.search(query, match="near").tiers["near"] == 0

    @pytest.mark.parametrize("options", [{"match": "all"}, {"match": "exact"}, {"script": "exact"}])
    def test_who_asks_for_words_gets_words(self, index: Index, options: dict[str, str]) -> None:
        assert index.search("押金", **options).tiers["near"] == 0  # type: ignore[arg-type]

    def test_facets_count_what_is_listed(self, index: Index) -> None:
        listed, counted = (index.search("押金", match=match, facets=("document",)) for match in ("near", "auto"))
        assert sum(value.some for value in listed.facets["document"]) == listed.tiers["near"]
        assert counted.facets["document"] == ()


class TestRanking:
    def test_meaning_decides_where_words_leave_it_open(self, index: Index) -> None:
        query = "部门负责 数据信息"
        plain, ranked = index.search(query, without=["dense"], limit=20), index.search(query, limit=20)
        assert {hit.passage.id for hit in plain.hits} == {hit.passage.id for hit in ranked.hits}
        assert all("dense" not in hit.parts for hit in plain.hits)
        assert [hit.tier for hit in ranked.hits] == [hit.tier for hit in plain.hits]

    @pytest.mark.parametrize(("sections", "leads"), [(scoring.RIVAL, True), (scoring.RIVAL - 1, False)])
    def test_of_many_alike_the_one_that_means_it_leads(
        self, tmp_path: Path, engine: str, sections: int, leads: bool
    ) -> None:
        """By its words it is the last, being the longest; where few answer it stays that."""
        alike = ["机关应当办理手续。"] * (sections - 1)
        articles = [*alike, "机关应当办理手续，另行依法保证。"]
        text = "".join(f"## 第{number}条\n\n{article}\n\n" for number, article in enumerate(articles, 1))
        write(tmp_path / "laws" / "办法.md", f"# 办法\n\n{text}")
        with indexer.create_index(tmp_path / "index", engine, embedder=embed) as index:
            index.update([tmp_path / "laws"], workers=1)
            plain, ranked = (index.search("办理手续 押金", without=out).hits for out in (["dense"], []))
        meant = (f"第{sections}条",)
        assert (plain[0].passage.section == meant, ranked[0].passage.section == meant) == (False, leads)

    def test_it_is_silent_where_few_answer(self, index: Index) -> None:
        (hit,) = index.search("船舶").hits
        assert hit.parts["dense"] == 0.0

    def test_without_it_scores_are_those_of_an_index_without_vectors(
        self, index: Index, tmp_path: Path, corpus: Path
    ) -> None:
        with indexer.create_index(tmp_path / "plain", index.stats().engine) as plain:
            plain.update([corpus], workers=1)
            for query in ("部门负责", "纳税 申报", "押金", "第1条"):
                scored = [
                    [(hit.passage.id, hit.score, hit.tier) for hit in each.search(query, without=without).hits]
                    for each, without in ((plain, ()), (index, ("dense",)))
                ]
                assert scored[0] == scored[1]


class TestLike:
    """The passage ``数据要退还。`` and its likes: one shares a word, one means the same without."""

    @pytest.fixture
    def laws(self, tmp_path: Path) -> Path:
        for name, articles in {
            "甲": ["数据要退还。", "船舶靠泊登记。"],
            "乙": ["纳税申报，多的退还。", "税收征管。"],
            "丙": ["信息另算。", "婚姻自由。"],
        }.items():
            sections = "".join(f"## 第{number}条\n\n{text}\n\n" for number, text in enumerate(articles, 1))
            write(tmp_path / "laws" / f"{name}.md", f"# {name}\n\n{sections}")
        return tmp_path / "laws"

    @pytest.fixture
    def stored(self, laws: Path, tmp_path: Path, engine: str) -> Iterator[Index]:
        with indexer.create_index(tmp_path / "index", engine, embedder=embed) as made:
            made.update([laws], workers=1)
            yield made

    def likes(self, index: Index, **options: object) -> list[str]:
        (example,) = index.search("数据").hits
        return texts(index.search(like=example.passage.id, **options))  # type: ignore[arg-type]

    def test_what_means_the_same_comes_after_what_shares_a_word(self, stored: Index) -> None:
        assert self.likes(stored) == ["纳税申报，多的退还。", "信息另算。"]
        assert self.likes(stored, without=["dense"]) == ["纳税申报，多的退还。"]

    def test_filters_hold(self, stored: Index) -> None:
        assert self.likes(stored, document=["laws/丙.md"]) == ["信息另算。"]
        assert "数据要退还。" not in self.likes(stored, document=["laws/甲.md"])

    def test_the_model_is_not_needed(self, laws: Path, tmp_path: Path) -> None:
        with indexer.create_index(tmp_path / "other", embedder=embed) as made:
            made.update([laws], workers=1)
        with indexer.open_index(tmp_path / "other") as opened:
            assert self.likes(opened) == ["纳税申报，多的退还。", "信息另算。"]

    def test_a_document_of_one_section_is_like_what_says_it_too(self, tmp_path: Path, engine: str) -> None:
        write(tmp_path / "laws" / "甲.md", "# 甲\n\n## 一、总则\n\n数据要退还。\n")
        write(tmp_path / "laws" / "乙.md", "# 乙\n\n## 二、附则\n\n信息另算。\n\n## 三、其他\n\n船舶海上。\n")
        with indexer.create_index(tmp_path / "index", engine, embedder=embed) as index:
            index.update([tmp_path / "laws"], workers=1)
            assert self.likes(index) == ["信息另算。"]


class TestWithoutTheModel:
    @pytest.fixture
    def folder(self, tmp_path: Path, corpus: Path) -> Path:
        with indexer.create_index(tmp_path / "index", embedder=embed) as made:
            made.update([corpus], workers=1)
        return tmp_path / "index"

    def test_words_answer_and_a_warning_says_so(self, folder: Path) -> None:
        with indexer.open_index(folder) as opened:
            found = opened.search("房东", match="near")
        assert [warning.code for warning in found.warnings] == ["no_embedder"]
        assert (found.total, found.tiers["near"], found.lists_near) == (1, 0, False)

    def test_with_it_nothing_is_warned_of(self, folder: Path) -> None:
        with indexer.open_index(folder, embedder="python:tests.support:embed") as opened:
            assert opened.search("房东").warnings == ()

    def test_another_model_is_refused(self, folder: Path) -> None:
        with pytest.raises(IndexMismatch) as refused:
            indexer.open_index(folder, embedder=lambda texts, kind: [[1.0, 2.0]] * len(texts))
        assert "--rebuild" in refused.value.hint

    def test_a_model_is_of_no_use_to_an_index_without_vectors(self, tmp_path: Path, corpus: Path) -> None:
        with indexer.create_index(tmp_path / "index") as made:
            made.update([corpus], workers=1)
        with indexer.open_index(tmp_path / "index", embedder=embed) as opened:
            found = opened.search("房东")
        assert [warning.code for warning in found.warnings] == ["no_vectors"]
        assert (found.total, found.tiers["near"]) == (1, 0)

    def test_an_open_index_follows_a_rebuild_without_vectors(self, folder: Path, corpus: Path) -> None:
        with indexer.open_index(folder, embedder=embed) as opened:
            assert opened.search("押金").tiers["near"] > 0
            with indexer.create_index(folder, replace_existing=True) as rebuilt:
                rebuilt.update([corpus], workers=1)
            found = opened.search("押金")
            assert (found.tiers["near"], [warning.code for warning in found.warnings]) == (0, ["no_vectors"])

    def test_nothing_of_models_is_imported(self, tmp_path: Path, corpus: Path) -> None:
        code = (
            "import indexer, sys\n"
            f"with indexer.create_index({str(tmp_path / 'index')!r}) as index:\n"
            f"    index.update([{str(corpus)!r}], workers=1)\n"
            "    assert index.search('房东').total == 1\n"
            "print(*[name for name in sys.modules if name.partition('.')[0] in ('onnxruntime', 'tokenizers')])\n"
        )
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        assert run.stdout.split() == []


def test_an_index_without_a_model_is_written_as_before(tmp_path: Path, corpus: Path) -> None:
    """Nothing in it that a program without embedders does not know."""
    with indexer.create_index(tmp_path / "index") as made:
        made.update([corpus], workers=1)
        readers = made._engine._snapshot.readers  # type: ignore[attr-defined]
        assert not [name for reader in readers for name in reader.file.names() if name.startswith("vectors")]
        assert "embedder" not in made.stats().fingerprint
