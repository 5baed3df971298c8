"""Files of arrays: what is read is what was written, and a part of an array needs no more than its own blocks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.segments import array_file
from indexer.engines.whoosh.segments.array_file import CHECKSUMS, ArrayFile, ArrayWriter
from tests.support import count_calls

BLOCK = 1 << 16


def written(path: Path, arrays: dict[str, np.ndarray | bytes]) -> Path:
    with ArrayWriter(path) as writer:
        for name, values in arrays.items():
            writer.add(name, values)
    return path


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two arrays of several blocks, the second beginning within one of the first's."""
    numbers = np.arange(3 * BLOCK, dtype=np.uint32)
    return written(tmp_path / "a", {"first": bytes(BLOCK + 100), "second": numbers})


def test_parts_are_those_of_the_whole(path: Path) -> None:
    whole, file = ArrayFile(path)["second"].tolist(), ArrayFile(path)
    for start, end in ((0, 0), (0, 1), (5, 2 * BLOCK), (BLOCK - 1, BLOCK + 1), (0, 3 * BLOCK), (3 * BLOCK, 3 * BLOCK)):
        assert file.part("second", start, end).tolist() == whole[start:end]


def test_a_part_is_refused_where_its_block_changed_and_only_there(path: Path) -> None:
    flip(path, ArrayFile(path).offset("second") + 4 * BLOCK)  # item ``BLOCK``
    file = ArrayFile(path)
    assert file.part("second", 0, BLOCK // 2).tolist() == list(range(BLOCK // 2))
    assert file.part("second", 2 * BLOCK, 2 * BLOCK + 9).tolist() == list(range(2 * BLOCK, 2 * BLOCK + 9))
    for start, end in ((BLOCK, BLOCK + 1), (0, 3 * BLOCK), (BLOCK - 9, BLOCK + 9)):
        with pytest.raises(ValueError, match=r"second .* has changed"):
            file.part("second", start, end)
    with pytest.raises(ValueError, match=r"second .* has changed"):
        file["second"]
    assert len(file["first"]) == BLOCK + 100
    assert list(file.differing()) == ["second"]


def test_what_was_looked_through_is_not_looked_at_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = ArrayFile(path)
    assert len(list(file.look_through("second"))) > 0
    looked_at = count_calls(monkeypatch, ArrayFile, "_bytes_of")
    assert file.part("second", 5, 7).tolist() == [5, 6]
    assert looked_at == []
    file.part("first", 0, 1)
    assert len(looked_at) == 1


def test_of_what_changed_only_those_are_told_who_ask_for_it(path: Path) -> None:
    flip(path, ArrayFile(path).offset("second") + 4 * BLOCK)
    file = ArrayFile(path)
    for _ in file.look_through("second"):
        pass
    assert file.part("second", 2 * BLOCK, 2 * BLOCK + 9).tolist() == list(range(2 * BLOCK, 2 * BLOCK + 9))
    with pytest.raises(ValueError, match=r"second .* has changed"):
        file.part("second", BLOCK, BLOCK + 1)


def test_checksums_that_changed_vouch_for_nothing(path: Path) -> None:
    flip(path, ArrayFile(path).offset(CHECKSUMS))
    file = ArrayFile(path)
    with pytest.raises(ValueError, match=r"checksums .* has changed"):
        file.part("second", 0, 1)
    assert list(file.differing()) == [CHECKSUMS]


def test_a_file_without_checksums_is_looked_at_whole(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = {name: ArrayFile(path)[name].copy() for name in ("first", "second")}
    with monkeypatch.context() as patched:  # as programs wrote it that knew none
        patched.setattr(array_file, "CHECKSUMS", "others")
        older = written(tmp_path / "older", arrays)
    assert CHECKSUMS not in ArrayFile(older)
    assert ArrayFile(older).part("second", 7, 9).tolist() == [7, 8]
    assert len(list(ArrayFile(older).look_through("second"))) == 1
    flip(older, ArrayFile(older).offset("second") + 4 * BLOCK)
    assert len(list(ArrayFile(older).look_through("second"))) == 1
    with pytest.raises(ValueError, match=r"second .* has changed"):
        ArrayFile(older).part("second", 7, 9)


@given(st.lists(st.integers(0, 3 * BLOCK), max_size=5), st.data())
def test_every_changed_byte_of_an_array_is_found_by_its_part(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("arrays") / "a"
    with ArrayWriter(path) as writer:
        for number, size in enumerate(sizes):
            writer.add_bytes(
                str(number), (np.full(part, number, dtype=np.uint8) for part in (size // 2, size - size // 2))
            )
    for number, size in enumerate(sizes):
        assert ArrayFile(path).part(str(number), 0, size).tolist() == [number] * size
    changed = data.draw(st.sampled_from([*range(len(sizes)), None]))
    if changed is None or not sizes[changed]:
        return
    at = data.draw(st.integers(0, sizes[changed] - 1))
    flip(path, ArrayFile(path).offset(str(changed)) + at)
    with pytest.raises(ValueError, match="has changed"):
        ArrayFile(path).part(str(changed), at, at + 1)
