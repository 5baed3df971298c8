"""The user's synonyms: words that may stand for a word of the query in a partial match. Never used in the index."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from indexer.analysis.fold import fold_key
from indexer.errors import BadParameter, reason
from indexer.model import QueryWarning
from indexer.model.records import record


@record
class Synonyms:
    """Folded word → the folded words that may stand for it, in the order of the file.

    The format is Solr's and Elasticsearch's: ``a, b, c`` each stand for each other; ``a, b => c, d`` lets the right
    stand for each of the left, not the other way round; ``#`` opens a comment. Unlike there, the left is never
    replaced: nothing in a query is dropped.
    """

    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def digest(self) -> str:
        """Hexadecimal digest that changes with the entries, empty without any."""
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()[:12] if self.entries else ""

    def applied(self, text: str, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the entries that a folded run holds, among its ``words`` or, if longer than a character, anywhere."""
        return {word: others for word, others in self.entries if word in words or (len(word) > 1 and word in text)}

    def within(self, text: str, words: Collection[str]) -> tuple[str, ...]:
        """Return what may stand for words of a folded run: the right sides of the entries that it holds."""
        return tuple(dict.fromkeys(chain.from_iterable(self.applied(text, words).values())))

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Synonyms:
        """Read the lines of a file.

        Raises:
            BadParameter: a line with more than one arrow, or with nothing on one side of it.
        """
        found: dict[str, dict[str, None]] = {}
        for number, line in enumerate(lines, 1):
            content = line.partition("#")[0].strip(" \t\r\n\ufeff")
            if not content:
                continue
            left, arrow, right = content.partition("=>")
            sources, targets = _words(left), _words(right if arrow else left)
            if "=>" in right or not sources or not targets:
                raise BadParameter(f"同义词文件第 {number} 行看不懂：{content[:40]}。", "请写成“甲, 乙”或“甲 => 乙”。")
            for source in sources:
                found.setdefault(source, {}).update((word, None) for word in targets if word != source)
        return cls(tuple((word, tuple(others)) for word, others in sorted(found.items()) if others))

    @classmethod
    def load(cls, path: Path) -> Synonyms:
        """Read a UTF-8 file.

        Raises:
            BadParameter: it cannot be read, or a line of it.
        """
        try:
            return cls.parse(path.read_text("utf-8-sig").splitlines())
        except (OSError, UnicodeDecodeError) as error:
            raise BadParameter(
                f"同义词文件读不出来：{path}（{reason(error)}）。", "请给出一个 UTF-8 文本文件，每行一组词。"
            ) from error


class SynonymFile:
    """A file of synonyms that is read again whenever it has changed, so that no index is rebuilt for it."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            BadParameter: it cannot be read.
        """
        self._path = path
        self._last = _Reading(_stamp(path), Synonyms.load(path))

    def read(self) -> tuple[Synonyms, tuple[QueryWarning, ...]]:
        """Return what the file holds now; where that cannot be read, what it held before, with a warning."""
        stamp, last = _stamp(self._path), self._last
        if stamp != last.stamp:
            self._last = last = self._read_again(stamp, last.synonyms)
        return last.synonyms, last.warnings

    def _read_again(self, stamp: _Stamp, before: Synonyms) -> _Reading:
        try:
            return _Reading(stamp, Synonyms.load(self._path))
        except BadParameter as error:
            message = f"同义词文件改动后读不出来，仍按改动前的找。{error}"
            return _Reading(stamp, before, (QueryWarning("synonyms_unreadable", message),))


# When a file was changed, its size and which file it is; nothing where there is none.
_Stamp: TypeAlias = tuple[int, ...]


@record
class _Reading:
    """What a file held when it was read, and what was wrong with it."""

    stamp: _Stamp
    synonyms: Synonyms
    warnings: tuple[QueryWarning, ...] = ()


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(fold_key, text.replace("，", ",").split(",")))))
