"""Markdown that holds HTML: its tokens → HTML → blocks."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from indexer.documents.formats.html.reader import HARD_BREAK, PARAGRAPH_END, parse_html
from indexer.model import ParsedFile


def parse_tokens(tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> ParsedFile:
    """Read the tokens that a parser gave."""
    return parse_html(_Renderer().render(tokens, options, env))


class _Renderer(RendererHTML):
    """HTML as usual, with what the reader needs to know: typed list numbers, breaks set on purpose."""

    def list_item_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Show the number as it was typed."""
        token = tokens[index]
        return f"<li>{token.info}{token.markup} " if token.info else "<li>"

    def paragraph_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Leave the first paragraph of a numbered item in one piece with its number."""
        if tokens[index].hidden or (index and tokens[index - 1].type == "list_item_open" and tokens[index - 1].info):
            return ""
        return "<p>"

    def paragraph_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """End every paragraph."""
        return "" if tokens[index].hidden else "</p>"

    def lines(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Show paragraphs that needed no parser."""
        return "".join(f"<p>{escapeHtml(line)}</p>" for line in tokens[index].content.split("\n") if line.strip())

    def hardbreak(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Tell a break set on purpose from one that parts paragraphs."""
        return HARD_BREAK

    def paragraph_end(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Part paragraphs without closing what is open."""
        return PARAGRAPH_END
