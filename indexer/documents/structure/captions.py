"""Captions (图1 …, 表2-1 …) and source lines (数据来源：…), told from body by their opening."""

from __future__ import annotations

import re

from indexer.model import Kind

# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
_BODY = Kind.BODY
_NUMBERED = (
    r"(?:附?[图圖表]|[图圖]表|专栏|Fig(?:ure|\.)|Table)[ \t\u3000\xa0]*"
    r"(?:[0-9０-９]{1,3}(?:[-－—–.．][0-9０-９]{1,3}){0,3}|[A-Z][-.]?[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
)
_CAPTION = re.compile(rf"{_NUMBERED}(?:[ \t\u3000\xa0\n]+|[：:、.．]|(?=[《“(（])|$)")
# A caption without white space after its number: what stands in the middle, unless it speaks of a figure or table.
_CENTERED_CAPTION = re.compile(
    rf"{_NUMBERED}(?=[\u4e00-\u9fff])(?![一二三四五六七八九十年月日中里内上下所是为爲和与與及至到可给給列显顯反表描说說])"
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


def kind_of(text: str, *, centered: bool = False) -> Kind:
    """Return ``CAPTION``, ``SOURCE`` or ``BODY``; running text that opens like one of the former is body."""
    if text[0] not in _OPENINGS:
        return _BODY
    is_numbered = _CAPTION.match(text) or (centered and _CENTERED_CAPTION.match(text))
    if is_numbered and len(text) <= _LONGEST_CAPTION and not _SENTENCE_END.search(text):
        return Kind.CAPTION
    if _SOURCE.match(text) and len(text) <= _LONGEST_SOURCE and not _INNER_SENTENCE.search(text):
        return Kind.SOURCE
    return _BODY
