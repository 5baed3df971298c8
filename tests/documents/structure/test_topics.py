"""What paragraphs are about, by the words they open with; whole documents are in tests/golden/reading."""

from __future__ import annotations

import pytest

from indexer import documents


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("**一是备料。**杉木三根，桐油一桶。", ("备料",)),
        ("**二要巡查。**每天早晚各一次。", ("巡查",)),
        ("**一是**备料，二是巡查。", ()),
        ("**一要。**杉木三根。", ()),
        ("**一是非。**磨坊里的旧事。", ("一是非",)),
    ],
)
def test_what_only_counts_is_no_part_of_a_topic(text: str, topics: tuple[str, ...]) -> None:
    *_, block = documents.read(f"水车\n\n{text}".encode(), "水车.md").blocks
    assert block.topics == topics
