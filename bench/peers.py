"""Other engines behind one small interface: stock Whoosh, SQLite FTS5, Tantivy. All index the same words.

A peer stores each passage's text and its chapter, and indexes its words, parted by spaces. What it cannot ask in its
own way (a single character, since it knows words only) it answers None to.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """A passage as the peers take it."""

    words: Sequence[str]
    text: str
    chapter: str


@dataclass(frozen=True)
class Query:
    """A query in ours and in everybody's terms.

    Attributes:
        text: as typed into 寻章.
        words: that must (or, if ``any_word``, may) be there.
        phrase: whether they must be adjacent.
        without: a word that must not be there.
        prefix: whether the only word is the beginning of one.
        chapter: a chapter to look in.
        scope: ``passage`` or ``section``, which only 寻章 has.
    """

    text: str
    words: Sequence[str] = ()
    any_word: bool = False
    phrase: bool = False
    without: str = ""
    prefix: bool = False
    chapter: str = ""
    scope: str = "passage"


class Peer(ABC):
    """Builds an index of rows in a folder, and asks it."""

    name: str

    @abstractmethod
    def build(self, rows: Iterable[Row], folder: Path) -> None:
        """Index all rows in one commit."""

    @abstractmethod
    def ask(self, query: Query) -> list[str] | None:
        """The texts of the ten best."""

    def count_chapters(self, query: Query) -> object:
        """Hits per chapter, where there is such a thing."""
        return None


class StockWhoosh(Peer):
    """Whoosh as it comes: one field of words with positions."""

    name = "stock Whoosh"

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        """See ``Peer``."""
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            words=fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), stored=False),
            text=fields.STORED(),
            chapter=fields.ID(),
        )
        made = index.create_in(str(folder), schema)
        writer = made.writer(limitmb=512)
        for row in rows:
            writer.add_document(words=" ".join(row.words), text=row.text, chapter=row.chapter)
        writer.commit()
        self._searcher: Any = index.open_dir(str(folder)).searcher()

    def ask(self, query: Query) -> list[str] | None:
        """See ``Peer``."""
        if query.scope != "passage":
            return None
        results = self._searcher.search(self._tree(query), limit=10)
        return [hit["text"] for hit in results]

    @staticmethod
    def _tree(query: Query) -> Any:
        from whoosh import query as q

        terms = [q.Term("words", word) for word in query.words]
        tree: Any = q.Or(terms) if query.any_word else q.And(terms)
        if query.phrase:
            tree = q.Phrase("words", list(query.words))
        if query.prefix:
            tree = q.Prefix("words", query.words[0])
        if query.without:
            tree = q.AndNot(tree, q.Term("words", query.without))
        return q.And([tree, q.Term("chapter", query.chapter)]) if query.chapter else tree


class Fts5(Peer):
    """SQLite's full-text table."""

    name = "FTS5"

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        """See ``Peer``."""
        self._database = sqlite3.connect(folder / "fts5.db")
        self._database.execute(
            "CREATE VIRTUAL TABLE rows USING fts5(words, text UNINDEXED, chapter UNINDEXED, tokenize='unicode61')"
        )
        values = ((" ".join(row.words), row.text, row.chapter) for row in rows)
        self._database.executemany("INSERT INTO rows VALUES (?, ?, ?)", values)
        self._database.commit()

    def ask(self, query: Query) -> list[str] | None:
        """See ``Peer``."""
        if query.scope != "passage":
            return None
        where, values = self._where(query)
        statement = f"SELECT text FROM rows WHERE {where} ORDER BY rank LIMIT 10"
        return [text for (text,) in self._database.execute(statement, values)]

    def count_chapters(self, query: Query) -> object:
        """See ``Peer``."""
        where, values = self._where(query)
        statement = f"SELECT chapter, count(*) FROM rows WHERE {where} GROUP BY chapter"
        return self._database.execute(statement, values).fetchall()

    @staticmethod
    def _where(query: Query) -> tuple[str, list[str]]:
        quoted = [f'"{word}"' for word in query.words]
        match = f'"{" ".join(query.words)}"' if query.phrase else (" OR " if query.any_word else " AND ").join(quoted)
        match += " *" if query.prefix else ""
        match += f' NOT "{query.without}"' if query.without else ""
        values = [match, query.chapter] if query.chapter else [match]
        return "rows MATCH ?" + (" AND chapter = ?" if query.chapter else ""), values


class Tantivy(Peer):
    """Tantivy by way of its Python package."""

    name = "Tantivy"

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        """See ``Peer``."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="whitespace")
        builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("chapter", tokenizer_name="raw")
        self._index = tantivy.Index(builder.build(), path=str(folder))
        writer = self._index.writer(heap_size=256_000_000)
        for row in rows:
            document = tantivy.Document()
            document.add_text("words", " ".join(row.words))
            document.add_text("text", row.text)
            document.add_text("chapter", row.chapter)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, query: Query) -> list[str] | None:
        """See ``Peer``."""
        if query.scope != "passage":
            return None
        hits = self._searcher.search(self._tree(query), 10).hits
        return [self._searcher.doc(address)["text"][0] for _, address in hits]

    def _tree(self, query: Query) -> Any:
        import tantivy

        schema, make = self._index.schema, tantivy.Query
        terms = [make.term_query(schema, "words", word) for word in query.words]
        must, may, must_not = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
        parts: list[Any] = [(may if query.any_word else must, term) for term in terms]
        if query.phrase and len(query.words) > 1:
            parts = [(must, make.phrase_query(schema, "words", list(query.words)))]
        if query.prefix:
            parts = [(must, make.regex_query(schema, "words", query.words[0] + ".*"))]
        if query.without:
            parts.append((must_not, make.term_query(schema, "words", query.without)))
        tree = make.boolean_query(parts)
        if query.chapter:
            tree = make.boolean_query([(must, tree), (must, make.term_query(schema, "chapter", query.chapter))])
        return tree


PEERS: tuple[type[Peer], ...] = (StockWhoosh, Fts5, Tantivy)
