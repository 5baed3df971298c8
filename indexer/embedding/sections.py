"""What of a document is embedded: its deepest sections, a long one in windows, each with what stands above it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.model import AnalyzedDocument, AnalyzedPassage, Kind
from indexer.model.vectors import DIGEST_BYTES

# Folded characters of a window, about, and of what stands above it, at most: its last ones, which are most particular.
WINDOW = 160
_ABOVE = 64
# A passage of less than so many windows is not cut.
_UNCUT = 1.5


@dataclass(frozen=True, slots=True)
class SectionText:
    """A text to be embedded, and the ordinals of the first and the last passage that it tells of."""

    first: int
    last: int
    text: str

    @property
    def digest(self) -> bytes:
        """The same for the same text."""
        return hashlib.blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def sections_of(analyzed: AnalyzedDocument) -> tuple[SectionText, ...]:
    """The texts of a document, in order. What is nothing but headings has none."""
    return tuple(_texts(analyzed))


def _texts(analyzed: AnalyzedDocument) -> Iterator[SectionText]:
    for _, group in groupby(analyzed.passages, key=lambda tokens: tokens.passage.section):
        passages = list(group)
        above = " ".join((analyzed.title, *passages[0].section))[-_ABOVE:]
        for window in _windows(passages):
            first, last = window[0].passage.ordinal, window[-1].passage.ordinal
            texts = [tokens.chars for tokens in window if not _is_heading(tokens)]
            for body in _pieces("\n".join(texts)) if texts else ():
                yield SectionText(first, last, f"{above} {body}")


def _windows(passages: Sequence[AnalyzedPassage]) -> Iterator[list[AnalyzedPassage]]:
    """Passages in runs of about ``WINDOW`` characters; one that is longer is by itself."""
    window: list[AnalyzedPassage] = []
    size = 0
    for tokens in passages:
        if window and size + len(tokens.chars) > WINDOW:
            yield window
            window, size = [], 0
        window.append(tokens)
        size += 0 if _is_heading(tokens) else len(tokens.chars)
    if window:
        yield window


def _pieces(text: str) -> Iterator[str]:
    """A text in equal pieces of about ``WINDOW`` characters."""
    count = max(1, round(len(text) / WINDOW)) if len(text) > _UNCUT * WINDOW else 1
    size = -(-len(text) // count)
    yield from (text[start : start + size] for start in range(0, len(text), size or 1))


def _is_heading(tokens: AnalyzedPassage) -> bool:
    return tokens.passage.kind in (Kind.HEADING, Kind.TITLE)
