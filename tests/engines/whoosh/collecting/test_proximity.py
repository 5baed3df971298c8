"""Windows and leads by positions, against those of the definition by characters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.engines import scoring
from indexer.engines.whoosh.collecting.proximity import proximity

TEXTS = st.lists(st.text("渔船港", max_size=130), min_size=1, max_size=6)
WEIGHTS = st.dictionaries(st.text("渔船港", min_size=2, max_size=2), st.sampled_from([0.3, 1.7, 5.1]), max_size=4)


@dataclass
class Texts:
    """Texts with one position free after each, as a segment has them."""

    texts: list[str]

    @property
    def starts(self) -> np.ndarray:
        """See the reader."""
        return np.cumsum([0, *(len(text) + 1 for text in self.texts)])

    def positions(self, pair: str) -> np.ndarray:
        """See the reader."""
        every = pairwise(" ".join(self.texts))
        return np.array([at for at, both in enumerate(every) if "".join(both) == pair], dtype=np.int64)


@given(texts=TEXTS, weights=WEIGHTS, last_first=st.booleans())
@example(texts=["渔船" + "港" * (scoring.WINDOW - 3) + "船港"], weights={"渔船": 1.7, "船港": 0.3}, last_first=False)
@example(texts=["渔船" + "港" * (scoring.WINDOW - 2) + "船港"], weights={"渔船": 1.7, "船港": 0.3}, last_first=False)
@example(
    texts=["港" * (scoring.LEAD - 2) + "渔船", "港" * (scoring.LEAD - 1) + "渔船"],
    weights={"渔船": 5.1},
    last_first=True,
)
def test_windows_and_leads_are_those_of_the_definition(
    texts: list[str], weights: dict[str, float], last_first: bool
) -> None:
    rows = np.arange(len(texts))[:: -1 if last_first else 1]
    found = proximity(Texts(texts), rows, weights)  # type: ignore[arg-type]  # what it needs of a reader
    for at, row in enumerate(rows.tolist()):
        expected = scoring.words_parts(texts[row], weights, ())
        assert {name: values[at] for name, values in found.items()} == pytest.approx(
            {name: expected[name] for name in found}, abs=1e-12
        )
