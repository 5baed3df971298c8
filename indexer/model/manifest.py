"""What an index says of itself: how its text became tokens, where its files came from.

An engine commits it together with the data that it describes; format and engine stand in a file of their own, which is
read first (``index.folder``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from pathlib import Path

from indexer.errors import IndexDamaged, IndexMismatch, rebuild_hint, shell_word
from indexer.model.records import record

# The key of the fingerprint that tells what made the vectors.
EMBEDDER = "embedder"


@record
class Manifest:
    """The committed part.

    Attributes:
        fingerprint: how text became tokens, and under ``EMBEDDER`` what made the vectors, if it has any. An index of
            another fingerprint is refused; one with vectors can also be read without what made them.
        parser: version of the parsers; files read by another one are read again at the next update.
        user_words: the user dictionary, ``(folded word, frequency or None)``.
        synonyms: the user's synonyms, ``(folded word, what may stand for it)``.
        roots: name of each indexed folder → where it was last seen.
        parents: the same of folders of which only single files were indexed.
    """

    fingerprint: Mapping[str, str] = field(default_factory=dict)
    parser: str = ""
    user_words: tuple[tuple[str, int | None], ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    roots: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def dumps(self) -> str:
        """As JSON in ASCII, since a path may hold bytes that are no text; the same for the same content."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def loads(cls, text: str, folder: Path) -> Manifest:
        """The inverse of ``dumps``, of the index in ``folder``.

        Raises:
            IndexDamaged: it is not a manifest.
        """
        try:
            data = json.loads(text)
            data["user_words"] = tuple((word, frequency) for word, frequency in data["user_words"])
            data["synonyms"] = tuple((word, tuple(others)) for word, others in data["synonyms"])
            made = cls(**data)
            sound = all(isinstance(value, str) for each in made._mappings() for value in each.values())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _unreadable(folder) from error
        if not sound:
            raise _unreadable(folder)
        return made

    @property
    def analysis(self) -> Mapping[str, str]:
        """How text became tokens."""
        return {key: value for key, value in self.fingerprint.items() if key != EMBEDDER}

    @property
    def embedder(self) -> str:
        """The signature of the model that made its vectors; empty where it has none."""
        return self.fingerprint.get(EMBEDDER, "")

    def _mappings(self) -> tuple[Mapping[str, str], ...]:
        return self.fingerprint, self.roots, self.parents

    def require(self, fingerprint: Mapping[str, str], folder: Path) -> None:
        """Refuse an index whose text became tokens in another way than ``fingerprint`` says, which has no embedder.

        Raises:
            IndexMismatch: names what differs and the command that rebuilds.
        """
        own = self.analysis
        differing = [key for key in sorted({*fingerprint, *own}) if fingerprint.get(key) != own.get(key)]
        if differing:
            details = "；".join(f"{key}：索引是 {own.get(key)!r}，现在是 {fingerprint.get(key)!r}" for key in differing)
            raise IndexMismatch(f"索引 {folder} 是用另一套分词建的（{details}）。", self.rebuild_hint(folder))

    def rebuild_hint(self, folder: Path) -> str:
        """How the index in ``folder`` is built again from the folders that it was built from."""
        inner_first = sorted(self.roots.values(), key=len, reverse=True)  # they were roots before the outer ones
        return rebuild_hint(folder, " ".join(map(shell_word, inner_first)) or "目录")


def _unreadable(folder: Path) -> IndexDamaged:
    return IndexDamaged(f"索引 {folder} 里的清单读不出来。", rebuild_hint(folder))
