"""``.xunzhangignore``: what is left out, what is taken in again, in folders, links and archives."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from indexer.index.index import Index
from indexer.sources.discover import Sources, discover
from indexer.sources.ignore import IGNORE_FILE
from tests.support import paths, write

FILES = ("草稿.md", "定稿.md", "卷/草稿.md", "卷/甲.txt", "卷/深/乙.txt", "附件/甲.txt", "附件/图/说明.txt", "甲.txt")

# Files of .xunzhangignore by folder → what is left of FILES.
CASES = [
    ({"": "草稿.md\n"}, FILES[1:2] + FILES[3:]),
    ({"": "/草稿.md\n"}, FILES[1:]),
    ({"": "卷/\n"}, ("草稿.md", "定稿.md", "附件/甲.txt", "附件/图/说明.txt", "甲.txt")),
    ({"": "卷\n!卷/甲.txt\n"}, ("草稿.md", "定稿.md", "附件/甲.txt", "附件/图/说明.txt", "甲.txt")),
    ({"": "卷/*\n!卷/甲.txt\n"}, ("草稿.md", "定稿.md", "卷/甲.txt", "附件/甲.txt", "附件/图/说明.txt", "甲.txt")),
    ({"": "*.txt\n", "附件": "!甲.txt\n"}, ("草稿.md", "定稿.md", "卷/草稿.md", "附件/甲.txt")),
    ({"": "# 甲.txt\n\n**/图/**\n"}, tuple(name for name in FILES if "图" not in name)),
    ({"卷": "甲.txt\n/深/乙.txt\n"}, ("草稿.md", "定稿.md", "卷/草稿.md", "附件/甲.txt", "附件/图/说明.txt", "甲.txt")),
    ({"卷": "/草稿\n附件\n"}, FILES),
    ({"": "*\n!*/\n!定稿.md\n"}, ("定稿.md",)),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        write(tmp_path / "文" / name, "一段。")
    return tmp_path / "文"


def put(folder: Path, rules: dict[str, str], name: str = IGNORE_FILE) -> None:
    for inner, text in rules.items():
        write(folder / inner / name, text)


def found(sources: Sources) -> list[str]:
    return sorted(path.partition("/")[2] for path in sources.files)


@pytest.mark.parametrize(("rules", "left"), CASES)
def test_what_is_named_is_left_out(folder: Path, rules: dict[str, str], left: tuple[str, ...]) -> None:
    put(folder, rules)
    sources = discover([folder])
    assert found(sources) == sorted(left)
    assert sources.failures == []
    assert bool(sources.ignored) == (len(left) < len(FILES))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git, to be compared with")
@pytest.mark.parametrize(("rules", "left"), CASES)
def test_git_leaves_out_the_same(folder: Path, rules: dict[str, str], left: tuple[str, ...]) -> None:
    put(folder, rules, ".gitignore")
    subprocess.run(["git", "init", "-q", folder], check=True)
    listed = ["git", "-C", str(folder), "ls-files", "-z", "--others", "--exclude-standard"]
    shown = subprocess.run(listed, check=True, capture_output=True).stdout.decode().split("\0")
    assert sorted(name for name in shown if name and not name.endswith(".gitignore")) == sorted(left)


def test_rules_of_folders_above_hold_for_what_is_given_below_a_root(folder: Path, index: Index) -> None:
    put(folder, {"": "卷/深/\n"})
    index.update([folder])
    write(folder / "卷" / "深" / "丙.txt", "后来写的。")
    write(folder / "卷" / "丁.txt", "后来写的。")
    assert index.update([folder / "卷"]).added == ("文/卷/丁.txt",)


def test_what_is_given_by_itself_is_read(folder: Path) -> None:
    put(folder, {"": "草稿.md\n"})
    assert found(discover([folder / "草稿.md"])) == ["草稿.md"]


def test_members_of_archives_are_named_as_below_them(folder: Path) -> None:
    with zipfile.ZipFile(folder / "卷宗.zip", "w") as archive:
        archive.writestr("旧/一.txt", "一")
        archive.writestr("新/二.txt", "二")
    put(folder, {"": "卷宗.zip/旧/\n"})
    sources = discover([folder])
    assert [path for path in sources.files if "卷宗" in path] == ["文/卷宗.zip/新/二.txt"]
    assert sources.ignored == ["文/卷宗.zip/旧/一.txt"]


def test_what_is_ignored_later_is_pruned_even_if_nothing_is_left(folder: Path, index: Index) -> None:
    index.update([folder])
    put(folder, {"": "*\n"})
    report = index.update([folder], prune=True)
    assert (len(report.removed), report.failed) == (len(FILES), ())
    assert paths(index) == []


def test_faults_are_named_and_the_rest_holds(folder: Path) -> None:
    put(folder, {"": "草稿.md\n!\n定稿.md\n", "卷": "甲.txt"})
    (folder / "附件" / IGNORE_FILE).write_bytes(b"\x00\x01\x02" * 50)
    sources = discover([folder])
    assert found(sources) == ["卷/深/乙.txt", "甲.txt", "附件/图/说明.txt", "附件/甲.txt"]
    faults = {failure.path.rpartition("文/")[2]: failure.reason for failure in sources.failures}
    assert faults.keys() == {IGNORE_FILE, f"附件/{IGNORE_FILE}"}
    assert "第 2 行" in faults[IGNORE_FILE]


def test_an_ignore_file_may_be_in_gbk(folder: Path) -> None:
    (folder / IGNORE_FILE).write_bytes("# 不要读的文件和目录\n草稿.md\n附件/\n卷/\n".encode("gb18030"))
    assert found(discover([folder])) == ["定稿.md", "甲.txt"]
