"""What a kind of container gives, and the limits that hold for all kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.errors import ReadError

# Containers in containers; members of all that one file holds; how many times as large as one file may be, all
# members of a file may be together.
MOST_NESTED = 3
MOST_MEMBERS = 100_000
MOST_TIMES = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the container lists it.

    Attributes:
        name: its path in the container, ``/`` between, as it is written there.
        size: bytes, unpacked, as the container says.
        problem: why it cannot be read, as a sentence with a way out; empty where it can.
    """

    name: str
    size: int
    problem: str = ""


class Container(Protocol):
    """The members of one container."""

    @property
    def entries(self) -> Sequence[Entry]:
        """All members that are files, in order."""
        ...

    def read(self, number: int) -> bytes:
        """Return the bytes of the entry of that number.

        Raises:
            ReadError: it is damaged, or longer than its entry says.
        """
        ...


def damaged() -> ReadError:
    """Say that a container cannot be opened."""
    return ReadError("压缩包已经损坏，或者没有传完，打不开。", "请重新取得完整的文件。")


def too_many() -> ReadError:
    """Say that a container holds more members than are looked at."""
    return ReadError(f"里面的文件超过 {MOST_MEMBERS} 个，没有读。", "请把它解开，分到几个目录里。")


def too_large(size: int, most: int) -> ReadError:
    """Say that a container unpacks to more than is allowed; sizes in bytes."""
    return ReadError(
        f"里面的文件解开后有 {size >> 20} MB，超过上限 {most >> 20} MB，没有解开。",
        "请自己解开、看过以后再建索引；确实要读，把 --max-file-mb 调大。",
    )
