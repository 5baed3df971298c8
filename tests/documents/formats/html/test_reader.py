"""Pages that no browser would mind and a careless reader would not survive."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 4000 + "甲",
        "<b>甲" * 4000,
        "<ul><li>甲" * 2000,
        "<table><tr><td>甲" * 10_000,
        "<dl><dt>甲" * 10_000,
        '<div class="nav">甲' * 2000,
        "<dl><dt>甲" + "<dd>甲" * 3000,
    ],
)
def test_hostile_nesting(read: Read, page: str) -> None:
    text = "".join(block.text for block in read("甲.html", page).blocks)
    assert text.count("甲") == page.count("甲")


@pytest.mark.parametrize("hidden", ["<!--{}-->", '<img alt="" src="{}">', "<script>{}</script>"])
def test_huge_pieces_do_not_become_text(read: Read, hidden: str) -> None:
    page = f"<p>甲</p>{hidden.format('x' * 11_000_000)}<p>乙</p>"
    assert [block.text for block in read("甲.html", page).blocks] == ["甲", "乙"]
