r"""RTF as tokens: ``{``, ``}``, control words (``\b0``), control symbols (``\~``), bytes of text.

After the Rich Text Format Specification 1.9.1, "RTF syntax".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9A-Fa-f]{2})+)|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_MOST = 1 << 31


class TokenKind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTES = auto()


class Token(NamedTuple):
    """A token.

    Attributes:
        word: of a control word its letters, of a symbol the character; else empty.
        number: behind the word; None where there is none.
        content: the bytes of a text.
    """

    kind: TokenKind
    word: str = ""
    number: int | None = None
    content: bytes = b""


def tokens(content: bytes) -> Iterator[Token]:
    r"""Yield the tokens of a file; what stands behind ``\bin`` is passed over."""
    at = 0
    while match := _TOKEN.search(content, at):
        at = match.end()
        word, number, escaped, symbol, brace, text = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin":
                at += max(value or 0, 0)
            else:
                yield Token(TokenKind.WORD, word.decode(), value if value is None or abs(value) < _MOST else None)
        elif escaped:
            yield Token(TokenKind.BYTES, content=bytes.fromhex(escaped.replace(b"\\'", b"").decode()))
        elif text:
            yield Token(TokenKind.BYTES, content=text)
        elif brace:
            yield Token(TokenKind.OPEN if brace == b"{" else TokenKind.CLOSE)
        elif symbol:
            yield Token(TokenKind.SYMBOL, symbol.decode("latin-1"))
