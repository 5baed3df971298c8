"""What the page says, one JSON file for each language: key → sentence, with ``{names}`` to be filled in."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

LANGUAGES = ("zh",)


def say(key: str, /, **values: object) -> str:
    """A sentence with its names filled in; an unknown key is a KeyError, so that tests find it."""
    return table(LANGUAGES[0])[key].format(**values)


@cache
def table(language: str) -> dict[str, str]:
    """All sentences of a language."""
    text = resources.files("webui.strings").joinpath(f"{language}.json").read_text("utf-8")
    sentences: dict[str, str] = json.loads(text)
    return sentences
