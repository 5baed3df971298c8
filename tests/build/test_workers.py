"""Files read in other processes: the same as alone, whatever becomes of the processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

import indexer
from indexer.build import isolation, update, workers
from indexer.build.reader import read_file
from indexer.build.watched_process import Answer
from indexer.index.index import Index
from indexer.sources.discover import discover
from indexer.sources.metadata import Declared
from indexer.sources.source_file import SourceFile
from tests.support import ROOT, write

T = TypeVar("T")
_worker: Callable[..., Answer] = workers._worker


def die(*_: object) -> None:
    os._exit(1)


def die_of_the_seventh(*given: object) -> Answer:
    answer = _worker(*given)

    def read(job: workers.Job) -> object:
        if job.source.path.endswith("07.txt"):
            os._exit(9)
        return answer(job)

    return read


def die_once(*given: object) -> Answer:
    answer = _worker(*given)

    def read(job: workers.Job) -> object:
        died = Path(os.environ["XUNZHANG_TEST_DIED"])
        if not died.exists():
            died.touch()
            os._exit(9)
        return answer(job)

    return read


def start_at_the_second_time(*given: object) -> Answer:
    died = Path(os.environ["XUNZHANG_TEST_DIED"])
    if not died.exists():
        died.touch()
        os._exit(9)
    return _worker(*given)


def raise_by_name(source: SourceFile, *rest: object) -> object:
    raises = {"甲.txt": MemoryError(), "乙.txt": RecursionError(), "丙.txt": ValueError("chr() arg\nnot in range")}
    if source.name in raises:
        raise raises[source.name]
    return read_file(source, *rest)  # type: ignore[arg-type]


def fail_by_name(*given: object) -> Answer:
    workers.read_file = raise_by_name  # type: ignore[assignment]
    return _worker(*given)


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

    def test_processes_that_cannot_start_leave_their_files_to_us(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(30):
            write(corpus / f"{number:02}.txt", f"第{number}段。")
        monkeypatch.setattr(workers, "_worker", die)
        report = index.update([corpus], workers=2)
        assert len(report.added) == 32
        assert report.failed == ()
        assert index.check() == ()

    def test_a_file_that_kills_its_process_is_its_own_failure(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(30):
            write(corpus / f"{number:02}.txt", f"第{number}段。")
        monkeypatch.setattr(workers, "_worker", die_of_the_seventh)
        report = index.update([corpus], workers=2)
        assert [(failure.path, "被中止" in failure.reason) for failure in report.failed] == [("语料/07.txt", True)]
        assert len(report.added) == 31
        assert index.check() == ()

    def test_a_process_that_is_killed_once_costs_no_file(
        self, index: Index, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(30):
            write(corpus / f"{number:02}.txt", f"第{number}段。")
        monkeypatch.setenv("XUNZHANG_TEST_DIED", str(tmp_path / "died"))
        monkeypatch.setattr(workers, "_worker", die_once)
        report = index.update([corpus], workers=2)
        assert (len(report.added), report.failed) == (32, ())

    def test_a_process_that_is_killed_while_it_starts_is_started_again(
        self, index: Index, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[object] = []
        monkeypatch.setenv("XUNZHANG_TEST_DIED", str(tmp_path / "died"))
        monkeypatch.setattr(workers, "_worker", start_at_the_second_time)
        monkeypatch.setattr(isolation, "parse_here", read.append)
        report = index.update([corpus], workers=2)
        assert (len(report.added), report.failed, read) == (2, (), [])

    @pytest.mark.parametrize("workers_", [1, 2])
    def test_whatever_is_raised_is_the_files_failure(
        self, index: Index, corpus: Path, monkeypatch: pytest.MonkeyPatch, workers_: int
    ) -> None:
        for name in ("甲", "乙", "丙"):
            write(corpus / f"{name}.txt", f"{name}段。")
        monkeypatch.setattr(workers, "_worker", fail_by_name)
        monkeypatch.setattr(workers, "read_file", raise_by_name)
        report = index.update([corpus], workers=workers_)
        assert {failure.path: failure.reason[:8] for failure in report.failed} == {
            "语料/甲.txt": "读它用的内存超过",
            "语料/乙.txt": "嵌套得太深，读不",
            "语料/丙.txt": "读的时候程序出了",
        }
        assert len(report.added) == 2

    @pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell a process's memory")
    def test_a_file_that_needs_too_much_memory_is_its_own_failure(self, index: Index, corpus: Path) -> None:
        write(corpus / "大.html", "<p>x" * 300_000)
        report = index.update([corpus], workers=2, memory=64 << 20)
        assert [(failure.path, "内存" in failure.reason) for failure in report.failed] == [("语料/大.html", True)]
        assert len(report.added) == 2


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
def test_a_killed_build_takes_its_processes_along(tmp_path: Path) -> None:
    for number in range(400):
        write(tmp_path / "文" / f"{number:03}.md", f"# 题{number}\n\n" + "数据安全，依法管理。\n\n" * 300)
    target, folder = str(tmp_path / "索引"), str(tmp_path / "文")
    command = [sys.executable, "-m", "indexer", "index", folder, "--index", target, "--workers", "2"]
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
    assert workers.worker_count(discover([tmp_path]), memory) == expected


def children(parent: int) -> list[int]:
    """The processes that another started to read files, once there are two."""
    threads = Path(f"/proc/{parent}/task").glob("*/children")
    listed = [each for thread in threads for each in thread.read_text().split()]
    found = [int(each) for each in listed if "spawn_main" in Path(f"/proc/{each}/cmdline").read_text()]
    return found if len(found) == 2 else []


def wait_for(ask: Callable[[], T]) -> T:
    """What ``ask`` says once it says something, or after a minute."""
    end = time.monotonic() + 60
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer


class Starting:
    """A process that gets ready after so many looks at it."""

    def __init__(self, looks: int) -> None:
        self.started, self._looks = "", looks

    def start(self, name: str) -> None:
        self.started = self.started or name

    @property
    def is_ready(self) -> bool:
        self._looks -= 1
        return self._looks < 0

    def load(self) -> None:
        """The dictionary, too."""
        assert self.started


@pytest.mark.parametrize(
    ("files", "looks", "drawn"),
    [
        (["", "", "甲", "", "", "乙", ""], 9, [1, 2, 7, 7, 7, 7, 7]),  # it does not get ready until all are looked for
        (["", "甲", "", "", "乙", ""], 2, [1, 4, 4, 4, 5, 6]),
        (["", "甲", ""], 0, [1, 2, 3]),
        (["甲"] * 12, 99, [*[9] * 9, 10, 11, 12]),  # not all files at once
        (["", ""], 0, [1, 2]),
    ],
)
def test_while_the_process_starts_the_next_files_are_looked_for(files: list[str], looks: int, drawn: list[int]) -> None:
    """All come in their order; ``drawn`` are the jobs that were looked for when each came."""
    process = Starting(looks)
    count = 0

    def draw() -> Iterator[workers.Job | None]:
        nonlocal count
        for name in files:
            count += 1
            yield workers.Job(SourceFile(f"{name}.md", name), "", "", "added", Declared()) if name else None

    jobs = workers._while_it_starts(draw(), process, process)  # type: ignore[arg-type]
    assert [(job.source.path if job else "", count) for job in jobs] == list(zip(files, drawn, strict=True))
    assert process.started == next((f"{name}.md" for name in files if name), "")  # ready for the first of them


def test_results_are_those_of_their_files_whatever_need_not_be_read(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "甲丙戊":
        write(tmp_path / "文" / f"{name}.txt", f"{name}的第一版。")
    index.update([tmp_path / "文"])
    (tmp_path / "文" / "乙.txt").write_bytes(bytes(range(256)) * 30)
    write(tmp_path / "文" / "丁.txt", "新的。")
    write(tmp_path / "文" / "戊.txt", "戊的第二版。" + "长" * 400_000)
    write(tmp_path / "文" / "己.txt", "也是新的。")
    monkeypatch.setattr(update, "worker_count", lambda *_: 2)
    report = index.update([tmp_path / "文"])
    assert [failure.path for failure in report.failed] == ["文/乙.txt"]
    assert sorted(report.added) == ["文/丁.txt", "文/己.txt"]
    assert (report.updated, sorted(report.unchanged)) == (("文/戊.txt",), ["文/丙.txt", "文/甲.txt"])


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files are looked at, and for which the process that reads is started."""
    made: list[str] = []
    digest, start = SourceFile.digest, isolation.Reader.start

    def look(self: SourceFile) -> str:
        made.append(self.name)
        return digest(self)

    def begin(self: isolation.Reader, name: str = "") -> None:
        made.extend([f"start for {name}"] if name else [])
        start(self, name)

    monkeypatch.setattr(SourceFile, "digest", look)
    monkeypatch.setattr(isolation.Reader, "start", begin)
    return made


