"""What the page says, one JSON file for each language: key → sentence, with ``{names}`` to be filled in.

Holds every sentence of ours that a page shows. Never markup, or messages of ``indexer``, which are Chinese. To add a
sentence: its key in each file; to add a language: a file, and its tag in ``LANGUAGES``.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from functools import cache
from importlib import resources

import indexer

# The first is what is spoken where nobody chose.
LANGUAGES = ("zh", "en")

_spoken: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


class Sentence(str):
    """What ``say`` returned: already in the reader's language, unlike messages of ``indexer``, which are Chinese."""

    __slots__ = ()


def speak(language: str) -> None:
    """Choose the language in which this request says everything."""
    _spoken.set(language)


def spoken() -> str:
    """Return the language of this request."""
    return _spoken.get()


def say(key: str, /, **values: object) -> Sentence:
    """Look up a sentence and fill in its names; an unknown key is a KeyError, so that tests find it."""
    if not values:
        return _without_names(spoken(), key)
    return Sentence(indexer.inflected(table(spoken())[key], values).format(**values))


@cache
def _without_names(language: str, key: str) -> Sentence:
    """Finish a sentence that has no names, of which a page says a hundred."""
    return Sentence(table(language)[key].format())


@cache
def table(language: str) -> dict[str, str]:
    """Load all sentences of a language."""
    text = resources.files("webui.strings").joinpath(f"{language}.json").read_text("utf-8")
    sentences: dict[str, str] = json.loads(text)
    return sentences
