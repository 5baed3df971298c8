"""What texts say that something is called for short: ``《中华人民共和国劳动合同法》（以下简称《劳动合同法》）``,
``《中华人民共和国个人信息保护法》（PIPL）``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from indexer.analysis.patterns import lazy
from indexer.model.tokens import Abbreviations

# How what the patterns below find stands in folded text: of laws alone letters behind them are a name.
_LAWS = ("法", "例")
FOR_SHORT = ("》(以下简称", "》(以下称", *(f"{law}》({letter}" for law in _LAWS for letter in ascii_lowercase))
_ABBREVIATION = lazy(r"《([^《》]{2,60})》[（(]以下(?:简称|称)[《“\"]?([^《》“”\"（）()]{2,30})[》”\"]?[）)]")

_IN_LETTERS = lazy(
    r"《([^《》]{1,60}[法例])》[（(](?:[A-Z][A-Za-z]+(?: [A-Za-z]+){1,9}[,，、] ?)?"
    r"([A-Z][A-Za-z]{0,9}[A-Z][A-Za-z]{0,9})[）)]"
)
_TELLS = lazy(rf"》\(以下(?:简称|称)|[{''.join(_LAWS)}]》\([a-z]")


def tells_abbreviations(chars: str) -> bool:
    """Tell whether a folded passage may say what something is called for short."""
    return "》(" in chars and _TELLS.search(chars) is not None


def abbreviations_in(text: str) -> Abbreviations:
    """Return what a passage says so, in full and for short."""
    return (*_ABBREVIATION.findall(text), *_IN_LETTERS.findall(text))


def abbreviations_of(texts: Iterable[str], folded: Iterable[str]) -> Iterator[tuple[int, Abbreviations]]:
    """Return the places of passages that may say so, with what they say."""
    for at, (text, chars) in enumerate(zip(texts, folded, strict=True)):
        if tells_abbreviations(chars):
            yield at, abbreviations_in(text)
