"""Lines of a program that reports set like text: the words that are bold in them, and their numbers, name nothing."""

from __future__ import annotations

import re

_LINE_NUMBER = re.compile(r"\s*(?:[0-9]{1,4}(?:\.[0-9]{1,3})*[.:]?\s*)?")
# What a program says to people: comments and strings may be Chinese.
_WORDS = re.compile(r"//.*|/\*.*?(?:\*/|$)|\s(?:#|--)\s.*|\"[^\"]*\"|'[^']*'|“[^”]*”")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KEYWORD = re.compile(
    r"(?:public|private|protected|static|final|abstract|class|interface|enum|import|package|return|void|int|char|long"
    r"|short|float|double|boolean|bool|byte|unsigned|struct|typedef|const|extern|inline|virtual|template|using|namespace"
    r"|for|while|if|else|elif|switch|case|try|catch|throw|new|delete|def|function|var|let|async|await"
    r"|select|insert|update|create|alter|drop|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\b"
)
# What a statement has and a sentence has not; where one is closed or opens a block; whole lines.
_CALL = re.compile(r"\w\(|\w\s?=|::|->")
_END = re.compile(r"[;{}]\s*$")
_WHOLE = re.compile(
    r"#\s?(?:include|define|if|ifdef|ifndef|else|endif|pragma)\b.*"
    r"|(?:public|private|protected|default|case \w+)\s?:|[{}]"
)
_SIGNS = frozenset(";={}(:#")


def is_code(text: str) -> bool:
    """Tell a line of a program, with its number or without, from a sentence; its comments may be Chinese."""
    if _SIGNS.isdisjoint(text):
        return False
    number = _LINE_NUMBER.match(text)
    code = _WORDS.sub("", text[number.end() :] if number else text).strip()
    if _HAN.search(code):
        return False
    if _WHOLE.fullmatch(code):
        return True
    is_statement = _CALL.search(code) is not None
    if _KEYWORD.match(code):
        return is_statement or _END.search(code) is not None
    return is_statement and _END.search(code) is not None
