"""What is asked of the whole of an index: queries, quotations, beginnings of words, and why little is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from indexer.errors import BadParameter
from indexer.index.reading import Reading
from indexer.model import Results
from indexer.model.choices import BOUNDS, COMPLETIONS, DEFAULT_FACETS, DEFAULTS, PLACES
from indexer.query.options import Options, make_filters

if TYPE_CHECKING:
    from indexer.model import Completion, Diagnosis, Explanation, UnfoundWord, Verification
    from indexer.search.completion import Completable


class Searching(Reading):
    """Hands queries to the searcher that fits the last commit, and quotations to ``citation``."""

    def search(
        self,
        query: str = "",
        *,
        like: str = "",
        section: Iterable[str | Sequence[str]] = (),
        topic: Iterable[str] = (),
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        kind: Iterable[str] = (),
        year: Iterable[str | int] = (),
        work: Iterable[str] = (),
        field: Iterable[str] = (),
        path: Iterable[str] = (),
        type: Iterable[str] = (),  # noqa: A002 (the filter's name everywhere)
        match: str = DEFAULTS["match"],
        scope: str = DEFAULTS["scope"],
        sort: str = DEFAULTS["sort"],
        offset: int = BOUNDS["offset"].default,
        limit: int = BOUNDS["limit"].default,
        facets: Sequence[str] = DEFAULT_FACETS,
        facet_depth: int = BOUNDS["facet_depth"].default,
        facet_limit: int = BOUNDS["facet_limit"].default,
        script: str = DEFAULTS["script"],
        synonyms: str = DEFAULTS["synonyms"],
        without: Sequence[str] = (),
        chapters: int = BOUNDS["chapters"].default,
        collapse: str = DEFAULTS["collapse"],
        group: str = DEFAULTS["group"],
        group_limit: int = BOUNDS["group_limit"].default,
    ) -> Results:
        """Find passages. An empty query finds all that pass the filters, in order.

        Args:
            query: see the handbook; at most 1,000 code points.
            like: instead of a query a passage, by id or permalink: found is what shares its weightiest words, all in
                the tier ``near`` and without itself; ``match``, ``script`` and ``synonyms`` say nothing then.
            section: heading paths, as ``section_value`` writes them or as sequences; each with all below it.
            topic: topics, as facets list them.
            document: ids or paths.
            tag: tags of documents.
            kind: names of ``Kind``.
            year: ``2020``, ``2020..2021``, open ended, or ``none``.
            work: works that documents are parts of.
            field: ``名=值``: a value of a column of the user's own ``metadata.csv``.
            path: folders, as documents' paths begin; each with all below it.
            type: endings of files: ``pdf``, ``md``.
            match: ``auto``, ``all`` (without partial matches), ``exact``, ``relax`` (``auto``, quotations need not be
                literal), or ``near`` (``auto``, and what is only near in meaning, where the index has an embedder).
            scope: ``passage``, or ``section``: words may be spread over one deepest section.
            sort: ``relevance``, ``order``, ``date`` or ``-date``.
            offset: hits to skip; with ``group`` documents.
            limit: hits to return, at most 100; with ``group`` documents.
            facets: which of section, topic, document, tag, year, kind, work, field, path, type to count.
            facet_depth: levels of the section facet.
            facet_limit: values of each facet (and level) at most.
            script: ``any``, or ``exact``: only the very characters typed, not those they fold together with.
            synonyms: ``on``, or ``off``: the user's synonyms stand for nothing.
            without: parts of the score to leave out (``engines.scoring``).
            chapters: how many chapters to count hits in, at most (``Results.chapters``); 0 for none.
            collapse: ``none``; ``text``: hits with the same text (once folded) are one, which names the others;
                ``section``: the hits of a deepest section are one, its best, which shows the others.
            group: ``none``, or ``document``: hits are grouped by document, in the order of its first hit.
            group_limit: hits of each document, at most 100.

        Raises:
            QueryTooLong: more than 1,000 code points.
            BadParameter: anything else out of its range, or both ``like`` and a query.
            NotFound: there is no passage that ``like`` names.
            IndexUnavailable: the index cannot be read.
        """
        filters = make_filters(section, topic, document, tag, kind, year, work, field, path, type)
        options = Options(
            match=match,
            scope=scope,
            sort=sort,
            offset=offset,
            limit=limit,
            facets=facets,
            facet_depth=facet_depth,
            facet_limit=facet_limit,
            script=script,
            synonyms=synonyms,
            without=without,
            chapters=chapters,
            collapse=collapse,
            group=group,
            group_limit=group_limit,
        )
        if not like:
            return self._session.search(query, filters, options)
        if query.strip():
            raise BadParameter("查询和 like 不能同时给出。", "要找与某一段相近的，去掉查询；要查询，去掉 like。")
        return self._session.similar(self.passage(like), filters, options)

    def verify(
        self,
        quote: str,
        *,
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        year: Iterable[str | int] = (),
        work: Iterable[str] = (),
        field: Iterable[str] = (),
        path: Iterable[str] = (),
        type: Iterable[str] = (),  # noqa: A002 (likewise)
        limit: int = PLACES.default,
    ) -> Verification:
        """Whether a quotation stands in the corpus, where, and if not, what comes nearest and how it differs.

        It has at most ``MAX_QUOTE`` code points, may span paragraphs, and ``……`` stands for what is left out. Filters,
        limit (of occurrences) and errors as of ``search``; an empty quotation is a ``BadParameter``.
        """
        from indexer.citation.quotations import Verifier

        filters = make_filters(document=document, tag=tag, year=year, work=work, field=field, path=path, type=type)
        with self._session.reading():
            verifier = Verifier(self._engine, self._session.latest().analyzer)
            return verifier.verify(quote, filters, Options(limit=limit).limit)

    def complete(self, prefix: str, limit: int = COMPLETIONS.default) -> tuple[Completion, ...]:
        """What somebody who has typed ``prefix`` may mean: titles, topics, headings and words of the corpus.

        Args:
            prefix: how a text, or a word in it, begins: characters of either script, full pinyin without tones (``v``
                for ü, any reading of a character), initials, or a mixture: ``数字jj``, ``shuzijj``, ``xi'an``.
            limit: completions at most, up to 50; the kinds take turns.

        Returns:
            Completions by kind (document, topic, heading, word), in each those that begin so first, then the most
            frequent; none for an empty prefix. The first call after a commit gathers them.

        Raises:
            BadParameter: ``limit`` is out of its range.
        """
        with self._session.reading():
            return self._session.latest().complete(prefix, limit)

    def completables(self) -> tuple[Completable, ...]:
        """All that ``complete`` chooses from, for those who look it up elsewhere."""
        with self._session.reading():
            return self._session.latest().completables()

    def explain(self, query: str) -> Explanation:
        """How a query is understood. Raises as ``search`` does."""
        with self._session.reading():
            return self._session.latest().explain(query)

    def diagnose(
        self,
        query: str,
        *,
        section: Iterable[str | Sequence[str]] = (),
        topic: Iterable[str] = (),
        document: Iterable[str] = (),
        tag: Iterable[str] = (),
        kind: Iterable[str] = (),
        year: Iterable[str | int] = (),
        work: Iterable[str] = (),
        field: Iterable[str] = (),
        path: Iterable[str] = (),
        type: Iterable[str] = (),  # noqa: A002 (the filter's name everywhere)
        match: str = DEFAULTS["match"],
        scope: str = DEFAULTS["scope"],
        script: str = DEFAULTS["script"],
        synonyms: str = DEFAULTS["synonyms"],
    ) -> Diagnosis:
        """Why a query finds little: the words it was understood as, what each filter costs, and a shorter query.

        It takes several searches; ask it only where there are no hits. Arguments and errors as of ``search``.
        """
        filters = make_filters(section, topic, document, tag, kind, year, work, field, path, type)
        with self._session.reading():
            options = Options(match=match, scope=scope, script=script, synonyms=synonyms)
            return self._session.latest().diagnose(query, filters, options)

    def unfound_words(self, queries: Iterable[str]) -> tuple[UnfoundWord, ...]:
        """Which words of some queries (``QueryLog.queries``) stand in no passage, title or heading, most asked first.

        Left out are single characters, numbers, quotations, and what has a synonym already.
        """
        with self._session.reading():
            return self._session.latest().unfound_words(queries)

    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Return the synonyms in force: a folded word → what may stand for it."""
        with self._session.reading():
            return dict(self._session.latest().synonyms()[0].entries)
