"""A passage with the document it stands in, and such rows by section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    def reading_order(self) -> tuple[str, str, int]:
        """What the reading order sorts by."""
        document = self.owner.document
        return document.path, document.id, self.tokens.passage.ordinal


def rows_of(documents: Iterable[AnalyzedDocument]) -> list[Row]:
    """All passages of documents."""
    return [Row(owner, tokens) for owner in documents for tokens in owner.passages]


def by_section(rows: Iterable[Row]) -> Mapping[Section, Sequence[Row]]:
    """Rows by the section they stand in."""
    sections: dict[Section, list[Row]] = defaultdict(list)
    for row in rows:
        sections[row.group].append(row)
    return sections
