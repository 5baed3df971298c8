"""How a query being typed may go on: a radix tree of beginnings, as sorted terms with the best completions of each.

A term is a beginning; it stands for all longer ones, up to ``shared``, that the same texts go on from. Either few texts
begin so, then the term has them all and no longer term begins like it; or it has the best ``MOST`` of each kind, and
there is a longer term for each way to go on. So what was typed is answered by one term: the last one that does not come
after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.model.headings import section_path
from indexer.search.completion import KINDS, Completable
from indexer.static_export.columns import Rows
from indexer.static_export.shards import varint, varints

# Completions of each kind that a term has, at most: as many as may be asked for in a browser.
MOST = 10


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Where a completion may begin.

    Attributes:
        rest: its folded text from there on.
        number: of the completion, in their order.
    """

    rest: str
    number: int
    offset: int

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What orders those of one kind: at the beginning of a text before inside it, then as texts are, then by
        where in one.
        """
        return self.offset > 0, self.number, self.offset


class Completions:
    """The completions of an index, of which documents, headings and topics are told by their numbers in ``rows``."""

    def __init__(self, completables: Sequence[Completable], rows: Rows) -> None:
        self._offered = [each.completion for each in completables]
        self._beginnings = sorted(_beginnings(completables), key=lambda beginning: beginning.rest)
        self._documents = {document.id: number for number, document in enumerate(rows.documents)}
        self._nodes = {path: node for node, path in reversed(list(enumerate(rows.paths)))}
        self._topics = {
            topic: (number, at) for topics, number in rows.topic_sets.items() for at, topic in enumerate(topics)
        }

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Sorted terms with their completions."""
        for _, group in groupby(self._beginnings, key=lambda beginning: beginning.rest[0]):
            yield from self._below(1, list(group))

    def _below(self, size: int, held: Sequence[_Beginning]) -> Iterator[tuple[str, bytes]]:
        """The term of ``size`` characters that ``held`` share, and those that go on from it."""
        shared = _shared(held[0].rest, held[-1].rest)
        best = self._best(held)
        is_whole = len(best) == len(held)
        yield shared[:size], self._term(shared[size:], size, best, is_whole=is_whole)
        if not is_whole:
            longer = (beginning for beginning in held if len(beginning.rest) > len(shared))
            for _, group in groupby(longer, key=lambda beginning: beginning.rest[len(shared)]):
                yield from self._below(len(shared) + 1, list(group))

    def _best(self, held: Sequence[_Beginning]) -> list[_Beginning]:
        """The first ``MOST`` of each kind, each completion once; all, where that is fewer."""
        of_kind: dict[str, dict[int, _Beginning]] = defaultdict(dict)
        for beginning in sorted(held, key=lambda beginning: beginning.rank):
            chosen = of_kind[self._offered[beginning.number].kind]
            if len(chosen) < MOST:
                chosen.setdefault(beginning.number, beginning)
        return [beginning for kind in KINDS for beginning in of_kind[kind].values()]

    def _term(self, shared: str, size: int, best: Sequence[_Beginning], *, is_whole: bool) -> bytes:
        """Whether these are all; how the term goes on; how many there are; then each."""
        going_on = shared.encode("utf-8", "replace")
        head = (varint(is_whole), varint(len(going_on)), going_on, varint(len(best)))
        return b"".join((*head, *(self._completion(beginning, size) for beginning in best)))

    def _completion(self, beginning: _Beginning, size: int) -> bytes:
        """Kind, count, offset and what tells the text: a word's characters after the term, else numbers."""
        offered = self._offered[beginning.number]
        about = varints([KINDS.index(offered.kind), offered.count, beginning.offset])[0]
        match offered.kind:
            case "document":
                return about + varint(self._documents[offered.value])
            case "topic":
                return about + varints(self._topics[offered.value])[0]
            case "heading":
                return about + varint(self._nodes[section_path(offered.value)])
        rest = beginning.rest[size:].encode("utf-8", "replace")
        return about + varint(len(rest)) + rest


def _beginnings(completables: Sequence[Completable]) -> Iterator[_Beginning]:
    for number, each in enumerate(completables):
        for offset in each.begins:
            if rest := each.folded[offset:]:
                yield _Beginning(rest, number, offset)


def _shared(one: str, other: str) -> str:
    """What two texts both begin with."""
    size = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:size]
