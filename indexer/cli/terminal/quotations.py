"""A quotation that was checked: where it stands, or what is nearest and how it differs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from indexer.cli.strings import say
from indexer.cli.terminal.lines import LISTED
from indexer.cli.terminal.safe_console import MARK, in_line, plain
from indexer.model import DifferenceKind, Document, QuotedPassage, Verification


def print_verification(console: Console, verification: Verification) -> None:
    """Where a quotation stands, else what is nearest, with the differences between brackets."""
    shown = len(verification.places)
    if verification.found:
        places = say("places_at_least" if verification.truncated else "places", count=verification.total)
        how = say("verified_exact" if verification.exact else "verified_folded")
        listed = say("verified_listed", count=shown) if shown < verification.total else ""
        console.print(plain(say("verified", places=places, how=how, listed=listed)))
    for number, occurrence in enumerate(verification.places, 1):
        _print_quoted(console, f"{number}. ", occurrence.document, occurrence.passages)
        if occurrence.differences:
            others = say("between_counts").join(
                f"{each.quoted}→{each.text}" for each in occurrence.differences[:LISTED]
            )
            console.print(plain(say("glyphs", differences=others)))
    nearest = verification.nearest
    if nearest:
        console.print(plain(say("nearest", similarity=nearest.similarity)))
        _print_quoted(console, "", nearest.document, nearest.passages)
        console.print(Text("   ") + _compared(verification))
        console.print(Text(say("diff_legend"), style="dim"))
        if not nearest.differences:
            console.print(plain(say("nearest_apart")))
    elif not verification.found:
        console.print(plain(say("not_found_at_all")))


def _print_quoted(console: Console, before: str, document: Document, passages: Sequence[QuotedPassage]) -> None:
    """Title, section, path and text of what a quotation covers."""
    path = " › ".join((*document.titles, *passages[0].passage.section))
    console.print(in_line((before, "dim"), path), soft_wrap=True)
    about = f"   {document.path}  {say('comma').join(each.passage.id for each in passages)}"
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
