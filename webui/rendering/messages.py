"""Errors and warnings of ``indexer``, which are written in Chinese, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

import indexer
from indexer.errors import XunzhangError
from webui.strings import LANGUAGES, Sentence, say, spoken


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong and the way out."""

    text: str
    hint: str


def of_error(error: XunzhangError) -> Message:
    """Say an error as it was written, or what its code means in another language."""
    if isinstance(error.message, Sentence) or spoken() == LANGUAGES[0]:
        return Message(error.message, error.hint)
    return Message(say(f"error_{error.code}"), say(f"error_{error.code}_hint"))


def of_warning(warning: indexer.QueryWarning) -> str:
    """Say a warning as it was written, or what its code means in another language."""
    return say(f"warning_{warning.code}", message=warning.message)


def of_role(passage: indexer.Passage) -> str:
    """Say what a passage is beside the run of the text; nothing of one that is in it."""
    return "" if passage.role == "body" else say(f"role_{passage.role}")
