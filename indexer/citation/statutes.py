"""A passage of a law as lawyers cite it: 《中华人民共和国劳动合同法》（2012年修正）第十九条第一款第二项."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.documents.structure import numbering
from indexer.model import Document, Kind, Passage

_DIGITS = "零一二三四五六七八九"


def cite_statute(document: Document, passage: Passage, siblings: Sequence[Passage]) -> str | None:
    """Cite a passage by article, paragraph (款) and item (项); None where it stands in no article.

    Args:
        document: the document; the name of its work is that of the law.
        passage: a passage of it.
        siblings: the passages of the article, in order; without them paragraphs are not counted.
    """
    article = next((name for heading in reversed(passage.section) if (name := _article(heading))), None)
    if article is None:
        return None
    return f"{_name(document)}{_version(document)}{article}{_place(passage, siblings)}"


def _article(heading: str) -> str | None:
    found = numbering.article(heading)
    return found[0] if found else None


def _name(document: Document) -> str:
    name = " ".join((document.work or document.title).split())
    return (
        name
        if name.startswith("《") and name.endswith("》")
        else f"《{name.translate(str.maketrans('《》', '〈〉'))}》"
    )


def _version(document: Document) -> str:
    return f"（{document.amended[:4]}年{document.amendment or '修正'}）" if document.amended else ""


def _place(passage: Passage, siblings: Sequence[Passage]) -> str:
    """Count the paragraph and the item. Where an article has one paragraph only, items are of the article."""
    item = _item(passage)
    suffix = f"第{item}项" if item else ""
    paragraphs = [each for each in siblings if each.kind is Kind.BODY and _item(each) is None]
    above = [each for each in paragraphs if each.ordinal <= passage.ordinal]
    if passage.kind is not Kind.BODY or len(paragraphs) < 2 or not above:
        return suffix
    return f"第{_numeral(len(above))}款{suffix}"


def _item(passage: Passage) -> str | None:
    """The number of ``（二）…``, without its brackets."""
    number = numbering.number(passage.text.strip())
    if number is None or number.style not in ("（一）", "（1）") or number.value < 1:
        return None
    return _numeral(number.value)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}" if tens < 10 else str(number)
