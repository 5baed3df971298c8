"""One index, many threads and coroutines: answers are whole, of one commit, while others build."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import indexer
import webui
from indexer import errors
from tests.support import write

WORDS = ("数据", "安全", "税收", "纳税人", "处理活动")


def test_threads_answer_as_one_would(corpus: Path, index: indexer.Index) -> None:
    index.update([corpus])

    def ask(word: str) -> tuple[list[str], bool, list[str]]:
        hits = [hit.passage.id for hit in index.search(word).hits]
        return hits, index.verify(word).found, [each.path for each in index.documents()]

    alone = {word: ask(word) for word in WORDS}
    with ThreadPoolExecutor(max_workers=8) as threads:
        assert list(threads.map(ask, WORDS * 20)) == [alone[word] for word in WORDS * 20]


def test_one_commit_answers_all_that_a_thread_asks(tmp_path: Path, corpus: Path, index: indexer.Index) -> None:
    index.update([corpus])

    def ask() -> tuple[str, int, int]:
        return index.generation, index.search("后来").total, len(index.documents())

    with index.one_commit():
        before = ask()
        write(tmp_path / "more" / "后来.md", "后来的一段。\n")
        with indexer.open_index(index.path) as other:
            other.update([tmp_path / "more"])
        assert ask() == before
        with ThreadPoolExecutor() as elsewhere:
            assert elsewhere.submit(ask).result() == (other_generation(index), before[1] + 1, before[2] + 1)
    assert ask() == (other_generation(index), before[1] + 1, before[2] + 1)


def other_generation(index: indexer.Index) -> str:
    """What somebody else sees as the last commit."""
    with indexer.open_index(index.path) as other:
        return other.generation


async def test_coroutines_ask_in_threads_while_another_index_object_commits(corpus: Path, index: indexer.Index) -> None:
    index.update([corpus])

    async def ask(number: int) -> int:
        results = await asyncio.to_thread(index.search, "数据", limit=100)
        assert len(results.hits) == results.total
        return results.total

    def commit() -> None:
        with indexer.open_index(index.path) as other:
            for number in range(5):
                write(corpus / f"新{number}.txt", "数据")
                other.update([corpus])

    *totals, _ = await asyncio.gather(*map(ask, range(40)), asyncio.to_thread(commit))
    assert set(totals) <= set(range(totals[0], totals[0] + 6))
    assert await ask(0) == index.search("数据").total


def test_packages_say_that_they_are_typed() -> None:
    from importlib.resources import files

    assert all(files(package).joinpath("py.typed").is_file() for package in ("indexer", "webui"))


class TestAnotherIndexInTheSamePlace:
    """A folder deleted, and a new index built there: whoever has the old one open is told, then reads the new one."""

    @pytest.fixture
    def old(self, tmp_path: Path) -> indexer.Index:
        return self.built(tmp_path, "秘密 数据")

    def built(self, tmp_path: Path, text: str) -> indexer.Index:
        """An index of one document in the one place; every one of them has as many commits."""
        write(tmp_path / "语料" / "一.md", f"# 数据\n\n## 章\n\n{text}，见第一条。\n\n第一条 {text}。\n")
        index = indexer.create_index(tmp_path / "索引")
        index.update([tmp_path / "语料"])
        return index

    def questions(self, index: indexer.Index) -> list[Callable[[], object]]:
        return [
            lambda: [hit.passage.text for hit in index.search("数据").hits],
            lambda: [passage.text for passage in index.passages(index.documents()[0].id)],
            lambda: index.verify("秘密 数据").found,
            lambda: index.complete("秘"),
            lambda: index.explain("数据").words,
            lambda: index.diagnose("不存在的词").words,
            lambda: index.references(index.documents()[0].id),
            lambda: index.outline(index.documents()[0].id),
            lambda: index.stats().passages,
            index.check,
            lambda: index.generation != "",
            lambda: index.analyzer.fingerprint(),
        ]

    def test_every_question_is_put_to_what_is_there(self, old: indexer.Index, tmp_path: Path) -> None:
        answers = [ask() for ask in self.questions(old)]
        generation = old.generation
        shutil.rmtree(old.path)
        for ask in self.questions(old):
            with pytest.raises(errors.IndexMissing):
                ask()
        with pytest.raises(errors.IndexMissing):
            old.update([tmp_path / "语料"])
        new = self.built(tmp_path, "公开 数据")
        fresh = [ask() for ask in self.questions(new)]
        assert [ask() for ask in self.questions(old)] == fresh != answers
        assert old.generation == new.generation != generation
        assert "秘密" not in str(fresh)

    def test_pages_answers_and_tags_are_of_what_is_there(self, old: indexer.Index, tmp_path: Path) -> None:
        client = webui.create_app(old).test_client()
        pages = ("/", "/?q=数据", f"/d/{old.documents()[0].id}")
        tags = {path: client.get(path).headers["ETag"] for path in ("/api/v1/search?q=数据", "/api/v1/facets?q=数据")}

        def ask() -> dict[str, int]:
            known = {path: client.get(path, headers={"If-None-Match": tag}) for path, tag in tags.items()}
            return {
                path: each.status_code for path, each in {**known, **{page: client.get(page) for page in pages}}.items()
            }

        assert ask() == dict.fromkeys(tags, 304) | dict.fromkeys(pages, 200)
        shutil.rmtree(old.path)
        assert set(ask().values()) == {503}
        self.built(tmp_path, "公开 数据")
        assert set(ask().values()) == {200}
        assert all(client.get(path).headers["ETag"] != tag for path, tag in tags.items())
        assert all("公开" in (text := client.get(path).text) and "秘密" not in text for path in (pages[1], *pages[2:]))
        assert "秘密" not in client.get(pages[0]).text

    def test_an_export_is_of_what_is_there(self, old: indexer.Index, tmp_path: Path) -> None:
        from indexer.static_export import export_static

        before = export_static(old, tmp_path / "导出").generation
        shutil.rmtree(old.path)
        self.built(tmp_path, "公开 数据")
        assert export_static(old, tmp_path / "导出").generation != before

    def test_another_format_in_its_place_is_named(self, old: indexer.Index) -> None:
        for path in old.path.glob("*MAIN7_*"):
            path.unlink()
        (old.path / "xunzhang.json").write_text('{"format": 6, "engine": "whoosh"}', "utf-8")
        with pytest.raises(errors.IndexMismatch, match="第 6 版"):
            old.search("数据")
