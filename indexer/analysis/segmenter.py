"""Segmentation of folded text into words: rjieba by default, jieba as the reference. The only user of either.

Words of a user dictionary that consist of Han characters alone, or of letters and digits alone, go into the segmenter's
own dictionary; words with white space or marks, which ``add_word`` ignores silently in both, are cut out by a matcher
before segmentation.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from indexer.analysis.fold import fold_key
from indexer.analysis.lookup_segmenter import LookupSegmenter
from indexer.analysis.patterns import lazy
from indexer.analysis.versions import installed_version
from indexer.errors import BadParameter, reason
from indexer.model.records import record

if TYPE_CHECKING:
    import rjieba

Cut = Callable[[str], list[str]]

# Versions of rjieba whose dictionary and model are jieba's, so that looking words up gives the same cuts.
AS_LOOKED_UP = ("0.2.2",)
# Characters that are looked up at most: so many take as long as loading rjieba.
_LOOKED_UP = 4_000
# Characters of the longest word of jieba's dictionary.
_LONGEST = 16

# jieba's own line format: word, then a frequency, then a part of speech; only a frequency makes the tag certain.
_ENTRY = lazy(r"^(?P<word>.+?)(?:\s+(?P<frequency>\d+)(?:\s+[a-z]+)?)?$")
# Text that a segmenter's own dictionary can hold in one piece.
_PLAIN = lazy(r"[\u3400-\u9fff\U00020000-\U000323af]+|[a-z0-9]+")


@record
class UserDictionary:
    """Words that stay whole: ``(folded word, frequency or None)``, and a digest of them for the fingerprint."""

    words: tuple[tuple[str, int | None], ...] = ()

    @property
    def digest(self) -> str:
        """Hexadecimal digest that changes with the words, empty without any."""
        if not self.words:
            return ""
        return hashlib.sha256(repr(self.words).encode()).hexdigest()[:12]

    @classmethod
    def parse(cls, lines: Iterable[str]) -> UserDictionary:
        """Read ``word [frequency [tag]]`` lines; ``#`` opens a comment line.

        A word may hold white space; one that ends in digits (``GB/T 7714``) is followed by a tab.
        """
        entries: dict[str, int | None] = {}
        for line in lines:
            word, tab, rest = line.strip("\r\n \ufeff").partition("\t")
            match = _ENTRY.match(f"\0 {rest}".rstrip() if tab else word)
            if not match or word.startswith("#"):
                continue
            frequency = match["frequency"]
            entries[fold_key(word if tab else match["word"])] = int(frequency) if frequency else None
        return cls(tuple(sorted((word, frequency) for word, frequency in entries.items() if word)))

    @classmethod
    def load(cls, path: Path) -> UserDictionary:
        """Read a UTF-8 file.

        Raises:
            BadParameter: the file cannot be read as UTF-8 text.
        """
        try:
            return cls.parse(path.read_text("utf-8-sig").splitlines())
        except (OSError, UnicodeDecodeError) as error:
            raise BadParameter(
                f"用户词典读不出来：{path}（{reason(error)}）。", "请给出一个 UTF-8 文本文件，每行一个词。"
            ) from error


class _Library(Protocol):
    """What is used of jieba or rjieba."""

    def cut(self, text: str, /) -> list[str]: ...

    def has_word(self, word: str, /) -> bool:
        """Ask the dictionary."""

    def add_word(self, word: str, frequency: int | None, /) -> int:
        """Add to it, before anything is cut; the frequency that the word was given."""

    def load(self) -> None:
        """Load now what is loaded at first use."""


class Segmenter:
    """Cuts folded text into words whose concatenation is the text again.

    Attributes:
        name: library and version, part of an index's fingerprint.
        added: words of the user dictionary that the library took up, with the frequency it gave them.
        protected: those that it cannot take up.
        longest: no word of a dictionary has more characters.
    """

    def __init__(
        self, name: str, library: _Library, protected: Collection[str] = (), added: Mapping[str, int] | None = None
    ) -> None:
        self.name = name
        self.added = added or {}
        self.protected = frozenset(protected)
        self.longest = max(_LONGEST, *map(len, (*self.added, *self.protected, "")))
        self.load = library.load
        self._cut = library.cut
        self._has_word = library.has_word
        self._protected = _matcher(protected)

    def knows(self, word: str) -> bool:
        """Tell whether ``word`` stands in a dictionary; else the segmenter guessed it from its characters."""
        return word in self.protected or self._has_word(word)

    def cut(self, text: str) -> list[str]:
        """Return all pieces of ``text`` in order, marks and white space included."""
        if self._protected is None:
            return self._cut(text)
        return list(self._cut_between(self._protected, text))

    def _cut_between(self, protected: re.Pattern[str], text: str) -> Iterator[str]:
        position = 0
        for match in protected.finditer(text):
            if match.start() > position:
                yield from self._cut(text[position : match.start()])
            yield match.group()
            position = match.end()
        if position < len(text):
            yield from self._cut(text[position:])


def load_segmenter(user: UserDictionary | None = None, name: str = "") -> Segmenter:
    """Return the segmenter called ``rjieba`` or ``jieba``; without a name rjieba where it has a wheel, else jieba.

    Raises:
        BadParameter: no segmenter of that name.
    """
    user = user or UserDictionary()
    if name not in ("", "rjieba", "jieba"):
        raise BadParameter(f"没有名为“{name}”的分词器。", "可用：rjieba、jieba。")
    library: _Library = _Rjieba() if (name or default_segmenter()) == "rjieba" else _Jieba()
    plain = [(word, frequency) for word, frequency in user.words if _PLAIN.fullmatch(word)]
    added = {word: library.add_word(word, frequency) for word, frequency in plain}
    others = {word for word, _ in user.words} - {word for word, _ in plain}
    return Segmenter(segmenter_version(name or default_segmenter()), library, others, added)


def segmenter_version(name: str) -> str:
    """Return name and installed version, as the fingerprint writes them."""
    return f"{name} {installed_version(name)}"


@cache
def default_segmenter() -> str:
    """Return ``rjieba`` where it is installed, else ``jieba``: a platform without a wheel has the reference."""
    return "rjieba" if find_spec("rjieba") else "jieba"


class _Rjieba:
    """rjieba; as long as little is asked words are looked up instead, as loading it takes as long as a search."""

    def __init__(self) -> None:
        self._words: LookupSegmenter | rjieba.Jieba = LookupSegmenter()
        self._left = _LOOKED_UP
        if installed_version("rjieba") not in AS_LOOKED_UP:
            self.load()

    def load(self) -> None:
        import rjieba

        if isinstance(self._words, LookupSegmenter):
            self._words = rjieba._DEFAULT_JIEBA

    def add_word(self, word: str, frequency: int | None) -> int:
        import rjieba

        if not isinstance(self._words, rjieba.Jieba) or self._words is rjieba._DEFAULT_JIEBA:
            self._words = rjieba.Jieba()
        given = frequency or self._words.suggest_freq(word)
        self._words.add_word(word, given, None)
        return given

    def cut(self, text: str) -> list[str]:
        return self._for(text).cut(text)

    def has_word(self, word: str) -> bool:
        return self._for(word).has_word(word)

    def _for(self, asked: str) -> LookupSegmenter | rjieba.Jieba:
        self._left -= len(asked)
        if self._left < 0:
            self.load()
        return self._words


class _Jieba:
    """jieba, whose dictionary is loaded at first use."""

    def __init__(self) -> None:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = _without_cache(jieba.Tokenizer)()
        self.cut: Cut = self._tokenizer.lcut

    def load(self) -> None:
        self._tokenizer.check_initialized()

    def add_word(self, word: str, frequency: int | None) -> int:
        self._tokenizer.add_word(word, frequency)
        return int(self._tokenizer.FREQ[word])

    def has_word(self, word: str) -> bool:
        self.load()
        return bool(self._tokenizer.FREQ.get(word))


def _without_cache(tokenizer: type[Any]) -> type[Any]:
    """Return jieba's tokenizer that reads its dictionary each time, which takes a second.

    It would keep it as a file that is called the same for everybody, in the folder for temporary files: whoever else
    may write there could have put any dictionary there before, or a link to a file of ours to be written over.
    """

    class Tokenizer(tokenizer):  # type: ignore[misc]
        initialized: bool

        def initialize(self, dictionary: object = None) -> None:
            with self.lock:
                if not self.initialized:
                    self.FREQ, self.total = self.gen_pfdict(self.get_dict_file())
                    self.initialized = True

    return Tokenizer


def _matcher(words: Iterable[str]) -> re.Pattern[str] | None:
    """Longest word first; a word that begins or ends in a letter or digit must not stand inside a longer Latin word."""
    ordered = sorted(set(words), key=len, reverse=True)
    if not ordered:
        return None
    return re.compile("|".join(map(_bounded, ordered)))


def _bounded(word: str) -> str:
    left = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", word) else ""
    right = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", word) else ""
    return f"{left}{re.escape(word)}{right}"
