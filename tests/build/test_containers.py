"""Archives and mails are opened in another process: whatever one does to it, it is the failure of that file."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

import indexer
from indexer.build import containers
from indexer.build.isolation import Limits
from indexer.errors import ReadError
from indexer.model import Failure
from indexer.sources.containers.members import Found, Member, members
from indexer.sources.source_file import MAX_FILE_BYTES, SourceFile
from tests.support import write


def packed(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return made.getvalue()


def source(folder: Path, content: bytes, name: str = "卷.zip") -> SourceFile:
    file = folder / name
    file.write_bytes(content)
    return SourceFile(file, name, MAX_FILE_BYTES)


def listed(container: SourceFile, limits: Limits | None = None) -> tuple[Found, ...]:
    with containers.open_containers(limits or Limits()) as opened:
        return opened.members(container)


def died(_: object) -> NoReturn:
    os._exit(1)


def slept(_: object) -> NoReturn:
    time.sleep(600)
    raise AssertionError


def test_the_members_are_those_that_are_found_here(tmp_path: Path) -> None:
    container = source(tmp_path, packed(甲="一", 乙="二"))
    found = listed(container)
    assert found == tuple(members(container))
    assert [each.content().decode() for each in found if isinstance(each, Member)] == ["一", "二"]


def test_one_that_changed_is_listed_anew(tmp_path: Path) -> None:
    assert len(listed(source(tmp_path, packed(甲="一")))) == 1
    assert len(listed(source(tmp_path, packed(甲="一", 乙="二")))) == 2


def test_one_that_cannot_be_listed_is_a_failure_and_asked_for_again(tmp_path: Path) -> None:
    container = source(tmp_path, b"PK\x03\x04")
    (failure,) = listed(container)
    assert isinstance(failure, Failure)
    assert failure.path == "卷.zip"
    assert listed(container) == (failure,)


@pytest.mark.parametrize(("answer", "said"), [(died, "中止"), (slept, "0.1 秒")])
def test_what_ends_or_holds_the_process_is_the_failure_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: object, said: str
) -> None:
    container = source(tmp_path, packed(甲="一"))
    (member,) = members(container)
    monkeypatch.setattr(containers, "_opener", answer_with_died if answer is died else answer_with_sleep)
    limits = Limits(seconds=0.1 if answer is slept else 60)
    (failure,) = listed(container, limits)
    assert isinstance(failure, Failure)
    assert said in failure.reason
    assert isinstance(member, Member)
    with containers.open_containers(limits) as opened:
        for ask in (opened.content, opened.digest):
            with pytest.raises(ReadError, match=said):
                ask(member)


def answer_with_died(limits: Limits) -> object:
    return died


def answer_with_sleep(limits: Limits) -> object:
    return slept


def test_members_are_read_there_and_other_files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    container = source(tmp_path, packed(甲="一"))
    (member,) = members(container)
    assert isinstance(member, Member)
    expected = member.content(), member.digest()
    monkeypatch.setattr(Member, "content", died)
    with containers.open_containers(Limits()) as opened:
        assert (opened.content(member), opened.digest(member)) == expected
        opened._process.end()
        assert opened.content(container) == container.content()
        assert opened.digest(container) == container.digest()


def test_a_member_that_is_gone_says_so(tmp_path: Path) -> None:
    container = source(tmp_path, packed(甲="一", 乙="二"))
    *_, member = members(container)
    source(tmp_path, packed(甲="一"))
    assert isinstance(member, Member)
    with containers.open_containers(Limits()) as opened, pytest.raises(ReadError, match="里面没有这一份"):
        opened.content(member)


def test_an_index_is_made_without_opening_an_archive_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source(tmp_path, packed(甲="船来了。", 乙="桥修好了。"))
    monkeypatch.setattr(Member, "content", died)
    with indexer.create_index(tmp_path / "ix") as index:
        assert len(index.update([tmp_path / "卷.zip"], workers=1).added) == 2
    assert len(list(indexer.read([tmp_path / "卷.zip"]))) == 2


def test_the_rest_of_a_folder_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a" / "好.txt", "桥修好了。")
    (tmp_path / "a" / "坏.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "a" / "卷.zip").write_bytes(packed(甲="船来了。"))
    with indexer.create_index(tmp_path / "ix") as index:
        report = index.update([tmp_path / "a"])
        assert sorted(document.path for document in index.documents()) == ["a/卷.zip/甲.txt", "a/好.txt"]
    assert [failure.path for failure in report.failed] == ["a/坏.zip"]
