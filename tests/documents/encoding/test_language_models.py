"""What a text costs, read right and read wrong."""

from __future__ import annotations

from indexer.documents.encoding.language_models import chinese
from tests.documents.encoding.texts import SIMPLIFIED, TRADITIONAL


def test_the_model_of_chinese_parts_right_from_wrong() -> None:
    wrong = TRADITIONAL.encode("big5").decode("gb18030", errors="ignore")
    assert chinese(SIMPLIFIED) / len(SIMPLIFIED) < 12
    assert chinese(TRADITIONAL) / len(TRADITIONAL) < 12
    assert chinese(wrong) / len(wrong) > 16
