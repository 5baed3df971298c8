"""Updating an index: what is read again, what is kept, what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer
from indexer import documents, errors
from indexer.index.index import Index
from indexer.model import Failure, Progress
from tests.documents.formats.packages import docx, paragraph
from tests.support import paths, write


def test_cuts_and_dropped_parts_are_counted(index: Index, tmp_path: Path) -> None:
    write(tmp_path / "甲" / "长.txt", "甲" * 10_000)
    write(tmp_path / "甲" / "页.html", '<p>正文。</p><div class="related"><a>另一条新闻</a></div>')
    report = index.update([tmp_path / "甲"])
    assert (report.cuts, report.dropped) == (2, 1)
    assert (index.update([tmp_path / "甲"]).cuts, report.passages) == (0, 4)


class TestIncrements:
    def test_only_what_changed_is_read(self, index: Index, corpus: Path) -> None:
        first = index.update([corpus])
        assert (first.added, first.updated, first.unchanged) == (("语料/一.md", "语料/二.txt"), (), ())
        write(corpus / "一.md", "# 数据安全法\n\n第一条 新的条文。\n")
        second = index.update([corpus])
        assert (second.added, second.updated, second.unchanged) == ((), ("语料/一.md",), ("语料/二.txt",))
        assert [passage.text for passage in index.passages("语料/一.md")] == ["数据安全法", "第一条 新的条文。"]

    def test_a_new_parser_reads_every_root_again(
        self, index: Index, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path / "更多" / "三.txt", "另一处。")
        index.update([corpus, tmp_path / "更多"])
        monkeypatch.setattr(documents, "VERSION", "以后")
        assert index.update([corpus]).updated == ("语料/一.md", "语料/二.txt")
        assert index.update([tmp_path / "更多"]).updated == ("更多/三.txt",)
        index.update([corpus, tmp_path / "更多"])
        assert index.update([corpus, tmp_path / "更多"]).updated == ()

    def test_nothing_changed_is_no_commit(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        generation = index.generation
        index.update([corpus])
        assert index.generation == generation

    def test_ids_stay_over_updates_and_insertions(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        before = index.document("语料/二.txt").id
        write(corpus / "二.txt", "税收征收管理\n\n新的一段。\n\n纳税人应当依法纳税。\n")
        index.update([corpus])
        assert index.document("语料/二.txt").id == before
        last = index.passages(before)[-1]
        assert last.id == f"{before}-2"
        assert indexer.permalink(last).startswith(f"{last.id}.")

    def test_prune_takes_out_only_what_is_gone_under_the_roots_named(
        self, index: Index, corpus: Path, tmp_path: Path
    ) -> None:
        other = tmp_path / "别处"
        write(other / "三.txt", "别处的文档。")
        index.update([corpus, other])
        (corpus / "二.txt").unlink()
        (other / "三.txt").unlink()
        assert index.update([corpus]).removed == ()
        assert index.update([corpus]).gone == ("语料/二.txt",)
        pruned = index.update([corpus], prune=True)
        assert (pruned.removed, pruned.gone) == (("语料/二.txt",), ())
        assert paths(index) == ["别处/三.txt", "语料/一.md"]

    def test_a_renamed_file_keeps_its_id(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        before = index.document("语料/二.txt").id
        (corpus / "子").mkdir()
        (corpus / "二.txt").rename(corpus / "子" / "新名.txt")
        report = index.update([corpus], prune=True)
        assert (report.renamed, report.removed, report.added) == (("语料/子/新名.txt",), (), ())
        assert index.document("语料/子/新名.txt").id == before
        write(corpus / "二.txt", "占了旧名字的新文档。")
        index.update([corpus])
        assert len({document.id for document in index.documents()}) == 3

    def test_a_single_file_of_a_known_folder_is_the_same_document(self, index: Index, corpus: Path) -> None:
        write(corpus / "深" / "处.txt", "一段。")
        index.update([corpus])
        write(corpus / "深" / "处.txt", "另一段。")
        assert index.update([corpus / "深" / "处.txt"]).updated == ("语料/深/处.txt",)
        assert len(paths(index)) == 3

    def test_remove(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        with pytest.raises(errors.NotFound):
            index.remove(["语料/一.md", "没有.md"])
        assert len(paths(index)) == 2
        assert index.remove(["语料/一.md"]).removed == ("语料/一.md",)
        assert paths(index) == ["语料/二.txt"]

    def test_a_document_by_id_or_path(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        one, two = index.documents()
        assert [index.document(each) for each in (one.id, one.path, two.path)] == [one, one, two]
        for wanted in ("语料", "一.md", "", "没有.md"):
            with pytest.raises(errors.NotFound, match="没有文档"):
                index.document(wanted)
        write(corpus / "一.md", "改过的一段。")
        index.update([corpus])
        assert index.document(one.path) == index.document(one.id) != one
        index.remove([one.id, two.path])
        for gone in (one.id, one.path, two.id, two.path):
            with pytest.raises(errors.NotFound):
                index.document(gone)

    def test_progress_counts_files_and_passages(self, index: Index, corpus: Path) -> None:
        seen: list[Progress] = []
        index.update([corpus], progress=seen.append)
        assert [(each.files, each.total) for each in seen] == [(1, 2), (2, 2)]
        assert seen[-1].passages == index.stats().passages == 4

    def test_many_commits_leave_few_segments(self, index: Index, corpus: Path) -> None:
        for number in range(30):
            write(corpus / f"{number}.txt", f"第{number}份文档。")
            index.update([corpus])
        assert len(paths(index)) == 32
        assert len(list(index.path.glob("*.trm"))) <= 12
        assert index.check() == ()
        assert [passage.text for passage in index.passages("语料/7.txt")] == ["第7份文档。"]


def test_little_memory_makes_more_segments_and_the_same_answers(
    index: Index, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.whoosh.commits.commit._LEAST_CHARACTERS", 10)
    write(corpus / "长.txt", "数据安全与税收征管。")
    with indexer.create_index(tmp_path / "small") as small, indexer.create_index(tmp_path / "large") as large:
        small.update([corpus], memory=1)
        large.update([corpus])
        assert len(list(small.path.glob("*.arrays"))) > len(list(large.path.glob("*.arrays")))
        found = [[hit.passage for hit in each.search("数据").hits] for each in (small, large)]
        assert found[0] == found[1] != []


class TestFailures:
    def failing(self, index: Index, corpus: Path) -> dict[str, str]:
        report = index.update([corpus])
        assert "语料/一.md" in report.added
        return {failure.path: failure.reason for failure in report.failed}

    def test_a_binary_file_does_not_stop_the_others(self, index: Index, corpus: Path) -> None:
        (corpus / "坏.txt").write_bytes(bytes(range(256)) * 40)
        assert list(self.failing(index, corpus)) == ["语料/坏.txt"]

    def test_a_file_that_turns_unreadable_keeps_its_last_state(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        (corpus / "二.txt").write_bytes(bytes(range(256)) * 40)
        report = index.update([corpus], prune=True)
        assert [failure.path for failure in report.failed] == ["语料/二.txt"]
        assert index.passages("语料/二.txt")[-1].text == "纳税人应当依法纳税。"

    def test_a_file_that_is_no_text_and_gives_none_is_reported_an_empty_one_is_not(
        self, index: Index, corpus: Path
    ) -> None:
        (corpus / "白.docx").write_bytes(docx(""))
        (corpus / "字.docx").write_bytes(docx(paragraph("一段话。")))
        (corpus / "空.docx").write_bytes(b"")
        write(corpus / "白.md", "\n\n")
        failed = self.failing(index, corpus)
        assert {path: "没有读到文字" in reason for path, reason in failed.items()} == {"语料/白.docx": True}

    def test_read_reports_what_it_cannot_read(self, corpus: Path) -> None:
        (corpus / "坏.txt").write_bytes(bytes(range(256)) * 40)
        failures: list[Failure] = []
        found = list(indexer.read([corpus], on_failure=failures.append))
        assert [document.path for document, _ in found] == ["语料/一.md", "语料/二.txt"]
        assert [failure.path for failure in failures] == ["语料/坏.txt"]
