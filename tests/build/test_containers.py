"""Archives and mails are listed in another process: whatever one does to it, it is the failure of that file."""

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
    with containers.lister(limits or Limits()) as members_of:
        return tuple(members_of(container))


def died(_: SourceFile) -> NoReturn:
    os._exit(1)


def slept(_: SourceFile) -> NoReturn:
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
    monkeypatch.setattr(containers, "_lister", answer_with_died if answer is died else answer_with_sleep)
    (failure,) = listed(source(tmp_path, packed(甲="一")), Limits(seconds=0.1 if answer is slept else 60))
    assert isinstance(failure, Failure)
    assert said in failure.reason


def answer_with_died(limits: Limits) -> object:
    return died


def answer_with_sleep(limits: Limits) -> object:
    return slept


def test_the_rest_of_a_folder_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a" / "好.txt", "桥修好了。")
    (tmp_path / "a" / "坏.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "a" / "卷.zip").write_bytes(packed(甲="船来了。"))
    with indexer.create_index(tmp_path / "ix") as index:
        report = index.update([tmp_path / "a"])
        assert sorted(document.path for document in index.documents()) == ["a/卷.zip/甲.txt", "a/好.txt"]
    assert [failure.path for failure in report.failed] == ["a/坏.zip"]
