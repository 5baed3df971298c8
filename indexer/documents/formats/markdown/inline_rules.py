"""Inline notations beyond CommonMark, as rules of markdown-it: what a reader sees of them, and nothing else."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from indexer.documents.formats.markdown import site_tags
from indexer.documents.superscripts import lowered, raised

# What of an inline text needs a parser at all.
MARKUP = re.compile(r"[\\`*_\[\]<>&!\n{$^~]|==|%%|:[a-z]")
# A text without any of it: characters that are no markup, and those that are only before another.
_PLAIN = r"[^\\`*_\[\]<>&!\n{$^~=%:]"
PLAIN_TEXT = rf"{_PLAIN}*+(?:(?:=(?!=)|%(?!%)|:(?![a-z])){_PLAIN}*+)*+"
HAN = re.compile("[“”‘’—…·\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")

_FORMULA = re.compile(
    r"\$\$(?P<display>(?:[^$\\]|\\.)+?)\$\$|\$(?=[^\s$])(?P<inline>(?:[^$\\`]|\\.)+?)(?<!\s)\$(?![0-9])"
    r"|\\\((?P<round>(?:[^\\]|\\[^()])+?)\\\)|\\\[(?P<square>(?:[^\\]|\\[^\[\]])+?)\\\]",
    re.S,
)
_TEXT_IN_FORMULA = re.compile(r"\\(?:text|mathrm|mbox|textbf|operatorname|tag)\b")
_LOOKS_LIKE_FORMULA = re.compile(r"[\\^_=]")
_WIKI_LINK = re.compile(r"(!?)\[\[(?![\s\d,，]*\]\])(?=[^\s])([^\[\]\n|]+)(?:\|([^\[\]\n]+))?\]\](?!\()")
_COMMENT = re.compile(r"%%[^%]+%%", re.S)
_JSX_COMMENT = re.compile(r"\{/\*[^{}]*?\*/\}")
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][A-Za-z][^{}\n]*\}|\{:[^{}\n]*\}")
_ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\{[^{}\n]*\})?")
_RAISED = re.compile(r"\^([^\s^]{1,8})\^")
_LOWERED = re.compile(r"~([^\s~]{1,8})~(?!~)")


def install(parser: MarkdownIt) -> None:
    """Give the rules to a parser."""
    ruler = parser.inline.ruler
    ruler.before("escape", "formula", _formula)
    ruler.at("emphasis", _emphasis)
    ruler.after("emphasis", "marked", _marked)
    ruler.after("marked", "scripts", _scripts)
    ruler.before("link", "wiki_link", _wiki_link)
    ruler.before("link", "unseen", _unseen)


def _push(state: StateInline, text: str) -> None:
    state.push("text", "", 0).content = text


def _push_picture(state: StateInline, address: str) -> None:
    token = state.push("image", "img", 0)
    token.attrs, token.children = {"src": address, "alt": ""}, []


def _formula(state: StateInline, silent: bool) -> bool:
    """Leave a formula as it was typed: ``*`` and ``_`` in it are no emphasis."""
    if state.src[state.pos] not in "$\\":
        return False
    match = _FORMULA.match(state.src, state.pos, state.posMax)
    if match is None or not _is_formula(match):
        return False
    if not silent:
        _push(state, " ".join(match[0].split()) if "\n" in match[0] else match[0])
    state.pos = match.end()
    return True


def _is_formula(match: re.Match[str]) -> bool:
    content = match[match.lastgroup or 0]
    if HAN.search(content) and not _TEXT_IN_FORMULA.search(content):
        return False
    return match.lastgroup in ("display", "inline") or _LOOKS_LIKE_FORMULA.search(content) is not None


def _marked(state: StateInline, silent: bool) -> bool:
    """Show what ``==`` highlights and ``~~`` strikes out, without the marks."""
    if state.src[state.pos] not in "=~":
        return False
    marker = state.src[state.pos : state.pos + 2]
    if marker not in ("==", "~~"):
        return False
    start = state.pos + 2
    end = state.src.find(marker, start, state.posMax)
    if end < 0 or not _encloses(state.src, start, end):
        return False
    if not silent:
        before = state.posMax
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = before
    state.pos = end + 2
    return True


def _encloses(source: str, start: int, end: int) -> bool:
    inside, mark = source[start:end], source[start - 1]
    if not inside or inside[0] in f"{mark} \t\n" or inside[-1] in " \t\n" or "\n\n" in inside:
        return False
    before, after = source[start - 3 : start - 2], source[end + 2 : end + 3]
    if after == mark or before == mark:
        return False
    # a==b 与 c==d compares, it marks nothing
    return not (mark == "=" and _is_latin(before) and _is_latin(inside[0]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _scripts(state: StateInline, silent: bool) -> bool:
    """Raise what stands between ``^`` and lower what stands between ``~``, where Unicode can."""
    mark = state.src[state.pos]
    if mark not in "^~" or not state.src[max(state.pos - 1, 0)].isalnum():
        return False
    match = (_RAISED if mark == "^" else _LOWERED).match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    text = (raised if mark == "^" else lowered)(match[1])
    if text == match[1]:
        return False
    if not silent:
        _push(state, text)
    state.pos = match.end()
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """Show the name of ``[[页面|名字]]``; what is embedded, ``![[图.png]]``, may be a picture and shows none."""
    if state.src[state.pos] not in "![":
        return False
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent and match[1]:
        _push_picture(state, match[2].strip())
    elif not silent:
        _push(state, (match[3] or match[2]).strip())
    state.pos = match.end()
    return True


def _unseen(state: StateInline, silent: bool) -> bool:
    """Pass over comments, attribute lists, icons, and show of a generator's tag what it shows."""
    match = None
    character = state.src[state.pos]
    if character == "{":
        tag = site_tags.TAG.match(state.src, state.pos, state.posMax)
        if tag is not None:
            if not silent:
                _push(state, site_tags.shown(tag))
            state.pos = tag.end()
            return True
        match = _first_match(state, _JSX_COMMENT, _ATTRIBUTES) if _is_beside_markup(state) else None
    elif character == "%" and not state.src[state.pos - 1 : state.pos].isdigit():
        match = _first_match(state, _COMMENT)
    elif character == ":":
        match = _first_match(state, _ICON)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _is_beside_markup(state: StateInline) -> bool:
    """Tell attributes, which stand right behind what has them or on a line of their own, from braces in a sentence."""
    return state.pos == 0 or state.src[state.pos - 1] in ")]*`_>\n"


def _first_match(state: StateInline, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    return next((match for one in patterns if (match := one.match(state.src, state.pos, state.posMax))), None)


# ── emphasis ─────────────────────────────────────────────────────────────────────────────────────────────────────────


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


def _flanks(state: StateInline, start: int, length: int, *, can_open: bool, can_close: bool) -> tuple[bool, bool]:
    before = state.src[start - 1] if start else " "
    after = state.src[start + length] if start + length < state.posMax else " "
    east_asian = bool(HAN.match(before) or HAN.match(after))
    if not east_asian:
        return can_open, can_close
    opens = not isWhiteSpace(ord(after)) and (not _is_mark(after) or bool(HAN.match(after) or HAN.match(before)))
    closes = not isWhiteSpace(ord(before)) and (not _is_mark(before) or bool(HAN.match(before) or HAN.match(after)))
    return opens or can_open, closes or can_close


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
