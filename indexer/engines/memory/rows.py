"""A passage with the document it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from indexer.model import AnalyzedDocument, AnalyzedPassage

Section: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A passage with its document."""

    owner: AnalyzedDocument
    tokens: AnalyzedPassage

    @property
    def group(self) -> Section:
        """Its section: document id and heading path."""
        return self.owner.document.id, self.tokens.passage.section

    @property
    def chapter(self) -> Section:
        """What its section stands in: document id and the heading path without the deepest."""
        return self.owner.document.id, self.tokens.passage.section[:-1]

    @property
    def place(self) -> tuple[str, str, int]:
        """What the reading order sorts by."""
        document = self.owner.document
        return document.path, document.id, self.tokens.passage.ordinal
