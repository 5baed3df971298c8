"""A quotation that was checked: where it stands, or what is nearest and how it differs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from indexer.cli.terminal.console import LISTED, MARK, in_line, plain
from indexer.model import DifferenceKind, Document, QuotedPassage, Verification


def print_verification(console: Console, verification: Verification) -> None:
    """Where a quotation stands, else what is nearest, with the differences between brackets."""
    shown = len(verification.places)
    counted = f"{verification.total}{' 处以上' if verification.truncated else ' 处'}"
    if verification.found:
        how = "与原文一字不差" if verification.exact else "只有折叠以后相同（繁简、全半角、大小写）"
        console.print(plain(f"找到 {counted}，{how}{f'；列出 {shown} 处' if shown < verification.total else ''}"))
    for number, occurrence in enumerate(verification.places, 1):
        _print_quoted(console, f"{number}. ", occurrence.document, occurrence.passages)
        if occurrence.differences:
            others = "，".join(f"{each.quoted}→{each.text}" for each in occurrence.differences[:LISTED])
            console.print(plain(f"   原文的字形：{others}"))
    nearest = verification.nearest
    if nearest:
        console.print(plain(f"没有找到。最接近的（相似度 {nearest.similarity:.0%}）："))
        _print_quoted(console, "", nearest.document, nearest.passages)
        console.print(Text("   ") + _compared(verification))
        console.print(Text("   [-引文的字-]{+原文的字+}", style="dim"))
        if not nearest.differences:
            console.print(plain("   各部分原文里都有，但次序不同或相隔太远。"))
    elif not verification.found:
        console.print(plain("没有找到，也没有相近的段落。"))


def _print_quoted(console: Console, before: str, document: Document, passages: Sequence[QuotedPassage]) -> None:
    """Title, section, path and text of what a quotation covers."""
    path = " › ".join((*document.titles, *passages[0].passage.section))
    console.print(in_line((before, "dim"), path), soft_wrap=True)
    about = f"   {document.path}  {'、'.join(each.passage.id for each in passages)}"
    console.print(in_line((about, "dim")), soft_wrap=True)
    for each in passages:
        console.print(Text.assemble("   ", (each.text, MARK)), soft_wrap=True)


def _compared(verification: Verification) -> Text:
    """The quotation with its differences as wdiff writes them."""
    text = Text()
    for kind, quoted, source in verification.compared:
        if kind is None:
            text.append(quoted)
            continue
        text.append(f"[-{quoted}-]" if quoted else "", "red")
        text.append(f"{{+{source}+}}" if kind is not DifferenceKind.ADDED else "", "green")
    return text
