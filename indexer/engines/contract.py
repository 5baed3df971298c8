"""The contract every engine keeps. ``memory`` is its definition; ``tests/engines`` holds every other one against it.

An engine receives documents and queries as tokens (``AnalyzedDocument``, leaves of analysed trees) and never folds,
segments or parses anything itself.

Meaning of a tree for one passage (``definition.trees``): ``Literal``, ``Glob``: it stands in a value of one of its
zones; ``Within``: in the text; ``Years``: the year of the document; ``And``, ``Or``, ``Not`` as usual, empty ``And`` is
true, empty ``Or`` false. Zones: TEXT the passage; SECTION any heading above it; TITLE the title of its work and its
own; TOPIC any of its topics; DOCUMENT the document's path or title; TAG any of its tags; WORK its work; FIELD the value
of the column that the leaf names.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Self, TypeAlias

from indexer.engines.connection import Connection
from indexer.engines.requests import Answer, Counts, Request
from indexer.model import (
    AnalyzedDocument,
    Document,
    Filters,
    IndexStats,
    Passage,
    QueryNode,
    SectionVector,
    Tier,
    columns_of,
)
from indexer.model.records import record
from indexer.model.tokens import Abbreviations

# Bytes that a build may take by default.
MEMORY = 1 << 30
# What an open index keeps for later queries at most, by default.
DEFAULT_CACHE_BYTES = 192 << 20


@record
class Removal:
    """A document to be taken out."""

    document_id: str


@record
class Upsert:
    """A document to be taken in, as its engine has prepared it.

    Attributes:
        document_id: the document.
        passages: how many it has.
        prepared: what that engine alone understands; another process can hand it over.
        vectors: what its sections mean.
    """

    document_id: str
    passages: int
    prepared: Any
    vectors: tuple[SectionVector, ...] = ()


Change: TypeAlias = AnalyzedDocument | Upsert | Removal


@record
class Capabilities:
    """What an engine can do, as its entry in the registry says.

    Attributes:
        persistent: an index outlives the process.
        concurrent_readers: other processes may read while one builds.
        exact_scores: scores equal the definition's for every hit, not only for a rescored top.
        vectors: it stores vectors, and finds what is near in meaning.
    """

    persistent: bool
    concurrent_readers: bool
    exact_scores: bool
    vectors: bool = False


class Titled(NamedTuple):
    """What a document is called; ``folded`` is its title, folded, None where it is not known by itself."""

    document_id: str
    title: str
    work: str | None = None
    folded: str | None = None

    @classmethod
    def of(cls, document: Document) -> Titled:
        """What a document says of itself."""
        return cls(document.id, document.title, document.work)


class IndexedFile(NamedTuple):
    """What of a document tells which file it was read from, and whether that is still the same (see ``Document``)."""

    path: str
    document_id: str
    content_hash: str
    declared_hash: str
    recognition: str | None

    @classmethod
    def of(cls, document: Document) -> IndexedFile:
        """What a document says of its file."""
        return cls(document.path, document.id, document.content_hash, document.declared_hash, document.recognition)


class Engine(ABC):
    """An index as seen by ``build`` and ``search``. Safe for reading by several threads at once.

    Every question is put to the last commit of what is in the folder at that moment, be it made by another process, or
    of another index; whatever reads raises ``IndexMissing`` where there is none any more, and otherwise as ``open``.
    """

    name: ClassVar[str]
    # Seconds between two looks for a commit, for whoever is to know of each.
    between_looks: ClassVar[float] = 0.2

    @classmethod
    @abstractmethod
    def create(cls, path: Path, manifest: str) -> Self:
        """Make an empty index with ``manifest`` (any text) committed in the existing folder ``path``, which holds none.

        Raises:
            IndexUnavailable: the folder cannot be written.
        """

    @classmethod
    @abstractmethod
    def replace(cls, path: Path, manifest: str, confirm: Callable[[], None]) -> Self:
        """An empty engine holding ``manifest`` whose first ``apply`` with changes takes the place of whatever index,
        of any state, is in the folder ``path``. Till then, and if that ``apply`` fails, the old one stays as it is.

        Args:
            path: the folder.
            manifest: any text.
            confirm: called within that commit, while the lock is held and before anything old is deleted; if it
                raises, the old index stays.
        """

    @classmethod
    @abstractmethod
    def open(cls, path: Path, cache_bytes: int = DEFAULT_CACHE_BYTES) -> Self:
        """Open the last commit.

        Args:
            path: the folder.
            cache_bytes: what is decoded or derived for queries and kept for the next ones, in bytes at most; what
                every query needs of the index as a whole comes on top.

        Raises:
            IndexMissing: nothing there.
            IndexDamaged: something there, but not whole.
            IndexUnavailable: the system does not let it be read now.
        """

    @staticmethod
    def prepare(analyzed: AnalyzedDocument) -> Upsert:
        """All of an engine's work on a document that needs nothing else, so that other processes can do it before
        ``apply``; a function that they can import.
        """
        return Upsert(analyzed.document.id, len(analyzed.passages), analyzed, analyzed.vectors)

    def prepared(self, changes: Iterable[Change]) -> Iterator[Upsert | Removal]:
        """The changes as they come, documents that nobody has prepared yet being prepared."""
        return (self.prepare(change) if isinstance(change, AnalyzedDocument) else change for change in changes)

    @abstractmethod
    def apply(self, changes: Iterable[Change], manifest: str, memory: int = MEMORY) -> None:
        """Carry out ``changes`` in order as one commit, ``manifest`` with it; without changes and with the same
        manifest nothing is committed. An upsert replaces the document of the same id. The lock is taken and the
        last commit read before the first change is asked for. If the iterable raises, nothing is committed.

        Args:
            changes: what to do.
            manifest: any text.
            memory: bytes that the process may take meanwhile, about; an engine that holds everything in memory anyway
                pays no heed.

        Raises:
            IndexBusy: another writer holds the lock.
            IndexUnavailable: the index cannot be written; or its folder was deleted meanwhile, or is another one now,
                which then stays as it is.
        """

    @property
    @abstractmethod
    def replacing(self) -> bool:
        """Whether it was made by ``replace`` and has not yet taken the old index's place."""

    def one_commit(self) -> AbstractContextManager[None]:
        """A context in which this thread's questions are all put to the commit that is the last at its beginning, and
        ``generation`` is that one's; an engine that has no cheaper way to the last commit need do nothing.
        """
        return nullcontext()

    def warm(self) -> Iterator[None]:
        """Derive, step by step, what the first questions to the last commit would wait for, as far as it can be kept;
        who iterates may stop at any step. An engine that derives nothing has none.
        """
        yield from ()

    @abstractmethod
    def search(self, request: Request) -> Answer:
        """Answer a request on one commit, seen whole."""

    @abstractmethod
    def count(self, request: Request) -> Counts:
        """What the answer to a request counts, without its list, facets and scores: only ``tiers``, ``filters``
        and ``scope`` have a part in it.
        """

    @abstractmethod
    def document(self, document_id: str) -> Document | None:
        """The document of that id; None without one."""

    @abstractmethod
    def documents(self) -> tuple[Document, ...]:
        """All documents, by path, then id."""

    def indexed_files(self) -> Iterable[IndexedFile]:
        """What the documents were read from, in the order of ``documents``, for less."""
        return map(IndexedFile.of, self.documents())

    def titled(self) -> Iterable[Titled]:
        """What the documents are called, in the order of ``documents``, for less."""
        return map(Titled.of, self.documents())

    def abbreviations(self, most: int) -> Sequence[Abbreviations] | None:
        """What ``AnalyzedDocument.abbreviations`` say of the first passages that have any, by document and place; None
        where they are not kept, and only the texts tell.
        """
        return None

    def columns(self) -> tuple[str, ...]:
        """The names of the user's own columns that documents have, in order."""
        return columns_of(self.documents())

    @abstractmethod
    def passages(
        self, document_id: str, section: tuple[str, ...] | None = None, ordinals: range | None = None
    ) -> tuple[Passage, ...]:
        """The passages of one document in order; empty for an unknown one.

        Args:
            document_id: the document.
            section: only those with this very heading path.
            ordinals: only those whose ordinal is in this range, of step 1.
        """

    def vectors(self, document_id: str) -> tuple[SectionVector, ...]:
        """What the sections of a document mean, in order; empty for an unknown one, and where none are stored."""
        return ()

    @abstractmethod
    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """All words of the passages, and how often each occurs; deleted passages may still be counted."""

    @abstractmethod
    def manifest(self) -> str:
        """The manifest of the last commit."""

    @abstractmethod
    def stats(self) -> IndexStats:
        """Figures of the last commit; ``fingerprint`` is left empty."""

    def passage_count(self) -> int:
        """Passages of the last commit: ``stats().passages``, for less."""
        return self.stats().passages

    @abstractmethod
    def check(self) -> Sequence[str]:
        """Problems found on reading everything, as sentences; none when sound."""

    @property
    @abstractmethod
    def generation(self) -> str:
        """Identifies the last commit among those of all indexes: it changes with every commit, and is another one where
        another index has taken the place of this one.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of files and memory."""


class RemoteEngine(Engine):
    """An engine that keeps its indexes on other machines: the folder holds only where one is, and never who may log in.

    Without a ``connection`` they are reached as the folder and the environment say.
    """

    @classmethod
    @abstractmethod
    def create(cls, path: Path, manifest: str, connection: Connection | None = None) -> Self:
        """As any engine, at the end of a connection.

        Raises:
            BadParameter: nothing says where that is.
        """

    @classmethod
    @abstractmethod
    def replace(
        cls, path: Path, manifest: str, confirm: Callable[[], None], connection: Connection | None = None
    ) -> Self:
        """As any engine, at the end of a connection; by default that of the index which is replaced."""

    @classmethod
    @abstractmethod
    def open(cls, path: Path, cache_bytes: int = DEFAULT_CACHE_BYTES, connection: Connection | None = None) -> Self:
        """As any engine, by another connection than the folder and the environment say."""


def count_matching(engine: Engine, tree: QueryNode, filters: Filters | None = None) -> int:
    """How many passages a tree is true for, of those that pass the filters."""
    return engine.count(Request(((Tier.EXACT, tree),), filters=filters or Filters())).tiers[Tier.EXACT]
