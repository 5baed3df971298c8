"""Captions (图1 …, 表2-1 …) and source lines (数据来源：…), told from body by their opening."""

from __future__ import annotations

import re

from indexer.model import Kind

# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
_BODY = Kind.BODY
_CAPTION = re.compile(
    r"(?:附?[图圖表]|[图圖]表|专栏|Fig(?:ure|\.)|Table)[ \t\u3000\xa0]*"
    r"(?:[0-9０-９]{1,3}(?:[-－—–.．][0-9０-９]{1,3}){0,3}|[A-Z][-.]?[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
    r"(?:[ \t\u3000\xa0\n]+|[：:、.．]|(?=[《“(（])|$)"
)
# What captions and sources can open with.
_OPENINGS = frozenset("附图圖表专FT（([【 \t数數资資文章信稿本来來出S")
_LONGEST_CAPTION = 100
_SOURCE = re.compile(
    r"[（(\[【]?[ \t]*(?:(?:数据|數據|资料|資料|图片|圖片|图表|圖表|文章|信息|文字|稿件|本文|图文)[ \t]*)?"
    r"(?:来源|來源|出处|出處)[ \t]*[：:]|[（(]?[图圖]源[：:]|Source:"
)
_LONGEST_SOURCE = 120
_SENTENCE_END = re.compile(r"[。；;！!]$")
_INNER_SENTENCE = re.compile(r"[。！？；](?=.)")


def kind_of(text: str) -> Kind:
    """Return ``CAPTION``, ``SOURCE`` or ``BODY``; running text that opens like one of the former is body."""
    if text[0] not in _OPENINGS:
        return _BODY
    if _CAPTION.match(text) and len(text) <= _LONGEST_CAPTION and not _SENTENCE_END.search(text):
        return Kind.CAPTION
    if _SOURCE.match(text) and len(text) <= _LONGEST_SOURCE and not _INNER_SENTENCE.search(text):
        return Kind.SOURCE
    return _BODY
