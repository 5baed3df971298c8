"""Block notations beyond CommonMark, as rules of markdown-it: boxes, tabs, formulas, tags, headings as typed."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, heading, reference

from indexer.documents.formats.markdown import site_tags
from indexer.documents.formats.markdown.inline_rules import HAN, PLAIN_TEXT

# Rules that end a paragraph although no blank line stands before them.
_ENDS_PARAGRAPH: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}

_DEFINITION = re.compile(r"\[[^\]^][^\]]*\]:[ \t]*<?[!-~]*[/.#:][!-~]*(?:[ \t]|$)")
# ``::: tip 标题``, ``:::tip[标题]``, ``::: {.note}``: a box of VitePress, Docusaurus, pandoc; ``:::`` ends it.
_BOX = re.compile(r":{3,}[ \t]*(?:[\w-]+[ \t]*)?(?:\[(?P<bracketed>[^\]\n]*)\])?(?:\{[^{}\n]*\})?(?P<title>.*)$")
_BOX_TITLE = re.compile(r"""(?:title|label)=(?:"([^"]+)"|'([^']+)')""")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]*\}[ \t]*$")
# ``!!! note "标题"``, ``??? note``, ``=== "标签"``: a box or tab of Material for MkDocs, what is in it being indented.
_ADMONITION = re.compile(
    r"""(?:(?:!!!|\?{3}\+?)[ \t]*[\w-]+(?:[ \t]+[\w-]+)*|={3}[+!]?(?=[ \t]+["']))(?:[ \t]+["'](.*)["'])?$"""
)
_ALERT = re.compile(r"\[!\w+(?:\|[^\]]*)?\][+-]?[ \t]*(.*)$")
_UNSEEN = re.compile(
    r"\[(?:TOC|toc|\[toc\]|\[TOC\]|\[_TOC_\])\]|@\[toc\](?:\(.*\))?|\{:[ \t]*toc[^}]*\}"
    r"|<<<[ ]?[@/.]\S+.*|-{2}8<-{2}.*"
)
_TAB_COMMENT = re.compile(r"<!--[ \t]*(?:tab[ \t]+(?P<name>.+?)|endtab)[ \t]*-->")
_MODULE = re.compile(
    r"""import\b[^'"\n]*\bfrom[ \t]+["'][^"'\n]+["'](?:;.*)?$|import[ \t]+["'][^"'\n]+["'](?:;.*)?$|import[ \t]*\{$"""
    r"|export[ \t]+(?:const|let|default|function|async|\{|\*)"
)
_TYPED_HEADING = re.compile(r"(#{1,6})(?=[\w《【（(“\"*`\[])(.*?)[ \t]*#*$")
_OTHER_TYPED_HEADINGS = re.compile(r"^#{2,6}[^\s#]", re.M)
_LONE_HASH = re.compile(r"^\n?#[^\s#!][^#\n]{0,40}\n(?=\n|\Z)", re.M)
_LEAST_SERIES = 3
# Lines without markup, each with the blank ones after it or the end. ``(`` opens no block, nor does a number that no
# list has; what ends in a space of another kind is left to the others.
_PLAIN_LINES = re.compile(
    rf"(?:(?:{HAN.pattern}{PLAIN_TEXT}|(?:\(|[0-9]++(?![.)])){PLAIN_TEXT}(?<=\S))"
    r"(?:\n(?:[ \t]*+\n)*+[ \t]*+\Z|\n(?:[ \t]*+\n)++|\Z))++"
)
# Columns; what is indented deeper in boxes is read as text.
_DEEPEST_BOX = 100


def install(parser: MarkdownIt) -> None:
    """Give the rules to a parser."""
    ruler = parser.block.ruler
    # the rules of markdown-it would take indented Chinese prose for code
    parser.disable("code")
    ruler.before("code", "listing", _code)
    ruler.before("table", "lines", _lines)
    ruler.before("fence", "site", _site, _ENDS_PARAGRAPH)
    ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("reference", _reference)


