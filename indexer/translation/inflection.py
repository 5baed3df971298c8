"""Words of a sentence that go by number, as most languages but Chinese have them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORMS = re.compile(r"\{(\w+)\?([^|{}]*)\|([^{}]*)\}")


def inflected(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence, whose other names are still to be filled in, with its words of number.

    Args:
        sentence: ``{count?passage|passages}`` in it stands for ``passage`` where ``count`` is 1, else for ``passages``.
        values: by their names.
    """
    return _FORMS.sub(lambda forms: forms[2] if str(values[forms[1]]) == "1" else forms[3], sentence)
