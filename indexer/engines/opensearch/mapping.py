"""How an index in the cluster is laid out: its fields, and how characters and words become tokens of them.

One index holds records of several kinds (``record``): passages, what gives them context (sections, chapters and
documents with their terms), and the vocabulary of each document. All records of a document are routed together. A field
of tokens is cut at white space and nowhere else, so that the tokens are ours; the token at position i of ``chars`` is
the character at index i.

    chars, pairs            characters and pairs of adjacent ones of a passage, with positions; where a figure or Latin
                            letter begins or ends what it belongs to (``spans.is_whole``), also with ``FIRST``, ``LAST``
    words                   its words, with their frequency
    starts, ends            ``x`` where a segmented piece begins, and at its last character
    letters, marks          ``x`` where a character may stand for a wildcard, and where not
    in_*                    pairs, then characters, of each value of a zone, far apart
    of_*                    those values whole, as they are looked through one by one
    section_*, chapter_*, document_*, headings   terms of sections, chapters and documents
    levels.N                the heading path down to level N
    reading, place          what sorts in reading order, and by document id and ordinal
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from indexer.engines import scoring
from indexer.model import Zone
from indexer.query.spans import WHOLE_KINDS

# Records.
PASSAGE, SECTION, CHAPTER, DOCUMENT, VOCABULARY = "passage", "section", "chapter", "document", "vocabulary"

ZONES = tuple(zone for zone in Zone if zone is not Zone.TEXT)
# Positions between the values of a zone: more than any literal has characters.
GAP = 10_000
# What parts the headings of a path and the parts of a key: less than any character of them.
PARTER = "\0"
# A position without a token, and the token of a position that is one of a class.
HOLE, HERE = "_", "x"

# What is before a character of a number or word that does not go on to the left, and after one that does not to the
# right: characters that no text has.
FIRST, LAST = "\U0010ff00", "\U0010ff01"
CALLED_WHOLE = frozenset("".join(WHOLE_KINDS))

# Code points of a keyword that is kept as it is, and of a word: Lucene takes 32,766 bytes.
_LONGEST = 8_000
_PRIVATE = 0xF0000


def field_in(zone: Zone) -> str:
    """The field that literals of a zone are looked for in."""
    return f"in_{zone.value}"


def field_of(zone: Zone) -> str:
    """The field that holds the values of a zone whole."""
    return f"of_{zone.value}"


def keyword(value: str) -> str:
    """A value as a keyword; of one that is too long its digest."""
    if len(value) <= _LONGEST:
        return value
    return f"{value[:64]}{PARTER}{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"


def digest(*parts: str) -> str:
    """A short name for parts that are the same."""
    return hashlib.sha256(PARTER.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def path_key(section: Sequence[str]) -> str:
    """A heading path as a keyword that sorts as its last heading does among those with the same headings above."""
    return keyword(PARTER.join(section))


def characters(text: str) -> list[str]:
    """The tokens of characters: white space, which would part them, by a sign of its own for each."""
    return [chr(_PRIVATE + ord(char)) if char.isspace() else char for char in text]


def edges(text: str) -> tuple[str, str]:
    """The signs before and after the tokens at the ends of what must stand whole."""
    return FIRST if text[0] in CALLED_WHOLE else "", LAST if text[-1] in CALLED_WHOLE else ""


def pairs(text: str) -> list[str]:
    """The tokens of pairs of adjacent characters."""
    return [first + second for first, second in pairwise(characters(text))]


def word(text: str) -> str:
    """The token of a word."""
    return keyword("".join(characters(text)))


def joined(tokens: Iterable[str]) -> str:
    """Tokens as the text that the cluster cuts into them."""
    return " ".join(tokens)


def zone_texts(values: Iterable[str]) -> list[str]:
    """What the field of a zone takes in for its folded values."""
    return [joined(tokens) for value in values for tokens in (pairs(value), characters(value)) if tokens]


def _text(options: str = "positions", *, analyzer: str = "tokens", **more: Any) -> dict[str, Any]:
    return {"type": "text", "analyzer": analyzer, "index_options": options, "norms": False, **more}


def _ranked(options: str, shape: scoring.Shape, analyzer: str = "tokens") -> dict[str, Any]:
    similarity = "section" if shape == scoring.SECTION_SHAPE else "passage"
    return _text(options, analyzer=analyzer, similarity=similarity) | {"norms": True}


_KEYWORD = {"type": "keyword"}
_NUMBER = {"type": "integer"}
_CLASSES = ("starts", "ends", "letters", "marks")
_KEYWORDS = (
    "record", "key", "document", "section", "chapter", "place", "reading", "chapter_rank", "text", "name", "kind",
    "topics", "tags", "work", "year", "date", "date_backwards", "fields", "folders", "type", "path",
)  # fmt: skip
_NUMBERS = ("ordinal", "words_count", "chars_count", "headings_count", "passages_count", "depth")

PROPERTIES: dict[str, Any] = {
    **dict.fromkeys(_KEYWORDS, _KEYWORD),
    **dict.fromkeys(_NUMBERS, _NUMBER),
    "generation": {"type": "long"},
    "opening": {"type": "boolean"},
    "levels": {"type": "object", "dynamic": True},
    "chars": _ranked("positions", scoring.PASSAGE_SHAPE, "edges"),
    "pairs": _text(analyzer="edges"),
    "words": _ranked("freqs", scoring.PASSAGE_SHAPE),
    **dict.fromkeys(_CLASSES, _text(analyzer="holes")),
    **{field_in(zone): _text(position_increment_gap=GAP) for zone in ZONES},
    **{field_of(zone): _KEYWORD for zone in ZONES},
    "section_words": _text("freqs"),
    "section_characters": _text("freqs"),
    "chapter_words": _text("freqs"),
    "document_pairs": _text("freqs"),
    "headings": _text("docs"),
    "stored": {"type": "object", "enabled": False},
}


def _without_edges() -> list[str]:
    inside = f"[^{FIRST}{LAST}]+"
    return [f"{FIRST}?({inside}){LAST}?", f"({FIRST}{inside}){LAST}?", f"{FIRST}?({inside}{LAST})"]


def index_body(shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of an index."""
    shapes = {"passage": scoring.PASSAGE_SHAPE, "section": scoring.SECTION_SHAPE}
    tokenizer = {"tokens": {"type": "whitespace", "max_token_length": 1_048_576}}
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": "-1",
                "similarity": {name: {"type": "BM25", "k1": each.k1, "b": each.b} for name, each in shapes.items()},
                "analysis": {
                    "tokenizer": tokenizer,
                    "filter": {
                        "hole": {"type": "stop", "stopwords": [HOLE]},
                        # a token also without what is before or after it, at the same position
                        "edge": {"type": "pattern_capture", "preserve_original": True, "patterns": _without_edges()},
                    },
                    "analyzer": {
                        "tokens": {"type": "custom", "tokenizer": "tokens"},
                        "edges": {"type": "custom", "tokenizer": "tokens", "filter": ["edge"]},
                        "holes": {"type": "custom", "tokenizer": "tokens", "filter": ["hole"]},
                    },
                },
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["record", "document", "ordinal", "section", "chapter", "stored"]},
            "dynamic_templates": [{"levels": {"path_match": "levels.*", "mapping": _KEYWORD}}],
            "properties": PROPERTIES,
        },
    }
