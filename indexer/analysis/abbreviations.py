"""What texts say that something is called for short: ``《中华人民共和国劳动合同法》（以下简称《劳动合同法》）``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.analysis.patterns import lazy
from indexer.model.tokens import Abbreviations

# How what ``_ABBREVIATION`` finds stands in folded text.
FOR_SHORT = ("》(以下简称", "》(以下称")
_ABBREVIATION = lazy(r"《([^《》]{2,60})》[（(]以下(?:简称|称)[《“\"]?([^《》“”\"（）()]{2,30})[》”\"]?[）)]")


def tells_abbreviations(chars: str) -> bool:
    """Tell whether a folded passage may say what something is called for short."""
    return "》(以下" in chars and any(told in chars for told in FOR_SHORT)


def abbreviations_in(text: str) -> Abbreviations:
    """Return what a passage says so, in full and for short."""
    return tuple(_ABBREVIATION.findall(text))


def abbreviations_of(texts: Iterable[str], folded: Iterable[str]) -> Iterator[tuple[int, Abbreviations]]:
    """Return the places of passages that may say so, with what they say."""
    for at, (text, chars) in enumerate(zip(texts, folded, strict=True)):
        if tells_abbreviations(chars):
            yield at, abbreviations_in(text)
