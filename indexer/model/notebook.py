"""Answers as HTML for a notebook: a few lines of text, escaped, with nothing that is fetched or run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from indexer.model.documents import Document, Passage, Range

# Hits that are shown; a notebook keeps what it shows.
SHOWN = 20


def show_results(
    query: str,
    counts: tuple[int, int, int],
    hits: Sequence[str],
    listed: int,
    suggestions: Iterable[str],
    *,
    at_least: bool = False,
) -> str:
    """Counts, hits, and suggestions.

    Args:
        query: as it was typed.
        counts: entries of the list, passages that hold all of the query, and passages of ``some``.
        hits: those that are shown, each as HTML.
        listed: how many hits the answer lists.
        suggestions: other queries.
        at_least: whether the counts are lower bounds.
    """
    counted = f"“{escape(query)}”：{_counted(*counts, at_least=at_least)}"
    more = f"，显示前 {len(hits)} 段" if len(hits) < listed else ""
    others = "".join(f" <b>{escape(each)}</b>" for each in suggestions)
    return (
        f"<div><p>{counted}{more}</p><ol>{''.join(f'<li>{hit}</li>' for hit in hits)}</ol>"
        f"{f'<p>是不是要找：{others}</p>' if others else ''}</div>"
    )


def _counted(entries: int, total: int, some: int, *, at_least: bool) -> str:
    """What there is; of partial matches alone it is said that they are no more than near."""
    if not entries:
        return "没有找到"
    if not total:
        return f"没有一段包含全部词；最接近的{'至少' if at_least else ''} {some} 段"
    return f"{'至少' if at_least else '共'} {entries} 段，其中部分匹配 {some} 段"


def show_hit(
    document: Document,
    passage: Passage,
    titles: Iterable[tuple[str, Sequence[Range]]],
    path_highlights: Sequence[tuple[int, int, int]],
    snippet: Iterable[tuple[str, bool]],
) -> str:
    """Titles and headings, the snippet, and where it is from, matches in ``<mark>``."""
    heads = [_marked(title, ranges) for title, ranges in titles]
    heads += (
        _marked(heading, [(start, end) for at, start, end in path_highlights if at == number])
        for number, heading in enumerate(passage.section)
    )
    about = " · ".join(filter(None, (document.path, document.date, passage.id)))
    return f"<div><b>{' › '.join(heads)}</b><br>{_pieces(snippet)}<br><small>{escape(about)}</small></div>"


def _marked(text: str, ranges: Sequence[Range]) -> str:
    pieces, position = [], 0
    for start, end in ranges:
        pieces += [(text[position:start], False), (text[start:end], True)]
        position = end
    return _pieces([*pieces, (text[position:], False)])


def _pieces(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces)
