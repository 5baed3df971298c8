"""What an index holds: documents, outlines, passages in their context, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from indexer.model import Document, IndexStats, OutlineNode, Passage
from indexer.model.headings import outline_of

if TYPE_CHECKING:
    from rich.tree import Tree

from indexer.cli.stdio import one_line
from indexer.cli.strings import say
from indexer.cli.terminal.safe_console import in_line, plain


def print_left_out(console: Console, path: str, cuts: int, dropped: Sequence[str]) -> None:
    """What was left out of a file as parts of the page, and how often a paragraph of it was cut."""
    console.print(plain(say("left_out", path=path, dropped=len(dropped), cuts=cuts)))
    for text in dropped:
        console.print(plain(f"  - {' '.join(text.split())}"))


def print_outline(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """A document's headings as a tree."""
    from rich.tree import Tree

    about = say("between_counts").join(filter(None, (document.path, *_dates(document), document.author)))
    tree = Tree(
        in_line((" › ".join(document.titles), "bold"), say("outline_about", about=about, passages=len(passages)))
    )
    _grow(tree, outline_of(passages))
    console.print(tree)


def _dates(document: Document) -> Iterator[str]:
    """A document's date with where it was read, and the dates that the text tells apart from it."""
    if document.date:
        source = document.date_source and say(f"date_source_{document.date_source.name.lower()}")
        yield say("date_with_source", date=document.date, source=source) if source else document.date
    others = {"issued": document.issued, "amended": document.amended, "effective": document.effective}
    yield from (say(f"date_{name}", date=date) for name, date in others.items() if date)
    if not document.date and (document.issued or document.amended):
        yield say("date_withheld")


def _grow(tree: Tree, nodes: Sequence[OutlineNode]) -> None:
    for node in nodes:
        _grow(tree.add(in_line(node.heading, (f"  {node.passages}", "dim"))), node.children)


def print_documents(console: Console, documents: Sequence[Document]) -> None:
    """One line for each document: date, id, title, path, in columns."""
    cells = _columns(
        [
            (document.date or say("no_date"), document.id, one_line(" › ".join(document.titles)))
            for document in documents
        ]
    )
    for (date, number, title), document in zip(cells, documents, strict=True):
        console.print(in_line((f"{date}  {number}  ", "dim"), (title, "bold"), f"  {document.path}"))
    console.print(plain(say("count_documents", count=len(documents))))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Rows whose cells are padded to the same width in a terminal."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]


def print_context(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """Passages that follow each other, whole, under the document and the headings they stand under."""
    console.print(in_line((" › ".join(document.titles), "bold"), (f"  {document.path}", "dim")), soft_wrap=True)
    section: tuple[str, ...] = ()
    for passage in passages:
        if passage.section != section:
            section = passage.section
            console.print(in_line((" › ".join(section), "dim")), soft_wrap=True)
        console.print(Text.assemble((f"{passage.id}  ", "dim"), passage.text), soft_wrap=True)


def print_settings(console: Console, files: Sequence[Path], own: Path, held: Sequence[tuple[str, object, str]]) -> None:
    """The files that settings are from, and each setting with its source."""
    looked = say("comma").join(map(str, files)) or say("config_no_file", file=own)
    console.print(in_line(say("config_looked", files=looked)), soft_wrap=True)
    cells = _columns([(name, _set(value)) for name, value, _ in held])
    for (name, value), (_, _, source) in zip(cells, held, strict=True):
        console.print(in_line(f"{name}  ", (value, "bold"), f"  {source or say('from_default')}"), soft_wrap=True)


def _set(value: object) -> str:
    """A value as it would be written in a file; nothing for none."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return say("comma").join(value)
    return "" if value is None else str(value)


def print_stats(console: Console, stats: IndexStats) -> None:
    """Figures of an index."""
    kinds = say("between_counts").join(f"{say(f'kind_{kind}')} {count}" for kind, count in stats.kinds.items())
    passages = say("stats_passages_value", count=stats.passages)
    rows = [
        (say("stats_engine"), stats.engine),
        (say("stats_documents"), say("stats_documents_value", count=stats.documents)),
        (say("stats_passages"), passages + (say("in_brackets", text=kinds) if kinds else "")),
        (say("stats_characters"), str(stats.characters)),
        (say("stats_bytes"), f"{stats.bytes / 1e6:.1f} MB" if stats.bytes >= 1e6 else f"{stats.bytes / 1e3:.1f} kB"),
        (say("stats_commit"), stats.generation),
        *((say("stats_fingerprint", name=name), value or say("none")) for name, value in stats.fingerprint.items()),
    ]
    for name, value in rows:
        console.print(Text.assemble((say("label", name=name), "dim"), value))
