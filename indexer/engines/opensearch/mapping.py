"""How an index in the cluster is laid out: its fields, and how characters and words become tokens of them.

One index holds records of four kinds (``record``): passages, and what gives them context: sections, chapters and
documents with their terms. All records of a document are routed together. A field of tokens is cut at white space and
nowhere else, so that the tokens are ours; the token at position i of ``chars`` is the character at index i.

    chars, pairs            characters and pairs of adjacent ones of a passage, with positions
    words                   its words, with their frequency
    starts, ends            ``x`` where a segmented piece begins, and at its last character
    letters, marks          ``x`` where a character may stand for a wildcard, and where not
    goes_on_left/right      the character, where a number or Latin word goes on beyond it (``spans.is_whole``)
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

# Records.
PASSAGE, SECTION, CHAPTER, DOCUMENT = "passage", "section", "chapter", "document"

ZONES = tuple(zone for zone in Zone if zone is not Zone.TEXT)
# Positions between the values of a zone: more than any literal has characters.
GAP = 10_000
# What parts the headings of a path and the parts of a key: less than any character of them.
PARTER = "\0"
# A position without a token, and the token of a position that is one of a class.
HOLE, HERE = "_", "x"

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


def _text(options: str = "positions", *, holes: bool = False, **more: Any) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": "holes" if holes else "tokens",
        "index_options": options,
        "norms": False,
        **more,
    }


def _ranked(options: str, shape: scoring.Shape) -> dict[str, Any]:
    similarity = "section" if shape == scoring.SECTION_SHAPE else "passage"
    return _text(options, similarity=similarity) | {"norms": True}


_KEYWORD = {"type": "keyword"}
_NUMBER = {"type": "integer"}
_CLASSES = ("starts", "ends", "letters", "marks", "goes_on_left", "goes_on_right")
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
    "chars": _ranked("positions", scoring.PASSAGE_SHAPE),
    "pairs": _text(),
    "words": _ranked("freqs", scoring.PASSAGE_SHAPE),
    **dict.fromkeys(_CLASSES, _text(holes=True)),
    **{field_in(zone): _text(position_increment_gap=GAP) for zone in ZONES},
    **{field_of(zone): _KEYWORD for zone in ZONES},
    "section_words": _text("freqs"),
    "section_characters": _text("freqs"),
    "chapter_words": _text("freqs"),
    "document_pairs": _text("freqs"),
    "headings": _text("docs"),
    "stored": {"type": "object", "enabled": False},
}


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
                    "filter": {"hole": {"type": "stop", "stopwords": [HOLE]}},
                    "analyzer": {
                        "tokens": {"type": "custom", "tokenizer": "tokens"},
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
