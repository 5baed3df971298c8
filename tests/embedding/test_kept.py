"""Vectors that outlive a build that was broken off."""

from __future__ import annotations

from pathlib import Path

from indexer.embedding.kept import KeptVectors
from indexer.embedding.model import Signature

ONE, OTHER = (bytes([number] * 16) for number in (1, 2))


def kept(folder: Path, name: str = "甲") -> KeptVectors:
    return KeptVectors(folder, Signature(name, 3, b""))


def test_what_is_added_is_there_again(tmp_path: Path) -> None:
    kept(tmp_path).add({ONE: b"abc"})
    kept(tmp_path).add({OTHER: b"xyz"})
    assert kept(tmp_path).load() == {ONE: b"abc", OTHER: b"xyz"}


def test_another_model_has_its_own(tmp_path: Path) -> None:
    kept(tmp_path).add({ONE: b"abc"})
    assert kept(tmp_path, "乙").load() == {}


def test_a_record_cut_short_is_passed_over_and_written_over(tmp_path: Path) -> None:
    kept(tmp_path).add({ONE: b"abc", OTHER: b"xyz"})
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert kept(tmp_path).load() == {ONE: b"abc"}
    kept(tmp_path).add({OTHER: b"xyz"})
    assert kept(tmp_path).load() == {ONE: b"abc", OTHER: b"xyz"}


def test_all_models_are_cleared(tmp_path: Path) -> None:
    for name in "甲乙":
        kept(tmp_path, name).add({ONE: b"abc"})
    kept(tmp_path).clear()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    gone = kept(tmp_path / "gone")
    gone.add({ONE: b"abc"})
    assert gone.load() == {}
