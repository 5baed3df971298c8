"""Markdown → blocks: plain Markdown from its tokens, Markdown with HTML in it by way of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, heading, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formats.html.reader import HARD_BREAK, PARAGRAPH_END, parse_html
from indexer.documents.formats.text import parse_text
from indexer.documents.lines import ends_paragraph
from indexer.documents.text_files import read_text_file
from indexer.model import Block, Metadata, ParsedFile

SUFFIXES = (".md", ".markdown")

# Characters without which a paragraph holds no inline markup.
_MARKUP = re.compile(r"[\\`*_\[\]<>&!\n]")
_COMMENTS = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.S)
_BREAK = re.compile(r"<br\s*/?>", re.I)
# A container of VuePress and its kin: ``::: tip 标题`` shows its title, ``:::`` shows nothing.
_CONTAINER = re.compile(r"^[ \t]{0,3}:{3,}[ \t]*(?:[\w-]+[ \t]*(.*?))?[ \t]*$", re.M)
_DEFINITION = re.compile(r"\[[^\]^][^\]]*\]:[ \t]*<?[!-~]*[/.#:][!-~]*(?:[ \t]|$)")
# markdown-it drops what is nested deeper than its limit; such a file is read as plain text instead.
_DEEPEST = 100
_HAN = re.compile("[“”‘’—…·\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")


def read(content: bytes, name: str) -> ParsedFile:
    """Read a file of Markdown, see ``documents.read``."""
    return read_text_file(content, parse_markdown)


def parse_markdown(text: str) -> ParsedFile:
    """Read Markdown (CommonMark with tables) without front matter."""
    text = _CONTAINER.sub(lambda match: f"\n{match[1] or ''}\n", text) if ":::" in text else text
    env: EnvType = {}
    tokens = _PARSER.parse(text, env)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return parse_text(text)
    if any(_is_html(token) for token in tokens):
        return parse_html(_PARSER.renderer.render(tokens, _PARSER.options, env))
    return ParsedFile(Metadata(), tuple(_blocks(tokens)))


def _inline(state: StateCore) -> None:
    """Fill in the children of every block's text; most Chinese paragraphs hold no markup and need no parser."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARKUP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children.append(Token("text", "", 0, content=token.content))


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
    for index, token in enumerate(tokens):
        if token.type == "line":
            builder.text(token.content)
            builder.end_paragraph()
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
        builder.item = any(open_items)
    return builder.finish()


def _among_items(tokens: Sequence[Token]) -> set[int]:
    """Return the indexes of tokens that open an item beside others or above a list; 1. alone may number a heading."""
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
            found.update(items if len(items) > 1 else ())
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
    elif token.type == "heading_close":
        builder.level = None
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
            continue  # shows a picture, not its alternative text
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

    def line(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Return a paragraph that needed no parser."""
        return f"<p>{escapeHtml(tokens[index].content)}</p>"

    def hardbreak(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Tell a break set on purpose from one that parts paragraphs."""
        return HARD_BREAK

    def paragraph_end(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Part paragraphs without closing what is open."""
        return PARAGRAPH_END


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take ``*`` and ``_`` as CommonMark does, but count Han characters and marks as no obstacle for ``*``.

    CommonMark leaves ``**重点。**下文`` with its asterisks, since ``。`` is punctuation and ``下`` no space; Chinese is
    written without spaces. Follows the CJK-friendly amendment of the CommonMark emphasis rules.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        can_open, can_close = _flanks(state, state.pos, scanned.length, can_open=can_open, can_close=can_close)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what is indented by four columns for code, as CommonMark does, but not HTML and not Chinese prose."""
    if silent or not _is_deep(state, start):
        return False
    last = start
    while last < end and not state.isEmpty(last) and _is_deep(state, last):
        last += 1
    content = state.getLines(start, last, state.blkIndent + 4, keepLastLF=False)
    if content.lstrip().startswith("<") or 2 * len(_HAN.findall(content)) >= len("".join(content.split())):
        return False
    state.line = last
    token = state.push("code_block", "code", 0)
    token.content = content
    token.map = [start, last]
    return True


def _line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a line for a paragraph that no other rule could take or go on with.

    It stands between blank ones and in nothing else, begins with a Chinese character, and holds no markup. So do most
    lines of Chinese documents, and asking all rules is most of the work.
    """
    if silent or state.level or _is_deep(state, start) or (start + 1 < state.lineMax and not state.isEmpty(start + 1)):
        return False
    content = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip(" \t\v\f\r")
    if not _HAN.match(content) or _MARKUP.search(content):
        return False
    state.line = start + 1
    token = state.push("line", "p", 0)
    token.content = content
    return True


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``#`` for a heading only where it is not indented like code."""
    return not _is_deep(state, start) and heading(state, start, end, silent)


def _is_deep(state: StateBlock, line: int) -> bool:
    return state.sCount[line] - state.blkIndent >= 4


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``[名]: 网址`` for a link's definition, which nobody sees, only where it gives an address.

    ``[1]: 某人著`` and ``[^1]: 脚注`` are notes that a reader needs.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return _DEFINITION.match(line) is not None and reference(state, start, end, silent)


def _flanks(state: StateInline, start: int, length: int, *, can_open: bool, can_close: bool) -> tuple[bool, bool]:
    before = state.src[start - 1] if start else " "
    after = state.src[start + length] if start + length < state.posMax else " "
    east_asian = bool(_HAN.match(before) or _HAN.match(after))
    if not east_asian:
        return can_open, can_close
    opens = not isWhiteSpace(ord(after)) and (not _is_mark(after) or bool(_HAN.match(after) or _HAN.match(before)))
    closes = not isWhiteSpace(ord(before)) and (not _is_mark(before) or bool(_HAN.match(before) or _HAN.match(after)))
    return opens or can_open, closes or can_close


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _parser() -> MarkdownIt:
    options = {"html": True, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Renderer).enable("table")
    # the rules of markdown-it would take indented Chinese prose for code
    parser.disable("code")
    parser.block.ruler.before("code", "listing", _code)
    parser.block.ruler.before("table", "line", _line)
    parser.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.push("paragraphs", _part_paragraphs)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.block.ruler.at("reference", _reference)
    return parser


_PARSER = _parser()
