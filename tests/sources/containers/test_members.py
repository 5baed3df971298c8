"""What stands in archives and mails is indexed, updated, pruned and given back as files are."""

from __future__ import annotations

from contextlib import nullcontext
from operator import methodcaller
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.index.index import Index
from indexer.sources.containers import contract, members
from tests.sources.containers.archives import encrypted, gbk_named, mail, tar_of, zip_of
from tests.sources.files import reasons
from tests.support import paths, write

LAW, NOTE = "第一条 桥归市里管。".encode(), "井归街道管。".encode("gb18030")
FILES = {
    "法规/桥.txt": LAW,
    "井.txt": NOTE,
    "图.png": b"x",
    ".DS_Store": b"x",
    "__MACOSX/井.txt": b"x",
    "~$井.txt": b"x",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "资料"
    made.mkdir()
    return made


@pytest.fixture
def listed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers are opened in this process, whose limits a test changes."""
    here = SimpleNamespace(members=members.members, content=methodcaller("content"), digest=methodcaller("digest"))
    monkeypatch.setattr("indexer.build.update.open_containers", lambda _: nullcontext(here))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("包.zip", zip_of(FILES)),
        ("包.TAR", tar_of(FILES)),
        ("包.tar.gz", tar_of(FILES, "gz")),
        ("包.tgz", tar_of(FILES, "gz")),
        ("包.tar.xz", tar_of(FILES, "xz")),
        ("包.tar.bz2", tar_of(FILES, "bz2")),
    ],
)
def test_members_are_documents_below_the_path_of_the_archive(
    index: Index, folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    report = index.update([folder])
    assert sorted(report.added) == [f"资料/{name}/井.txt", f"资料/{name}/法规/桥.txt"]
    assert (report.failed, report.skipped) == ((), {".png": 1})
    hit, *_ = index.search("井归街道管").hits
    assert (hit.document.path, hit.document.title) == (f"资料/{name}/井.txt", "井")
    original = index.original(hit.document.id)
    assert original is not None
    assert (original.name, original.content) == ("井.txt", NOTE)


def test_members_come_and_go_like_files(index: Index, folder: Path) -> None:
    archive = folder / "包.zip"
    archive.write_bytes(zip_of({"甲.txt": LAW, "乙.txt": NOTE}))
    write(folder / "外.txt", "外面的。")
    index.update([folder])
    kept = index.document("资料/包.zip/甲.txt").id
    assert len(index.update([folder]).unchanged) == 3
    archive.write_bytes(zip_of({"甲.txt": "第一条 桥归省里管。".encode(), "丙.txt": NOTE}))
    report = index.update([folder], prune=True)
    assert (report.updated, report.renamed) == (("资料/包.zip/甲.txt",), ("资料/包.zip/丙.txt",))
    assert index.document("资料/包.zip/甲.txt").id == kept
    archive.write_bytes(b"PK\x03\x04")
    report = index.update([folder], prune=True)
    assert (report.removed, len(report.failed), len(paths(index))) == ((), 1, 3)
    archive.unlink()
    assert len(index.update([folder], prune=True).removed) == 2


def test_an_archive_may_be_given_by_itself(index: Index, folder: Path) -> None:
    (folder / "包.zip").write_bytes(zip_of({"甲.txt": LAW, "乙.txt": NOTE}))
    index.update([folder / "包.zip"])
    assert sorted(paths(index)) == ["资料/包.zip/乙.txt", "资料/包.zip/甲.txt"]
    (folder / "包.zip").write_bytes(zip_of({"甲.txt": LAW}))
    assert index.update([folder / "包.zip"], prune=True).removed == ("资料/包.zip/乙.txt",)


def test_archives_in_archives_are_looked_into_so_deep(index: Index, folder: Path) -> None:
    content = zip_of({"底.txt": LAW})
    for depth in range(50):
        content = zip_of({f"{depth}.zip": content, f"{depth}.txt": f"第{depth}层。".encode()})
    (folder / "深.zip").write_bytes(content)
    report = index.update([folder])
    assert len(report.added) == contract.MOST_NESTED + 1
    assert ["层" in failure.reason for failure in report.failed] == [True]
    assert "资料/深.zip/49.zip/48.zip/47.zip/46.txt" in report.added


def test_names_in_gbk_are_read(index: Index, folder: Path) -> None:
    content = zip_of({"abcdefgh.txt": LAW, "好.txt": NOTE})
    (folder / "包.zip").write_bytes(gbk_named(content, "abcdefgh", "道路管理"))
    assert sorted(index.update([folder]).added) == ["资料/包.zip/好.txt", "资料/包.zip/道路管理.txt"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch, listed_here: None
) -> None:
    monkeypatch.setattr(members, "MOST_TIMES", 2)
    (folder / "滑.zip").write_bytes(zip_of({"../../外.txt": LAW, "/绝对.txt": LAW, "a\\b.txt": NOTE, "..名.txt": NOTE}))
    (folder / "密.zip").write_bytes(encrypted(zip_of({"密.txt": LAW})))
    (folder / "断.zip").write_bytes(zip_of(FILES)[:-30])
    (folder / "断.tar.gz").write_bytes(tar_of(FILES, "gz")[:-30])
    (folder / "假.tar").write_bytes(LAW)
    (folder / "炸.zip").write_bytes(zip_of({f"{each}.txt": bytes(1 << 20) for each in range(3)}))
    (folder / "炸.tgz").write_bytes(tar_of({f"{each}.txt": bytes(1 << 20) for each in range(3)}, "gz"))
    (folder / "大.zip").write_bytes(zip_of({"大.txt": bytes((1 << 20) + 1), "小.txt": LAW}))
    report = index.update([folder], max_file_bytes=1 << 20)
    assert sorted(report.added) == ["资料/大.zip/小.txt", "资料/滑.zip/a/b.txt", "资料/滑.zip/绝对.txt"]
    said = reasons(report.failed)
    assert {path: reason for path, reason in said.items() if "。" not in reason} == {}
    expected = {
        "资料/滑.zip/../../外.txt": "压缩包外面",
        "资料/密.zip/密.txt": "密码",
        "资料/断.zip": "损坏",
        "资料/断.tar.gz": "损坏",
        "资料/假.tar": "损坏",
        "资料/炸.zip": "超过上限",
        "资料/炸.tgz": "超过上限",
        "资料/大.zip/大.txt": "上限 1 MB",
    }
    assert set(said) == set(expected)
    assert [path for path, word in expected.items() if word not in said[path]] == []


def test_a_size_that_lies_unpacks_nothing_more(index: Index, folder: Path) -> None:
    content = zip_of({"炸.txt": b"A" * 1_000_000})
    (folder / "包.zip").write_bytes(content.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    report = index.update([folder])
    assert [failure.path for failure in report.failed] == ["资料/包.zip/炸.txt"]


def test_two_members_of_one_path_are_told_apart(index: Index, folder: Path) -> None:
    (folder / "包.tar").write_bytes(tar_of({"./甲.txt": LAW, "甲.txt": NOTE}))
    report = index.update([folder])
    assert (report.added, len(report.failed)) == (("资料/包.tar/甲.txt",), 1)


def test_what_is_attached_to_a_mail_is_a_document_of_its_own(index: Index, folder: Path) -> None:
    attached = {"附件 桥.txt": LAW, "包.zip": zip_of({"井.txt": NOTE}), "图.png": b"x"}
    (folder / "信.eml").write_bytes(mail("明天开会。\n", attached))
    report = index.update([folder])
    assert sorted(report.added) == ["资料/信.eml", "资料/信.eml/包.zip/井.txt", "资料/信.eml/附件 桥.txt"]
    assert report.skipped == {".png": 1}


def test_metadata_of_the_folder_is_about_members_too(index: Index, folder: Path) -> None:
    (folder / "包.zip").write_bytes(zip_of({"法规/桥.txt": LAW, "井.txt": NOTE}))
    write(folder / "metadata.csv", "path,author\n包.zip/法规/*,市政府\n")
    index.update([folder])
    assert [document.author for document in sorted(index.documents(), key=lambda one: one.path)] == [None, "市政府"]


def test_names_of_attachments_that_nobody_encoded(index: Index, folder: Path) -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n"
    part = b'--b\nContent-Type: text/plain; name="%s"\nContent-Disposition: attachment; filename="%s"\n\n%s\n'
    name = "预算.txt".encode("gbk")
    body = part % (name, name, LAW) + part % (b"", b"", LAW) + part % (name, name, NOTE)
    (folder / "信.eml").write_bytes(head + body + b"--b--\n")
    added = index.update([folder]).added
    assert added == ("资料/信.eml", "资料/信.eml/预算.txt", "资料/信.eml/附件2.txt", "资料/信.eml/预算（2）.txt")


def test_a_tar_of_too_many_members_is_not_listed_to_its_end(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch, listed_here: None
) -> None:
    monkeypatch.setattr("indexer.sources.containers.tar_archive.MOST_MEMBERS", 3)
    (folder / "多.tar").write_bytes(tar_of({f"{each}.txt": LAW for each in range(4)}))
    (folder / "少.tar").write_bytes(tar_of({f"{each}.txt": LAW for each in range(3)}))
    report = index.update([folder])
    assert [failure.path for failure in report.failed if "没有读" in failure.reason] == ["资料/多.tar"]
    assert len([path for path in report.added if path.startswith("资料/少.tar/")]) == 3