def _site(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Ask the rules of sites that a line can be for by its first character; most lines are for none."""
    position = state.bMarks[start] + state.tShift[start]
    rules = _BY_OPENING.get(state.src[position : position + 1])
    return rules is not None and any(rule(state, start, end, silent) for rule in rules)


def _source(state: StateBlock, line: int) -> str:
    """Return a line without indentation and white space at its end; empty where it is indented like code."""
    if _is_deep(state, line):
        return ""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _push_paragraph(state: StateBlock, content: str, line: int) -> None:
    """Add a paragraph of one line; none where there is no text."""
    if not content:
        return
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, line + 1], []
    state.push("paragraph_close", "p", -1)


def _push_listing(state: StateBlock, start: int, end: int) -> None:
    token = state.push("code_block", "code", 0)
    token.content, token.map = state.getLines(start, end, state.blkIndent, keepLastLF=False), [start, end]


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Show the title of a box; its end shows nothing, and what is between is read like any text."""
    source = _source(state, start)
    match = _BOX.match(source) if source.startswith(":::") else None
    if match is None:
        return False
    if not silent:
        state.line = start + 1
        named = _BOX_TITLE.search(source)
        title = named[1] or named[2] if named else match["bracketed"] or _ATTRIBUTES.sub("", match["title"]).strip()
        _push_paragraph(state, title.strip(":").strip(), start)
    return True


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Show the title of a box or tab, and read what is indented under it."""
    source = _source(state, start)
    match = _ADMONITION.match(source) if source.startswith(("!!!", "???", "===")) else None
    if match is None or state.blkIndent >= _DEEPEST_BOX:
        return False
    if silent:
        return True
    _push_paragraph(state, match[1] or "", start)
    last = start + 1
    while last < end and (state.isEmpty(last) or _is_deep(state, last)):
        last += 1
    before = state.lineMax, state.blkIndent
    state.lineMax, state.blkIndent = last, state.blkIndent + 4
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax, state.blkIndent = before
    state.line = last
    return True


def _alert(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Show of ``[!NOTE] 标题``, the first line of a quotation, the title."""
    if silent or state.parentType != "blockquote":
        return False
    match = _ALERT.match(_source(state, start))
    if match is None:
        return False
    state.line = start + 1
    _push_paragraph(state, match[1], start)
    return True


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Take what stands between lines of ``$$`` or ``\[`` as it was typed."""
    source = _source(state, start)
    closing = {"$$": "$$", "\\[": "\\]"}.get(source[:2])
    if closing is None or source.find(closing, 2) >= 0 or closing in _unclosed(state):
        return False
    last = start + 1
    while last < end and not (_stripped(state, last).endswith(closing)):
        if state.sCount[last] < state.blkIndent and not state.isEmpty(last):
            return False
        last += 1
    if last >= end:
        _unclosed(state).add(closing)
        return False
    if not silent:
        state.line = last + 1
        _push_listing(state, start, last + 1)
    return True


def _stripped(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].strip()


def _site_tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a tag of a site's generator that is a line by itself, with the text it shows as typed if it does."""
    source = _source(state, start)
    if not source.startswith(("{%", "{{", "<!--")):
        return False
    comment = _TAB_COMMENT.fullmatch(source)
    tag = site_tags.TAG.fullmatch(source)
    if comment is None and tag is None:
        return False
    if silent:
        return True
    state.line = start + 1
    if tag is None:
        _push_paragraph(state, (comment["name"] if comment else None) or "", start)
        return True
    _push_paragraph(state, site_tags.shown(tag), start)
    closing = site_tags.verbatim_end(tag)
    if closing is not None and closing.pattern not in _unclosed(state):
        _take_listing(state, start + 1, end, closing)
    return True


def _take_listing(state: StateBlock, start: int, end: int, closing: re.Pattern[str]) -> None:
    """Take what stands before the line ``closing`` as it was typed; without such a line, nothing."""
    for last in range(start, end):
        if closing.fullmatch(_stripped(state, last)):
            _push_listing(state, start, last)
            state.line = last + 1
            return
    _unclosed(state).add(closing.pattern)


def _unclosed(state: StateBlock) -> set[str]:
    """Return the closings that do not come any more, so that nobody looks for them again."""
    found: set[str] = state.env.setdefault("unclosed", set())
    return found


def _unseen(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pass over a line that asks for a table of contents or for the text of another file."""
    source = _source(state, start)
    if not source.startswith(("[", "@", "{:", "<<<", "--8<")) or _UNSEEN.fullmatch(source) is None:
        return False
    if not silent:
        state.line = start + 1
    return True


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pass over the imports and exports of MDX, up to a blank line."""
    if silent or state.level or not _MODULE.match(_source(state, start)):
        return False
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    state.line = last
    return True


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what is indented by four columns for code, as CommonMark does, but not HTML and not Chinese prose."""
    if silent or not _is_deep(state, start):
        return False
    last = start
    while last < end and not state.isEmpty(last) and _is_deep(state, last):
        last += 1
    content = state.getLines(start, last, state.blkIndent + 4, keepLastLF=False)
    if content.lstrip().startswith("<") or 2 * len(HAN.findall(content)) >= len("".join(content.split())):
        return False
    state.line = last
    token = state.push("code_block", "code", 0)
    token.content = content
    token.map = [start, last]
    return True


def _lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take lines for paragraphs that no other rule could take or go on with, as many as follow each other.

    Each stands between blank ones and in nothing else, begins with what opens no block, and holds no markup. So do
    most lines of Chinese documents, and asking all rules is most of the work.
    """
    if silent or state.level or state.blkIndent or _is_deep(state, start):
        return False
    match = _PLAIN_LINES.match(state.src, state.bMarks[start] + state.tShift[start])
    if match is None:
        return False
    content = match[0]
    state.push("lines", "p", 0).content = content
    state.line = start + content.count("\n") + (not content.endswith("\n"))
    return True


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``#`` for a heading where it is not indented like code, also ``##标题`` without the space."""
    if _is_deep(state, start):
        return False
    return heading(state, start, end, silent) or _typed_heading(state, start, silent=silent)


def _typed_heading(state: StateBlock, start: int, *, silent: bool) -> bool:
    source = _source(state, start)
    match = _TYPED_HEADING.fullmatch(source) if source.startswith("#") else None
    if match is None or (len(match[1]) == 1 and not _is_lone_heading(state, start, match[2])):
        return False
    if silent:
        return True
    state.line = start + 1
    tag = f"h{len(match[1])}"
    state.push("heading_open", tag, 1).map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = match[2].strip(), [start, state.line], []
    state.push("heading_close", tag, -1)
    return True


def _is_lone_heading(state: StateBlock, line: int, words: str) -> bool:
    """Tell ``#标题`` from a hashtag: it stands alone, in a text that has more of its kind."""
    if "#" in words or state.level:
        return False
    if (line and not state.isEmpty(line - 1)) or (line + 1 < state.lineMax and not state.isEmpty(line + 1)):
        return False
    env = state.env
    if "typed_headings" not in env:
        others = _OTHER_TYPED_HEADINGS.search(state.src) is not None
        env["typed_headings"] = others or len(_LONE_HASH.findall(state.src)) >= _LEAST_SERIES
    return bool(env["typed_headings"])


def _is_deep(state: StateBlock, line: int) -> bool:
    return state.sCount[line] - state.blkIndent >= 4


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``[名]: 网址`` for a link's definition, which nobody sees, only where it gives an address.

    ``[1]: 某人著`` and ``[^1]: 脚注`` are notes that a reader needs.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return _DEFINITION.match(line) is not None and reference(state, start, end, silent)


_BY_OPENING: dict[str, tuple[Callable[[StateBlock, int, int, bool], bool], ...]] = {
    ":": (_box,),
    "!": (_admonition,),
    "?": (_admonition,),
    "=": (_admonition,),
    "[": (_alert, _unseen),
    "$": (_formula,),
    "\\": (_formula,),
    "{": (_site_tag, _unseen),
    "<": (_site_tag, _unseen),
    "@": (_unseen,),
    "-": (_unseen,),
    "i": (_module,),
    "e": (_module,),
}
