// Twin of indexer/model/choices.py, indexer/model/weights.py, indexer/model/years.py.
// What may be asked for: names, values, defaults and limits. Written by `python -m tools.engine_choices`, never by hand.

export const TIERS = ["exact", "all", "some", "near"];
export const KINDS = ["title", "heading", "body", "caption", "source", "table"];
export const FILTERS = ["section", "topic", "document", "tag", "kind", "year", "work", "field", "path", "type"];
export const FILTER_NAMES = {
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
};
export const FACETS = ["section", "topic", "document", "tag", "year", "kind", "work", "field", "path", "type"];
export const DEFAULT_FACETS = ["section", "topic", "document", "tag", "year", "work", "field"];
export const MATCHES = {
  "auto": ["exact", "all", "some"],
  "all": ["exact", "all"],
  "exact": ["exact"],
  "relax": ["exact", "all", "some"],
};
export const CHOICES = {
  "match": ["auto", "all", "exact", "relax"],
  "scope": ["passage", "section"],
  "sort": ["relevance", "order", "date", "-date"],
  "script": ["any", "local", "exact"],
  "synonyms": ["on", "off"],
  "collapse": ["none", "text", "section"],
  "group": ["none", "document"],
};
export const DEFAULTS = {
  "match": "auto",
  "scope": "passage",
  "sort": "relevance",
  "script": "any",
  "synonyms": "on",
  "collapse": "none",
  "group": "none",
};
export const BOUNDS = {
  "offset": {"default": 0, "most": 1000000, "least": 0},
  "limit": {"default": 10, "most": 100, "least": 0},
  "facet_depth": {"default": 2, "most": 10000, "least": 1},
  "facet_limit": {"default": 50, "most": 10000, "least": 1},
  "group_limit": {"default": 3, "most": 100, "least": 1},
  "chapters": {"default": 0, "most": 10000, "least": 0},
};
export const MAX_QUERY = 1000;
export const FIELD_NAMES = {
  "章节": "section",
  "章": "section",
  "section": "section",
  "主题": "topic",
  "topic": "topic",
  "标题": "title",
  "title": "title",
  "文档": "document",
  "document": "document",
  "doc": "document",
  "标签": "tag",
  "tag": "tag",
  "年份": "year",
  "year": "year",
  "著作": "work",
  "work": "work",
};
export const MAX_DEPTH = 50;
export const MAX_NEAR = 1000;
export const MAX_WILDCARDS = 10;
export const MAX_COPIES = 20;
export const MAX_NEARS = 20;
export const MAX_RANKED = 64;
export const MAX_CANDIDATES = 1000000;
export const GLOB_GAP = 16;
export const YEAR_PATTERN = "[0-9]{4}(\\.\\.([0-9]{4})?)?|\\.\\.[0-9]{4}|none";
export const UNDATED = ["none", "无"];
export const WEIGHTS = {
  "words": 1.0,
  "characters": 0.75,
  "section_words": 0.4,
  "section_characters": 0.45,
  "chapter_words": 0.6,
  "document": 1.2,
  "headings": 1.6,
  "named": 5.0,
  "window": 0.8,
  "lead": 0.2,
  "amount": 10.0,
  "dense": 8.0,
  "kind": 1.0,
};
export const SYNONYM_WEIGHT = 0.4;
