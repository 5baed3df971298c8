"""The commits of an index: which is the last, answers that are all of one, and what is made anew after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Self, TypeVar

from indexer.engines.per_commit import PerCommit
from indexer.index.open_index import OpenIndex

T = TypeVar("T")


class Commits(OpenIndex):
    """Looks at commits through the session."""

    def one_commit(self) -> AbstractContextManager[None]:
        """A context in which all that this thread asks is answered by the commit that is the last as it begins: what is
        put together of several answers fits together, and whether there is another commit is looked up once.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        return self._session.one_commit()

    @property
    def generation(self) -> str:
        """Identifies the last commit among those of all indexes: changes with every commit, another process's too, and
        where another index has taken the place of this one.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        return self._session.generation()

    @property
    def revision(self) -> str:
        """Identifies what answers are made of: the last commit (``generation``), and the synonyms in force.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        generation = self._session.generation()
        synonyms, _ = self._session.searcher().synonyms()
        return f"{generation} {synonyms.digest}"

    def per_commit(self, make: Callable[[Self], T]) -> Callable[[], T]:
        """A function that returns ``make(self)``, made at its first call and anew after each commit, another process's
        too: for what costs too much for every request. ``warm`` makes it before it is called.

        Threads that call it at once wait for the one that makes it. If ``make`` raises, so does the call, and the next
        one makes it again.
        """
        made = PerCommit(self, lambda: make(self))
        self._made.add(made)
        return made

    def warm(self) -> None:
        """Derive what the first questions would wait for: dictionary, facets, ends of words, completions, whatever
        ``per_commit`` makes. Raises as ``search`` does.
        """
        for _ in self._warming():
            pass

    def keep_warm(self, then: Callable[[], object] = lambda: None) -> AbstractContextManager[Any]:
        """A context in which a thread does the same, at once and after each commit, another process's too.

        Nobody waits for it, and an answer is of the last commit all the same; what goes wrong there is not raised.

        Args:
            then: called in that thread after each commit that comes, once it is warm.
        """
        from indexer.index.warming import Warming

        return Warming(lambda: self.generation, self._warming, self._engine.between_looks, then)

    def _warming(self) -> Iterator[None]:
        yield from self._session.warm()
        for made in tuple(self._made):
            made()
            yield
