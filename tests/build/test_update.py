"""Updating an index: what is read again, what is kept, what is reported, and which indexes are refused."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

import indexer
from indexer import documents, errors
from indexer.build import reader, update
from indexer.index.index import Index
from indexer.model import Failure, Progress
from indexer.sources.discover import discover
from tests.support import ROOT, paths, write

T = TypeVar("T")


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


def die(_: object) -> None:
    os._exit(1)


class TestWorkers:
    """Files read by other processes: the same index, the same report."""

    def test_the_same_as_alone(self, index: Index, corpus: Path, tmp_path: Path) -> None:
        for number in range(40):
            write(corpus / f"{number:02}.md", f"# 题{number}\n\n## 一、总则\n\n第{number}段，数据安全。\n")
        (corpus / "坏.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
        alone = indexer.create_index(tmp_path / "独自")
        reports = [index.update([corpus], workers=2), alone.update([corpus])]
        assert reports[0].added == reports[1].added
        assert reports[0].failed == reports[1].failed != ()
        assert index.documents() == alone.documents()
        for document in index.documents():
            assert index.passages(document.id) == alone.passages(document.id)
        asked = [each.search("数据安全").hits for each in (index, alone)]
        assert [hit.score for hit in asked[0]] == [hit.score for hit in asked[1]]
        assert index.update([corpus], workers=2).unchanged == reports[0].added

    def test_a_process_that_dies_leaves_its_files_to_us(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(30):
            write(corpus / f"{number:02}.txt", f"第{number}段。")
        monkeypatch.setattr(reader, "_read_there", die)
        report = index.update([corpus], workers=2)
        assert len(report.added) == 32
        assert report.failed == ()
        assert index.check() == ()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_a_killed_build_takes_its_processes_along(tmp_path: Path) -> None:
    for number in range(400):
        write(tmp_path / "文" / f"{number:03}.md", f"# 题{number}\n\n" + "数据安全，依法管理。\n\n" * 300)
    place, folder = str(tmp_path / "索引"), str(tmp_path / "文")
    command = [sys.executable, "-m", "indexer", "index", folder, "--index", place, "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        workers = wait_for(lambda: children(process.pid))
        process.kill()
    assert len(workers) == 2
    assert wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_a_script_needs_no_guard_and_runs_once(tmp_path: Path, corpus: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, indexer\nindex = indexer.create_index(sys.argv[1])\n"
        "print(len(index.update([sys.argv[2]], workers=2).added))\n",
        "utf-8",
    )
    command = [sys.executable, script, tmp_path / "index", corpus]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert (run.stdout.strip(), run.stderr) == ("2", "")


@pytest.mark.parametrize(
    ("size", "cores", "memory", "expected"),
    [(5 << 20, 8, 1 << 40, 8), (5 << 20, 8, 1 << 30, 4), (5 << 20, 8, 1 << 20, 1), (1 << 20, 8, 1 << 40, 1)],
)
def test_processes_are_started_where_they_pay_and_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, cores: int, memory: int, expected: int
) -> None:
    write(tmp_path / "大.txt", "字" * (size // 3 + 1))
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert update._workers(discover([tmp_path]), memory) == expected


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


def children(parent: int) -> list[int]:
    """The processes that another started to read files, once there are two."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    found = [int(each) for each in listed if "spawn_main" in Path(f"/proc/{each}/cmdline").read_text()]
    return found if len(found) == 2 else []


def wait_for(ask: Callable[[], T]) -> T:
    """What ``ask`` says once it says something, or after ten seconds."""
    end = time.monotonic() + 10
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


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

    def test_read_reports_what_it_cannot_read(self, corpus: Path) -> None:
        (corpus / "坏.txt").write_bytes(bytes(range(256)) * 40)
        failures: list[Failure] = []
        found = list(indexer.read([corpus], on_failure=failures.append))
        assert [document.path for document, _ in found] == ["语料/一.md", "语料/二.txt"]
        assert [failure.path for failure in failures] == ["语料/坏.txt"]


class TestIndexesThatDoNotFit:
    def test_a_missing_index_says_how_to_make_one(self, tmp_path: Path) -> None:
        with pytest.raises(errors.IndexMissing) as caught:
            indexer.open_index(tmp_path / "无")
        assert "xunzhang index" in caught.value.hint

    def test_a_second_index_in_the_same_folder_is_refused(self, index: Index) -> None:
        with pytest.raises(errors.BadParameter):
            indexer.create_index(index.path)

    def test_an_index_of_another_format_names_the_command(self, index: Index) -> None:
        (index.path / "xunzhang.json").write_text('{"format": 0, "engine": "whoosh"}')
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(index.path)
        assert "--rebuild" in caught.value.hint

    def test_an_index_of_another_segmenter_names_the_command(self, index: Index, corpus: Path) -> None:
        index.update([corpus])
        manifest = index._engine.manifest().replace('"rjieba ', '"rjieba 0.0.')
        index._engine.apply([], manifest)
        with pytest.raises(errors.IndexMismatch) as caught:
            indexer.open_index(index.path)
        assert str(corpus) in caught.value.hint

    def test_a_user_dictionary_is_kept_in_the_index(self, tmp_path: Path, corpus: Path) -> None:
        (tmp_path / "词.txt").write_text("规范数据处理活动\n", "utf-8")
        with indexer.create_index(tmp_path / "带词", userdict=tmp_path / "词.txt") as index:
            index.update([corpus])
        (tmp_path / "词.txt").unlink()
        with indexer.open_index(tmp_path / "带词") as index:
            assert index.explain("规范数据处理活动").words == ("规范数据处理活动",)
