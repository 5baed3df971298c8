"""Documents as the records of an index (``mapping``), and back.

``prepare`` makes them without knowing any other document; what a commit adds to each is its generation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import accumulate, chain, pairwise
from typing import Any

from indexer.engines.contract import Upsert
from indexer.engines.opensearch import mapping
from indexer.engines.opensearch.cluster import encode
from indexer.engines.opensearch.mapping import CALLED_WHOLE, PARTER, joined, keyword
from indexer.model import (
    AnalyzedDocument,
    AnalyzedPassage,
    DateSource,
    Document,
    Kind,
    Passage,
    Picture,
    Role,
    Zone,
)
from indexer.query.spans import is_whole, may_be_wild

Record = dict[str, Any]

# What a date is written with → what sorts the other way round, its end before all.
_BACKWARDS = str.maketrans({"-": ":", **{str(digit): str(9 - digit) for digit in range(10)}})


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """The records of a document, each its name within the document and its JSON, which lacks the generation."""

    records: tuple[tuple[str, bytes], ...]

    def lines(self, document_id: str, generation: int) -> Iterator[tuple[Record, bytes]]:
        """What ``Cluster.bulk`` takes."""
        begin = b'{"generation":%d,' % generation
        for name, body in self.records:
            where = {"_id": f"{document_id}-{name}@{generation}", "routing": routing(document_id)}
            yield where, begin + body[1:]


def routing(document_id: str) -> str:
    """What sends all records of a document to one shard."""
    return keyword(document_id)


def prepare(analyzed: AnalyzedDocument) -> Upsert:
    """See ``Engine.prepare``."""
    of_document = [("d", _document(analyzed)), ("w", _vocabulary(analyzed))]
    records = chain(_passages(analyzed), _sections(analyzed), _chapters(analyzed), of_document)
    made = tuple((name, encode(record)) for name, record in records)
    return Upsert(analyzed.document.id, len(analyzed.passages), PreparedDocument(made))


def section_key(document_id: str, section: Sequence[str]) -> str:
    """What names a section among all."""
    return f"{keyword(document_id)}.{mapping.digest('s', *section)}"


def chapter_key(document_id: str, section: Sequence[str]) -> str:
    """What names the chapter that a section stands in among all."""
    return f"{keyword(document_id)}.{mapping.digest('c', *section[:-1])}"


# ── to the cluster ───────────────────────────────────────────────────────────────────────────────────────────────────


def _passages(analyzed: AnalyzedDocument) -> Iterator[tuple[str, Record]]:
    document = analyzed.document
    ranks = {chapter: rank for rank, chapter in enumerate(_chapters_begun(analyzed))}
    opening = _opening(analyzed)
    of_document = _filters_of(document) | _zones_of_document(analyzed)
    for tokens in analyzed.passages:
        passage = tokens.passage
        yield (
            str(passage.ordinal),
            of_document
            | _tokens(tokens)
            | _zone(Zone.SECTION, tokens.section, passage.section)
            | _zone(Zone.TOPIC, tokens.topics, passage.topics)
            | {
                "record": mapping.PASSAGE,
                "key": f"{keyword(document.id)}-{passage.ordinal}",
                "ordinal": passage.ordinal,
                "section": section_key(document.id, passage.section),
                "chapter": chapter_key(document.id, passage.section),
                "chapter_rank": _chapter_rank(document, ranks[passage.section[:1]], passage.section[:1]),
                "levels": {
                    str(depth): mapping.path_key(passage.section[:depth])
                    for depth in range(1, len(passage.section) + 1)
                },
                "depth": len(passage.section),
                "topics": [*dict.fromkeys(map(keyword, passage.topics))],
                "kind": passage.kind.value,
                "name": keyword(tokens.section[-1]) if tokens.section else None,
                "opening": passage.ordinal == opening,
                "stored": _stored(tokens),
            },
        )


def _tokens(tokens: AnalyzedPassage) -> Record:
    chars = tokens.chars
    ends = [*accumulate(tokens.lengths)]
    starts, last = {0, *ends[:-1]} if ends else set(), {end - 1 for end in ends}
    return {
        "chars": joined(_with_edges(mapping.characters(chars), chars)),
        "pairs": joined(_with_edges(mapping.pairs(chars), chars)),
        "words": joined(map(mapping.word, tokens.words)),
        "starts": _where(at in starts for at in range(len(chars))),
        "ends": _where(at in last for at in range(len(chars))),
        "letters": _where(map(may_be_wild, chars)),
        "marks": _where(not may_be_wild(char) for char in chars),
        "text": mapping.digest(chars),
        "words_count": len(tokens.words),
        "chars_count": len(chars),
    }


def _where(holds: Iterable[bool]) -> str:
    return joined(mapping.HERE if each else mapping.HOLE for each in holds)


def _with_edges(tokens: Sequence[str], chars: str) -> Iterator[str]:
    """The tokens that begin at each character, marked where a number or Latin word begins or ends with them."""
    for at, token in enumerate(tokens):
        last = at + len(token) - 1
        first_sign = mapping.FIRST if chars[at] in CALLED_WHOLE and _is_first(chars, at) else ""
        last_sign = mapping.LAST if chars[last] in CALLED_WHOLE and _is_last(chars, last) else ""
        yield f"{first_sign}{token}{last_sign}"


def _is_first(chars: str, at: int) -> bool:
    before = chars[max(0, at - 2) : at + 1]
    return is_whole(before, len(before) - 1, len(before))


def _is_last(chars: str, at: int) -> bool:
    return is_whole(chars[at : at + 3], 0, 1)


def _zone(zone: Zone, folded: Iterable[str], originals: Iterable[str]) -> Record:
    """The values of a zone, for literals and whole."""
    values = [*zip(folded, originals, strict=True)]
    if not values:
        return {}
    whole = [keyword(f"{value}{PARTER}{original}") for value, original in values]
    return {mapping.field_in(zone): mapping.zone_texts(value for value, _ in values), mapping.field_of(zone): whole}


def _zones_of_document(analyzed: AnalyzedDocument) -> Record:
    document = analyzed.document
    title = analyzed.title, document.full_title
    columns = [
        keyword(PARTER.join((name, folded, value)))
        for folded, (name, value) in zip(analyzed.fields, document.fields, strict=True)
    ]
    return (
        _zone(Zone.TITLE, *zip(title, strict=True))
        | _zone(Zone.DOCUMENT, *zip((analyzed.path, document.path), title, strict=True))
        | _zone(Zone.TAG, analyzed.tags, document.tags)
        | (_zone(Zone.WORK, (analyzed.work,), (document.work,)) if document.work else {})
        | ({mapping.field_of(Zone.FIELD): columns} if columns else {})
    )


def _filters_of(document: Document) -> Record:
    """What filters and facets of documents look at, and what sorts."""
    date = document.date or None
    return {
        "document": keyword(document.id),
        "path": keyword(document.path),
        "reading": keyword(f"{document.path}{PARTER}{document.id}"),
        "year": document.year or "none",
        "date": date,
        "date_backwards": date.translate(_BACKWARDS) if date else None,
        "tags": [*dict.fromkeys(map(keyword, document.tags))],
        "work": keyword(document.work) if document.work else None,
        "fields": [*dict.fromkeys(map(keyword, document.field_values))],
        "folders": [*map(keyword, document.folders)],
        "type": document.type or None,
    }


def _chapter_rank(document: Document, rank: int, chapter: Sequence[str]) -> str:
    parts = (document.path, document.id, f"{rank:08}", *chapter)
    return keyword(PARTER.join(parts))


def _chapters_begun(analyzed: AnalyzedDocument) -> dict[tuple[str, ...], int]:
    """The chapters in reading order with the ordinal of the first passage of each; above all what has none."""
    begun: dict[tuple[str, ...], int] = {(): -1}
    for tokens in analyzed.passages:
        begun.setdefault(tokens.passage.section[:1], tokens.passage.ordinal)
    return begun


def _opening(analyzed: AnalyzedDocument) -> int | None:
    """The ordinal of the passage that opens a document."""
    titles = (tokens for tokens in analyzed.passages if tokens.passage.kind is Kind.TITLE)
    opening = next(titles, analyzed.passages[0] if analyzed.passages else None)
    return opening.passage.ordinal if opening else None


def _by(analyzed: AnalyzedDocument, depth: int | None) -> Mapping[tuple[str, ...], Sequence[AnalyzedPassage]]:
    grouped: dict[tuple[str, ...], list[AnalyzedPassage]] = defaultdict(list)
    for tokens in analyzed.passages:
        grouped[tokens.passage.section[:depth]].append(tokens)
    return grouped


def _sections(analyzed: AnalyzedDocument) -> Iterator[tuple[str, Record]]:
    for number, (section, passages) in enumerate(_by(analyzed, None).items()):
        headings = (analyzed.title, *passages[0].section)
        yield (
            f"s{number}",
            {
                "record": mapping.SECTION,
                "document": keyword(analyzed.document.id),
                "section": section_key(analyzed.document.id, section),
                "section_words": _words(passages),
                "section_characters": joined(chain.from_iterable(mapping.characters(each.chars) for each in passages)),
                "headings": joined(dict.fromkeys(chain.from_iterable(map(mapping.pairs, headings)))),
                "headings_count": sum(map(len, headings)),
                **_lengths(passages),
            },
        )


def _chapters(analyzed: AnalyzedDocument) -> Iterator[tuple[str, Record]]:
    grouped: dict[str, list[AnalyzedPassage]] = defaultdict(list)
    for tokens in analyzed.passages:
        grouped[chapter_key(analyzed.document.id, tokens.passage.section)].append(tokens)
    for number, (chapter, passages) in enumerate(grouped.items()):
        yield (
            f"c{number}",
            {
                "record": mapping.CHAPTER,
                "document": keyword(analyzed.document.id),
                "chapter": chapter,
                "chapter_words": _words(passages),
                **_lengths(passages),
            },
        )


def _document(analyzed: AnalyzedDocument) -> Record:
    document = analyzed.document
    return {
        "record": mapping.DOCUMENT,
        "document": keyword(document.id),
        "reading": keyword(f"{document.path}{PARTER}{document.id}"),
        "document_pairs": joined(chain.from_iterable(mapping.pairs(each.chars) for each in analyzed.passages)),
        "passages_count": len(analyzed.passages),
        **_lengths(analyzed.passages),
        "stored": {
            "document": {
                field.name: getattr(document, field.name)
                for field in fields(document)
                if getattr(document, field.name) != field.default
            },
            "folded": [analyzed.title, analyzed.path, list(analyzed.tags), analyzed.work, list(analyzed.fields)],
            "opening": _opening(analyzed),
            "sections": len(_by(analyzed, None)),
            "chapters": [[ordinal, *chapter] for chapter, ordinal in _chapters_begun(analyzed).items() if ordinal >= 0],
        },
    }


def _vocabulary(analyzed: AnalyzedDocument) -> Record:
    """The words of a document by themselves, as they are many and seldom asked for."""
    return {
        "record": mapping.VOCABULARY,
        "document": keyword(analyzed.document.id),
        "stored": {"words": Counter(word for tokens in analyzed.passages for word in tokens.words)},
    }


def _words(passages: Iterable[AnalyzedPassage]) -> str:
    return joined(mapping.word(word) for tokens in passages for word in tokens.words)


def _lengths(passages: Sequence[AnalyzedPassage]) -> Record:
    return {
        "words_count": sum(len(tokens.words) for tokens in passages),
        "chars_count": sum(len(tokens.chars) for tokens in passages),
    }


def _stored(tokens: AnalyzedPassage) -> Record:
    """A passage as it comes back: what is as usual is left out; pieces that are no words have negative lengths."""
    passage = tokens.passage
    usual = Passage("", 0, "")
    return {
        "text": passage.text,
        "chars": tokens.chars if tokens.chars != passage.text else None,
        "pieces": [*_signed(tokens)],
        "section": [passage.section, tokens.section],
        "topics": [passage.topics, tokens.topics],
        **{
            name: getattr(passage, name)
            for name in ("kind", "page", "page_end", "anchor", "role", "emphasis")
            if getattr(passage, name) != getattr(usual, name)
        },
        **({"pictures": [astuple(each) for each in passage.pictures]} if passage.pictures else {}),
        **({"fields": dict(passage.fields)} if passage.fields else {}),
    }


def _signed(tokens: AnalyzedPassage) -> Iterator[int]:
    words = iter(tokens.words)
    word = next(words, None)
    for start, end in pairwise(accumulate(tokens.lengths, initial=0)):
        is_word = tokens.chars[start:end] == word
        yield end - start if is_word else start - end
        if is_word:
            word = next(words, None)


# ── and back ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def passage_of(source: Record, document_id: str) -> AnalyzedPassage:
    """A passage as tokens from the record of it."""
    stored = source["stored"]
    (section, folded_section), (topics, folded_topics) = stored["section"], stored["topics"]
    passage = Passage(
        document_id=document_id,
        ordinal=source["ordinal"],
        text=stored["text"],
        section=tuple(section),
        topics=tuple(topics),
        kind=Kind(stored.get("kind", Kind.BODY)),
        page=stored.get("page"),
        page_end=stored.get("page_end"),
        anchor=stored.get("anchor"),
        fields=stored.get("fields", {}),
        role=Role(stored.get("role", Role.BODY)),
        emphasis=tuple((start, end) for start, end in stored.get("emphasis", ())),
        pictures=tuple(Picture(*each) for each in stored.get("pictures", ())),
    )
    chars = passage.text if stored["chars"] is None else stored["chars"]
    pieces = stored["pieces"]
    lengths = (*map(abs, pieces),)
    words = tuple(chars[end - piece : end] for piece, end in zip(pieces, accumulate(lengths), strict=True) if piece > 0)
    return AnalyzedPassage(passage, chars, lengths, words, tuple(folded_section), tuple(folded_topics))


def document_of(source: Record) -> Document:
    """A document from the record of it."""
    said = dict(source["stored"]["document"])
    source_of_date = said.get("date_source")
    return Document(
        **said
        | {
            "tags": tuple(said.get("tags", ())),
            "fields": tuple((name, value) for name, value in said.get("fields", ())),
            "date_source": DateSource(source_of_date) if source_of_date else None,
        }
    )


@dataclass(frozen=True, slots=True)
class Owner:
    """A document as the record of it says, without its passages.

    Attributes:
        folded: its title, path, tags, work and fields as they are looked through.
        sections: how many it has.
        stand_ins: in place of the passage that opens it and of the first of each chapter, passages without text.
    """

    document: Document
    folded: tuple[str, str, tuple[str, ...], str, tuple[str, ...]]
    sections: int
    stand_ins: Mapping[int, AnalyzedPassage]

    def with_passages(self, known: Iterable[AnalyzedPassage]) -> AnalyzedDocument:
        """It as tokens, with those of its passages that are at hand, and stand-ins where the others are not."""
        title, path, tags, work, columns = self.folded
        passages = {**self.stand_ins, **{tokens.passage.ordinal: tokens for tokens in known}}
        ordered = tuple(passages[ordinal] for ordinal in sorted(passages))
        return AnalyzedDocument(self.document, title, path, tags, ordered, work, columns)


def owner_of(source: Record) -> Owner:
    """A document from the record of it, for its passages to be added."""
    document, stored = document_of(source), source["stored"]
    title, path, tags, work, columns = stored["folded"]
    firsts = {ordinal: tuple(chapter) for ordinal, *chapter in stored["chapters"]}
    opening = {stored["opening"]: firsts.get(stored["opening"], ())} if stored["opening"] is not None else {}
    stand_ins = {
        ordinal: _stand_in(document.id, ordinal, chapter, opens=ordinal in opening)
        for ordinal, chapter in (opening | firsts).items()
    }
    return Owner(document, (title, path, tuple(tags), work, tuple(columns)), stored["sections"], stand_ins)


def _stand_in(document_id: str, ordinal: int, section: tuple[str, ...], *, opens: bool) -> AnalyzedPassage:
    kind = Kind.TITLE if opens else Kind.BODY
    return AnalyzedPassage(Passage(document_id, ordinal, "", section, kind=kind), "", (), (), (), ())
