"""What a plan may ask about the texts that will be searched. Who they are asked of is the caller's to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from indexer.model import Passage, QueryNode
from indexer.query.names import NO_NAMES, Names


class Corpus(Protocol):
    """What is known of one commit, exactly: engines that hold the same texts say the same."""

    def count(self, tree: QueryNode) -> int:
        """How many passages a tree is true for."""

    def passages(self, tree: QueryNode) -> Sequence[Passage]:
        """The first passages that a tree is true for, as many as articles have, in the order of their documents."""

    @property
    def names(self) -> Names:
        """What its documents are called."""


class Unknown:
    """Texts of which nothing is known: every word counts as standing in them, no document has a name."""

    def count(self, tree: QueryNode) -> int:
        """More than any limit."""
        return 1 << 60

    def passages(self, tree: QueryNode) -> Sequence[Passage]:
        """None."""
        return ()

    @property
    def names(self) -> Names:
        """None."""
        return NO_NAMES


UNKNOWN = Unknown()
