"""What the library says, which is Chinese, in the language of the terminal.

``strings/library.<language>.json`` has each sentence of the library, ``{}`` for what it puts in, and what that is in
the language, ``{0}``, ``{1}`` for the same things. A message is one or more such sentences; one that is not there stays
as it is.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from indexer.cli import strings
from indexer.errors import XunzhangError


class _Sentence(NamedTuple):
    pattern: re.Pattern[str]
    translation: str


def of_error(error: XunzhangError) -> str:
    """What is wrong, and the way out."""
    return translated(str(error))


def translated(text: str) -> str:
    """A message of the library, or of the command line itself, in the language of the terminal."""
    if strings.spoken() == strings.LANGUAGES[0]:
        return text
    said: list[str] = []
    rest = text
    while rest and (found := _first(rest)):
        sentence, end = found
        said.append(sentence.strip())
        rest = rest[end:].lstrip()
    return " ".join((*said, rest)) if said and rest else " ".join(said) or text


def _first(text: str) -> tuple[str, int] | None:
    """The translation of the sentence that a text begins with, and where that ends."""
    for sentence in _sentences(strings.spoken()):
        if match := sentence.pattern.match(text):
            return sentence.translation.format(*map(translated, match.groups())), match.end()
    return None


@cache
def _sentences(language: str) -> list[_Sentence]:
    """All sentences, those with the most characters of their own first: nothing shorter is taken for one of them."""
    text = resources.files("indexer.cli.strings").joinpath(f"library.{language}.json").read_text("utf-8")
    known: dict[str, str] = json.loads(text)
    longest_first = sorted(known.items(), key=lambda item: -len(item[0].replace("{}", "")))
    return [_Sentence(_pattern(said), translation) for said, translation in longest_first]


def _pattern(said: str) -> re.Pattern[str]:
    """A sentence ends in its mark, what is put into it holds no such mark; what is put at its end may be sentences.

    Without a mark, as names of faults are, nothing may follow it.
    """
    body = "([^。]*?)".join(map(re.escape, said.removesuffix("{}").split("{}")))
    if said.endswith("{}"):
        return re.compile(f"{body}(.*)$", re.S)
    return re.compile(body if said.endswith("。") else f"{body}$")
