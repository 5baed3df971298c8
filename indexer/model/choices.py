"""What may be asked for: names, values, defaults and limits of all filters, facets and options.

Whoever reads, checks, describes or offers them takes them from here; for the browser's search they are written to
``webui/static/engine/model/choices.js`` (``python -m tools.engine_choices``). The first value of a choice is its
default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from indexer.model.queries import FieldName, Filters
from indexer.model.records import record
from indexer.model.results import Tier

# ── what parts the passages ──────────────────────────────────────────────────────────────────────────────────────────

FILTERS = tuple(field.name for field in fields(Filters))
# Filters that whole documents pass or not.
DOCUMENT_FILTERS = ("document", "tag", "year", "work", "field", "path", "type")
FILTER_NAMES: Mapping[str, str] = {
    "section": "章节",
    "topic": "主题",
    "document": "文档",
    "tag": "标签",
    "kind": "段落种类",
    "year": "年份",
    "work": "著作",
    "field": "自定义字段",
    "path": "文件夹",
    "type": "文件类型",
}
FACETS = ("section", "topic", "document", "tag", "year", "kind", "work", "field", "path", "type")
DEFAULT_FACETS = ("section", "topic", "document", "tag", "year", "work", "field")

# ── how an answer is made ────────────────────────────────────────────────────────────────────────────────────────────

MATCHES: Mapping[str, tuple[Tier, ...]] = {
    "auto": (Tier.EXACT, Tier.ALL, Tier.SOME),
    "all": (Tier.EXACT, Tier.ALL),
    "exact": (Tier.EXACT,),
    "relax": (Tier.EXACT, Tier.ALL, Tier.SOME),
    "near": (Tier.EXACT, Tier.ALL, Tier.SOME, Tier.NEAR),
}
SCOPES = ("passage", "section")
SORTS = ("relevance", "order", "date", "-date")
# What may be found for what was typed: any form of a character and other regions' words; any form of a character; the
# very characters.
SCRIPTS = ("any", "local", "exact")
# Whether the user's synonyms may stand for words of the query.
SYNONYMS = ("on", "off")
COLLAPSES = ("none", "text", "section")
GROUPS = ("none", "document")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "match": tuple(MATCHES),
    "scope": SCOPES,
    "sort": SORTS,
    "script": SCRIPTS,
    "synonyms": SYNONYMS,
    "collapse": COLLAPSES,
    "group": GROUPS,
}
DEFAULTS: Mapping[str, str] = {name: values[0] for name, values in CHOICES.items()}
# The choices that decide what is a hit; the others decide how hits are listed.
CONDITIONS = ("match", "scope", "script", "synonyms")

# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

# Code points of a query and of a quotation, hits (documents, occurrences) of a page, and hits that may be skipped, at
# most.
MAX_QUERY = 1_000
MAX_QUOTE = 5_000
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000
# Values of a facet, its levels, and chapters, at most.
MAX_FACET = 10_000
# Neighbours of a passage on either side, at most.
MAX_AROUND = 50
# Completions of what is being typed, at most.
MAX_COMPLETIONS = 50
# Other passages with the same text that an answer names, at most; how many there are it says in any case.
MAX_COPIES = 20


@record
class Bounds:
    """A whole number that may be asked for: what it is by default, and what it may be, both ends included."""

    default: int
    most: int
    least: int = 0


BOUNDS: Mapping[str, Bounds] = {
    "offset": Bounds(0, MAX_OFFSET),
    "limit": Bounds(10, MAX_LIMIT),
    "facet_depth": Bounds(2, MAX_FACET, least=1),
    "facet_limit": Bounds(50, MAX_FACET, least=1),
    "group_limit": Bounds(3, MAX_LIMIT, least=1),
    "chapters": Bounds(0, MAX_FACET),
}
AROUND = Bounds(1, MAX_AROUND)
COMPLETIONS = Bounds(8, MAX_COMPLETIONS, least=1)
# Occurrences of a quotation.
PLACES = Bounds(20, MAX_LIMIT)

# ── how a query may be written ───────────────────────────────────────────────────────────────────────────────────────

# What opens a field, before its colon; ``year`` is none of ``FieldName``: it asks for no characters.
FIELD_NAMES: Mapping[str, str] = {
    "章节": FieldName.SECTION.value,
    "章": FieldName.SECTION.value,
    "section": FieldName.SECTION.value,
    "主题": FieldName.TOPIC.value,
    "topic": FieldName.TOPIC.value,
    "标题": FieldName.TITLE.value,
    "title": FieldName.TITLE.value,
    "文档": FieldName.DOCUMENT.value,
    "document": FieldName.DOCUMENT.value,
    "doc": FieldName.DOCUMENT.value,
    "标签": FieldName.TAG.value,
    "tag": FieldName.TAG.value,
    "年份": "year",
    "year": "year",
    "著作": FieldName.WORK.value,
    "work": FieldName.WORK.value,
}
# Groups inside groups beyond this are read as text: nobody means them, and the grammar recurses once for each.
MAX_DEPTH = 50
# Characters between the two runs of NEAR, at most.
MAX_NEAR = 1_000
# Each wildcard is looked for at all the places where its pieces stand.
MAX_WILDCARDS = 10
# NEARs of a query, at most.
MAX_NEARS = 20
# Words of a query that rank, the first ones, at most; what is found does not depend on it.
MAX_RANKED = 64
# Candidates of all wildcards and NEARs of a query together, at most: passages that hold their pieces.
MAX_CANDIDATES = 1_000_000
# Word characters that a ``*`` inside a wildcard may stand for at most, so that its work is bounded.
GLOB_GAP = 16
