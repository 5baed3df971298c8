"""Markdown → blocks: plain Markdown from its tokens, Markdown with HTML in it by way of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType

from indexer.documents.blocks import BlockBuilder, line_blocks
from indexer.documents.formats.markdown import block_rules, inline_rules
from indexer.documents.formats.markdown.inline_rules import MARKUP, PLAIN_TEXT
from indexer.documents.formats.text import parse_text
from indexer.documents.lines import ends_paragraph
from indexer.model import Block, Metadata, ParsedFile

_COMMENTS = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.S)
_BREAK = re.compile(r"<br\s*/?>", re.I)
# The name of a heading that links lead to: ``{#id .class}``, ``{/*id*/}``.
_ANCHOR = re.compile(
    r"[ \t]*(?:\\?\{:?[ \t]*(?P<attributes>[#.][^{}\n]*|[^{}\n]*\b(?:id|class)=[^{}\n]*)\}"
    r"|\{/\*[ \t]*(?P<comment>.*?)[ \t]*\*/\})$"
)
_ID = re.compile(r"""(?:#|\bid=["']?)([^\s"'}]+)""")
# The name of a listing in a group of them, ``sh [npm]``, or over it, ``title="配置"``.
_LISTING_NAME = re.compile(r"""\[([^\]\n]+)\]|(?<![\w-])title=(?:"([^"]+)"|'([^']+)')""")
# **第一条** and words without markup, as laws have thousands of: what is bold is certain.
_BOLD_OPENING = re.compile(rf"\*\*((?=[\u4e00-\u9fff]){PLAIN_TEXT}(?<=[\u4e00-\u9fff]))\*\*({PLAIN_TEXT})")
_LONGEST_UNDERLINED = 60
# What may open or close something, each of which costs a parser the more, the more there are; so many of those that
# stand in nothing but marks are looked at, the others are text.
_MARKS = re.compile(r"[*_`~\[\]!<>$=(){}\\&^]")
_LEAST_DENSE, _MOST_DENSE = 40, 10_000
_SENTENCE = re.compile(r"[。；;：:，][*_\s]*$|[。！？].*[。！？!?][*_\s]*$")
# markdown-it drops what is nested deeper than its limit; such a file is read as plain text instead.
_DEEPEST = 100


def parse_markdown(text: str) -> ParsedFile:
    """Read Markdown (CommonMark with tables) without front matter."""
    env: EnvType = {}
    tokens = _PARSER.parse(text, env)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return parse_text(text)
    if any(_is_html(token) for token in tokens):
        from indexer.documents.formats.markdown.through_html import parse_tokens  # with libraries that few files need

        return parse_tokens(tokens, _PARSER.options, env)
    return ParsedFile(Metadata(), tuple(_blocks(tokens)))


def _normalize(state: StateCore) -> None:
    """Put line feeds for all line ends; a regular expression, as markdown-it has it, writes each line feed anew."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _free_sentences(state: StateCore) -> None:
    """Take a sentence with a rule right below it, which Markdown takes for a heading, for a paragraph.

    Of several lines above a rule, the last may be a heading: ``=`` says so, ``-`` where the line before is a sentence.
    """
    if "\n--" not in state.src and "\n==" not in state.src:
        return
    tokens: list[Token] = []
    for index, opening in enumerate(state.tokens):
        if opening.type == "heading_open" and opening.markup in ("-", "="):
            words, closing = state.tokens[index + 1 : index + 3]
            lines, _, last = words.content.rpartition("\n")
            is_heading = not _SENTENCE.search(last) and len(last) <= _LONGEST_UNDERLINED
            if lines and is_heading and (opening.markup == "=" or _SENTENCE.search(lines)):
                tokens += _paragraph(lines)
                words.content = last.strip()
            elif lines or _SENTENCE.search(last):
                for edge, kind in ((opening, "paragraph_open"), (closing, "paragraph_close")):
                    edge.type, edge.tag, edge.markup = kind, "p", ""
        tokens.append(opening)
    state.tokens = tokens


def _paragraph(content: str) -> list[Token]:
    """Return the tokens of a paragraph."""
    words = Token("inline", "", 0, content=content, children=[])
    return [Token("paragraph_open", "p", 1, block=True), words, Token("paragraph_close", "p", -1, block=True)]


def _inline(state: StateCore) -> None:
    """Fill in the children of every block's text; most Chinese paragraphs hold no markup and need no parser."""
    opening = None
    dense = 0
    for token in state.tokens:
        if token.type != "inline":
            opening = token
            continue
        if opening is not None and opening.type == "heading_open" and token.content.endswith("}"):
            _take_anchor(opening, token)
        if match := _BOLD_OPENING.fullmatch(token.content):
            token.children = [*_strong(match[1]), _text(match[2])]
            continue
        token.children = []
        dense += _dense_marks(token.content)
        if dense <= _MOST_DENSE and MARKUP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children.append(_text(token.content))


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _strong(content: str) -> list[Token]:
    return [
        Token("strong_open", "strong", 1, markup="**"),
        _text(content),
        Token("strong_close", "strong", -1, markup="**"),
    ]


def _dense_marks(content: str) -> int:
    """Return how many marks stand in a text of which they are more than half, as in none that somebody wrote."""
    if len(content) < _LEAST_DENSE:
        return 0
    marks = len(_MARKS.findall(content))
    return marks if 2 * marks > len(content) else 0


def _take_anchor(opening: Token, words: Token) -> None:
    match = _ANCHOR.search(words.content)
    if match is None:
        return
    words.content = words.content[: match.start()]
    named = _ID.search(match["attributes"] or "")
    anchor = match["comment"] or (named[1] if named else "")
    if anchor:
        opening.attrSet("id", anchor)


def _name_listings(state: StateCore) -> None:
    """Show the name of a listing as a paragraph before it."""
    if "```" not in state.src and "~~~" not in state.src:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        named = _LISTING_NAME.search(token.info) if token.type == "fence" else None
        if named:
            paragraph = _paragraph(token.info[slice(*named.span(named.lastindex or 0))])
            paragraph[1].children = [_text(paragraph[1].content)]
            tokens += paragraph
        tokens.append(token)
    state.tokens = tokens


def _part_paragraphs(state: StateCore) -> None:
    """Make paragraphs of the lines of one that are indented or numbered, see ``lines.ends_paragraph``."""
    for opening, token in pairwise(state.tokens):
        if opening.type != "paragraph_open":
            continue
        pieces: list[list[str]] = [[]]
        breaks = []
        for child in token.children or ():
            if child.type in _LINE_ENDS:
                breaks.append(child)
                pieces.append([])
            else:
                pieces[-1].append(child.content)
        for child, (before, after) in zip(breaks, pairwise(map("".join, pieces)), strict=True):
            if ends_paragraph(before, after):
                child.type = "paragraph_end"


def _is_html(token: Token) -> bool:
    if token.type == "html_block":
        return _COMMENTS.fullmatch(token.content) is None
    return any(child.type == "html_inline" and not _is_harmless(child.content) for child in token.children or ())


def _is_harmless(content: str) -> bool:
    return _BREAK.fullmatch(content) is not None or _COMMENTS.fullmatch(content) is not None


def _blocks(tokens: Sequence[Token]) -> Sequence[Block]:
    builder = BlockBuilder()
    among_items = _among_items(tokens)
    open_items: list[bool] = []
    quotes = 0
    for index, token in enumerate(tokens):
        if token.type == "lines":
            builder.insert(line_blocks(token.content))
            continue
        if token.type == "inline":
            _add_inline(builder, token.children or ())
        elif token.type in ("fence", "code_block"):
            _add_code(builder, token.content)
        elif token.type in _TABLE_EDGES:
            _TABLE_EDGES[token.type](builder)
        else:
            _add_block_edge(builder, token)
        if token.type == "list_item_open":
            open_items.append(index in among_items)
        elif token.type == "list_item_close":
            open_items.pop()
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        builder.item = quotes > 0 or any(open_items)
    return builder.finish()


def _among_items(tokens: Sequence[Token]) -> set[int]:
    """Return the indexes of tokens that open an item beside others, above a list or under a bullet.

    1. alone may number a heading.
    """
    found: set[int] = set()
    lists: list[list[int]] = []
    for index, token in enumerate(tokens):
        if token.type == "list_item_open":
            lists[-1].append(index)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            found.update(lists[-1][-1:] if lists else ())
            lists.append([])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            items = lists.pop()
            found.update(items if len(items) > 1 or token.type == "bullet_list_close" else ())
    return found


def _add_code(builder: BlockBuilder, content: str) -> None:
    builder.end_paragraph()
    builder.verbatim = builder.code = True
    builder.text(content)
    builder.end_paragraph()
    builder.verbatim = builder.code = False


def _add_block_edge(builder: BlockBuilder, token: Token) -> None:
    if not token.block or token.type in ("td_close", "th_close"):
        return
    if token.type == "paragraph_open" and token.hidden:
        return
    if token.type != "paragraph_open":
        builder.end_paragraph()
    if token.type == "heading_open":
        builder.level = int(token.tag[1])
        builder.anchor = str(token.attrGet("id") or "") or None
    elif token.type == "heading_close":
        builder.level = builder.anchor = None
    elif token.type == "list_item_open" and token.info:
        builder.text(f"{token.info}{token.markup} ")


def _add_inline(builder: BlockBuilder, children: Sequence[Token]) -> None:
    depth = 0
    for child in children:
        kind = child.type
        if kind in ("strong_open", "strong_close"):
            depth += child.nesting
            builder.bold = depth > 0
        elif kind in _LINE_ENDS:
            _LINE_ENDS[kind](builder)
        elif kind == "html_inline":
            if _BREAK.fullmatch(child.content):
                builder.line_break()
        elif kind == "image":
            builder.picture(str(child.attrGet("src") or ""), child.content)  # in place of its alternative text
        elif child.content:
            builder.text(child.content)
    builder.bold = False


_LINE_ENDS: dict[str, Callable[[BlockBuilder], None]] = {
    "softbreak": lambda builder: builder.text("\n"),
    "hardbreak": lambda builder: builder.line_break(hard=True),
    "paragraph_end": BlockBuilder.end_paragraph,
}
_TABLE_EDGES: dict[str, Callable[[BlockBuilder], None]] = {
    "tr_open": BlockBuilder.start_row,
    "th_open": BlockBuilder.start_cell,
    "td_open": BlockBuilder.start_cell,
    "tr_close": BlockBuilder.end_row,
}


def _parser() -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options).enable("table")
    block_rules.install(parser)
    inline_rules.install(parser)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.before("inline", "sentences", _free_sentences)
    parser.core.ruler.push("paragraphs", _part_paragraphs)
    parser.core.ruler.push("listings", _name_listings)
    return parser


_PARSER = _parser()
