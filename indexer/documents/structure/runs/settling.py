"""One kind of line after the other; later ones see what earlier ones have settled."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.documents.structure.evidence import Evidence
from indexer.documents.structure.runs import (
    articles,
    counted_lines,
    labels,
    marks,
    named_lines,
    numbers,
    parts,
    poems,
    questions,
)
from indexer.model import Block


def settle(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence as all of it together shows it."""
    settled = numbers.without_lone_numbers(blocks, evidence)
    questions.forget_questions(blocks, settled)
    articles.find_glued_articles(blocks, settled)
    articles.find_titled_articles(blocks, settled)
    parts.find_titled_parts(blocks, settled)
    marks.find_bracketed(blocks, settled)
    marks.find_tagged(blocks, settled)
    marks.find_marked(blocks, settled)
    poems.find_poems(blocks, settled)
    labels.find_labelled(blocks, settled)
    numbers.find_names_below(blocks, settled)
    numbers.find_bare_numbers(blocks, settled)
    counted_lines.find_counted_lines(blocks, settled)
    questions.find_bold_questions(blocks, settled)
    questions.find_asked(blocks, settled)
    parts.find_titles_of_appendices(blocks, settled)
    named_lines.find_named_lines(blocks, settled)
    _forget_bold_leads(settled)
    return settled


def _forget_bold_leads(settled: list[Evidence]) -> None:
    """Take a bold line above the first heading that the format gives for text, where most of the text is below it.

    On a page whose only given heading is that of the comments, those of the text are bold lines.
    """
    first = next((index for index, seen in enumerate(settled) if seen.given), 0)
    for index in range(first if 2 * first <= len(settled) else 0):
        if settled[index].plain:
            settled[index] = Evidence()
