"""Answers as HTML for a notebook: a few lines of text, escaped, with nothing that is fetched or run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from indexer.model.documents import Range

if TYPE_CHECKING:
    from indexer.model.results import Hit, Results, Snippet

# Hits that are shown; a notebook keeps what it shows.
SHOWN = 20


def show_results(results: Results) -> str:
    """Counts, hits, and suggestions."""
    shown = results.hits[:SHOWN]
    counts = f"“{escape(results.query)}”：共 {results.total} 段，部分匹配 {results.tiers.get('some', 0)} 段"
    more = f"，显示前 {len(shown)} 段" if len(shown) < len(results.hits) else ""
    suggestions = "".join(f" <b>{escape(each)}</b>" for each in results.suggestions)
    return (
        f"<div><p>{counts}{more}</p><ol>{''.join(f'<li>{show_hit(hit)}</li>' for hit in shown)}</ol>"
        f"{f'<p>是不是要找：{suggestions}</p>' if suggestions else ''}</div>"
    )


def show_hit(hit: Hit) -> str:
    """Title and headings, the snippet, and where it is from, matches in ``<mark>``."""
    title = _marked(hit.document.title, hit.title_highlights)
    headings = (
        _marked(heading, [(start, end) for at, start, end in hit.path_highlights if at == number])
        for number, heading in enumerate(hit.passage.section)
    )
    about = " · ".join(filter(None, (hit.document.path, hit.document.date, hit.passage.id)))
    return (
        f"<div><b>{' › '.join((title, *headings))}</b><br>{_snippet(hit.snippet, len(hit.passage.text))}"
        f"<br><small>{escape(about)}</small></div>"
    )


def _marked(text: str, ranges: Sequence[Range]) -> str:
    pieces, position = [], 0
    for start, end in ranges:
        pieces += [(text[position:start], False), (text[start:end], True)]
        position = end
    return _pieces([*pieces, (text[position:], False)])


def _snippet(snippet: Snippet, length: int) -> str:
    return f"{'…' if snippet.start else ''}{_pieces(snippet.parts)}{'…' if snippet.end < length else ''}"


def _pieces(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces)
