"""What an index is asked through, as of one commit: an analyzer that fits it, and what is made from its documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from indexer import manifest
from indexer.analysis import Analyzer, Synonyms, UserDictionary
from indexer.crossrefs import Library
from indexer.engines.base import Engine
from indexer.search import Searcher


@dataclass(frozen=True, slots=True)
class Asked:
    """What an index is asked through, as of one commit."""

    analyzer: Analyzer
    searcher: Searcher
    generation: str
    _library: list[Library] = field(default_factory=list)

    def library(self, engine: Engine) -> Library:
        """The documents that references may be to; made at first need."""
        if not self._library:
            self._library.append(Library(engine.documents(), engine.passages))
        return self._library[0]


def analyzer_of(about: manifest.Manifest, folder: Path) -> Analyzer:
    """The analyzer that an index was built with.

    Raises:
        IndexMismatch: this program cannot make it.
    """
    analyzer = Analyzer(
        UserDictionary(about.user_words),
        about.fingerprint.get("segmenter", "").partition(" ")[0],
        Synonyms(about.synonyms),
    )
    about.require(analyzer.fingerprint(), folder)
    return analyzer
