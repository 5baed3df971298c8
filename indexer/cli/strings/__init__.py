"""What the command line says, one JSON file for each language: key → sentence, with ``{names}`` to be filled in.

Holds every sentence of the terminal, help included. Never what programs read (JSON, CSV, exit codes), which is the same
in every language. To add a sentence: its key in each file; to add a language: a file, and its tag in ``LANGUAGES``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from indexer.translation.inflection import inflected

# The first is what is spoken where nobody chose.
LANGUAGES = ("zh", "en")
# What chooses a language for this program alone, before what the system says.
VARIABLE = "XUNZHANG_LANG"
_OF_THE_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")

_spoken = LANGUAGES[0]


def speak(language: str) -> None:
    """Choose the language of this process."""
    global _spoken  # a terminal has one reader
    _spoken = language


def spoken() -> str:
    """Return the language of this process."""
    return _spoken


def preferred(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for; the first where it names none that there is."""
    if environment.get(VARIABLE) in LANGUAGES:
        return environment[VARIABLE]
    locale = next((environment[name] for name in _OF_THE_SYSTEM if environment.get(name)), "")
    return next((language for language in LANGUAGES if locale.lower().startswith(language)), LANGUAGES[0])


def say(key: str, /, **values: object) -> str:
    """Look up a sentence and fill in its names; an unknown key is a KeyError, so that tests find it."""
    return inflected(table(_spoken)[key], values).format(**values)


def knows(key: str) -> bool:
    """Tell whether there is a sentence of that key."""
    return key in table(LANGUAGES[0])


@cache
def table(language: str) -> dict[str, str]:
    """Load all sentences of a language."""
    text = Path(__file__).with_name(f"{language}.json").read_text("utf-8")  # importlib.resources takes longer to load
    sentences: dict[str, str] = json.loads(text)
    return sentences