def test_the_process_is_started_for_the_newest_file_whichever_its_turn(
    index: Index, tmp_path: Path, steps: list[str]
) -> None:
    names = [f"{number}.txt" for number in range(5)]
    for name in names:
        write(tmp_path / "文" / name, f"{name}的第一版。")
    index.update([tmp_path / "文"])
    steps.clear()
    write(tmp_path / "文" / "3.txt", "第二版。")
    assert index.update([tmp_path / "文"]).updated == ("文/3.txt",)
    assert steps[:2] == ["3.txt", "start for 3.txt"]
    assert steps[2:6] == names[:4]

    steps.clear()
    write(tmp_path / "文" / "新.md", "新的。")  # of which nothing need be looked at
    assert index.update([tmp_path / "文"]).added == ("文/新.md",)
    assert steps[:2] == ["start for 新.md", "0.txt"]


def test_it_is_not_started_for_a_newest_file_that_is_the_same(index: Index, tmp_path: Path, steps: list[str]) -> None:
    for name in "甲乙丙":
        write(tmp_path / "文" / f"{name}.txt", f"{name}的第一版。")
    index.update([tmp_path / "文"])
    (tmp_path / "文" / "丙.txt").touch()
    steps.clear()
    assert len(index.update([tmp_path / "文"]).unchanged) == 3
    assert not [step for step in steps if step.startswith("start")]
    write(tmp_path / "文" / "甲.txt", "甲的第二版。")
    (tmp_path / "文" / "丙.txt").touch()
    os.utime(tmp_path / "文" / "甲.txt", (0, 0))
    assert index.update([tmp_path / "文"]).updated == ("文/甲.txt",)
