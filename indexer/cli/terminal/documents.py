"""What an index holds: documents, outlines, passages in their context, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from indexer.model import DATE_SOURCE_NAMES, KIND_NAMES, Document, IndexStats, Kind, OutlineNode, Passage
from indexer.model.headings import outline_of

if TYPE_CHECKING:
    from rich.tree import Tree

from indexer.cli.stdio import one_line
from indexer.cli.terminal.console import in_line, plain


def print_left_out(console: Console, path: str, cuts: int, dropped: Sequence[str]) -> None:
    """What was left out of a file as parts of the page, and how often a paragraph of it was cut."""
    console.print(plain(f"{path}（略去 {len(dropped)} 处，切开 {cuts} 处）"))
    for text in dropped:
        console.print(plain(f"  - {' '.join(text.split())}"))


def print_outline(console: Console, document: Document, passages: Sequence[Passage]) -> None:
    """A document's headings as a tree."""
    from rich.tree import Tree

    about = "，".join(filter(None, (document.path, *_dates(document), document.author)))
    tree = Tree(in_line((" › ".join(document.titles), "bold"), f"  （{about}，{len(passages)} 段）"))
    _grow(tree, outline_of(passages))
    console.print(tree)


def _dates(document: Document) -> Iterator[str]:
    """A document's date with where it was read, and the dates that the text tells apart from it."""
    if document.date:
        source = f"（据{DATE_SOURCE_NAMES[document.date_source]}）" if document.date_source else ""
        yield f"{document.date}{source}"
    others = {"公布": document.issued, "修订": document.amended, "施行": document.effective}
    yield from (f"{date} {name}" for name, date in others.items() if date)
    if not document.date and (document.issued or document.amended):
        yield "没有日期：正文里的历次修订未必齐全"


def _grow(tree: Tree, nodes: Sequence[OutlineNode]) -> None:
    for node in nodes:
        _grow(tree.add(in_line(node.heading, (f"  {node.passages}", "dim"))), node.children)


def print_documents(console: Console, documents: Sequence[Document]) -> None:
    """One line for each document: date, id, title, path, in columns."""
    cells = _columns(
        [(document.date or "无日期", document.id, one_line(" › ".join(document.titles))) for document in documents]
    )
    for (date, number, title), document in zip(cells, documents, strict=True):
        console.print(in_line((f"{date}  {number}  ", "dim"), (title, "bold"), f"  {document.path}"))
    console.print(plain(f"共 {len(documents)} 篇"))


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


def print_stats(console: Console, stats: IndexStats) -> None:
    """Figures of an index."""
    kinds = "，".join(f"{KIND_NAMES[Kind(kind)]} {count}" for kind, count in stats.kinds.items())
    rows = [
        ("引擎", stats.engine),
        ("文档", f"{stats.documents} 篇"),
        ("段落", f"{stats.passages} 段（{kinds}）" if kinds else "0 段"),
        ("字数", str(stats.characters)),
        ("占用", f"{stats.bytes / 1e6:.1f} MB" if stats.bytes >= 1e6 else f"{stats.bytes / 1e3:.1f} kB"),
        ("提交", stats.generation),
        *((f"指纹 {name}", value or "无") for name, value in stats.fingerprint.items()),
    ]
    for name, value in rows:
        console.print(Text.assemble((f"{name}：", "dim"), value))
