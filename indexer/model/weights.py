"""What each part of a score counts; the parts themselves are explained in ``engines.scoring``."""

from __future__ import annotations

from dataclasses import fields, replace

from indexer.errors import BadParameter
from indexer.model.records import record

# What a user's synonym counts in every part, where the word that was typed counts 1.
SYNONYM_WEIGHT = 0.4


@record
class Weights:
    """What each part of the score counts; 0 switches it off.

    Attributes:
        kind: 0 or 1, whether the kind of a passage counts.
    """

    words: float = 1.0
    characters: float = 0.75
    section_words: float = 0.4
    section_characters: float = 0.45
    chapter_words: float = 0.6
    document: float = 1.2
    headings: float = 1.6
    named: float = 5.0
    window: float = 0.8
    lead: float = 0.2
    amount: float = 10.0
    dense: float = 8.0
    kind: float = 1.0

    def without(self, *parts: str) -> Weights:
        """The same with some parts switched off.

        Raises:
            BadParameter: there is no such part.
        """
        if not parts:
            return self
        if unknown := sorted(set(parts) - set(SCORE_PARTS)):
            raise BadParameter(f"打分里没有“{unknown[0]}”这一项。", f"可用：{'、'.join(SCORE_PARTS)}。")
        return replace(self, **dict.fromkeys(parts, 0.0))


# What can be left out of the score.
SCORE_PARTS = tuple(field.name for field in fields(Weights))
