"""``.xunzhangignore``: what is not to be read, in the syntax of gitignore, in any folder, for it and what is below."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from indexer.documents.encoding.decoder import decode
from indexer.errors import ReadError
from indexer.sources.filenames import readable

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec  # which is loaded with the first ignore file

# Ignore files that count in a folder, the innermost first, each with the way from its folder to that one.
Around: TypeAlias = "list[tuple[GitIgnoreSpec, str]]"

IGNORE_FILE = ".xunzhangignore"
# Bytes of one that somebody wrote by hand, at most.
_LARGEST = 1 << 20


class IgnoreRules:
    """The ignore files of the folders looked into; each is read when first asked for, once.

    A deeper file comes before those above it, as for git: its last pattern that fits decides, ``!`` takes a file in
    again. Nothing below an ignored folder is looked at.

    Attributes:
        failures: (location, reason) of files that could not be read, or not wholly, as the user is told.
    """

    def __init__(self) -> None:
        self.failures: list[tuple[str, str]] = []
        self._specs: dict[str, GitIgnoreSpec | None] = {}

    def around(self, folders: Iterable[tuple[str, str]]) -> Around:
        """Return the rules for the entries of a folder.

        Args:
            folders: (location, path from there to the folder, with ``/`` at its end or empty) of the folder and each
                around it, the innermost first.
        """
        return [(spec, below) for location, below in folders if (spec := self._spec(location))]

    def _spec(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            self._specs[folder] = self._read(os.path.join(folder, IGNORE_FILE))  # noqa: PTH118 - strings, for speed
        return self._specs[folder]

    def _read(self, location: str) -> GitIgnoreSpec | None:
        try:
            with Path(location).open("rb") as stream:
                text = decode(stream.read(_LARGEST))
        except FileNotFoundError:
            return None
        except (OSError, ReadError) as error:
            self.failures.append((location, f"这份忽略规则读不了：{error}"))
            return None
        return _spec_of(self._understood(location, text))

    def _understood(self, location: str, text: str) -> Iterator[str]:
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
            if _is_pattern(line):
                yield line
            else:
                self.failures.append((location, f"第 {number} 行不是 gitignore 的写法，没有采用：{line}"))


def is_ignored(rules: Around, name: str, *, is_folder: bool) -> bool:
    """Tell whether an entry of a folder is ignored, by the rules around it; ``is_folder`` tells whether it is one."""
    if not rules:
        return False
    name = readable(name) + ("/" if is_folder else "")
    for spec, below in rules:
        decided = spec.check_file(below + name).include
        if decided is not None:
            return decided
    return False


def _spec_of(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


@lru_cache(maxsize=256)
def _is_pattern(line: str) -> bool:
    from pathspec.patterns.gitignore import GitIgnorePatternError

    try:
        _spec_of([line])
    except (GitIgnorePatternError, ValueError):
        return False
    return True
