"""What the library says, which is Chinese, in other languages: for who shows its messages to people.

Holds a JSON file for each language: each sentence of the library, ``{}`` for what it puts in, and what that is in the
language, ``{0}``, ``{1}`` for the same things; what finds them in a message; and words that go by number
(``inflection``), for all sentences of the program. Never a sentence of the command or the
page, which have tables of their own. To add a language: a file, and its tag in ``LANGUAGES``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indexer.translation.inflection import inflected

# Those beside Chinese.
LANGUAGES = ("en",)


class _Sentence(NamedTuple):
    pattern: re.Pattern[str]
    translation: str


def translated(text: str, language: str) -> str:
    """Return a message in a language, as far as its sentences are known there; the others stay as they are.

    Args:
        text: one or more sentences of the library, one after the other.
        language: a tag; of a language that is not there, Chinese among them, the message is returned as it is.
    """
    if language not in LANGUAGES:
        return text
    said: list[str] = []
    rest = text
    while rest and (found := _first(rest, language)):
        sentence, end = found
        said.append(sentence.strip())
        rest = rest[end:].lstrip()
    return " ".join(filter(None, (*said, rest))) if said else text


def _first(text: str, language: str) -> tuple[str, int] | None:
    """Return the translation of the sentence that a text begins with, and where that ends."""
    for sentence in _sentences(language):
        if match := sentence.pattern.match(text):
            put_in = [translated(group, language) for group in match.groups()]
            numbered = {str(index): each for index, each in enumerate(put_in)}
            return inflected(sentence.translation, numbered).format(*put_in), match.end()
    return None


@cache
def _sentences(language: str) -> list[_Sentence]:
    """Load all sentences, those with the most characters of their own first: nothing shorter is taken for them."""
    text = Path(__file__).with_name(f"{language}.json").read_text("utf-8")
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
