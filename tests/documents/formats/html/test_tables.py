"""Listings that programs place in tables beside their line numbers."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read

CODE = "# 桥长\nprint(60)"


@pytest.mark.parametrize(
    "listing",
    [
        '<figure class="highlight"><table><tr><td class="gutter"><pre>1<br>2</pre></td><td class="code"><pre>{}</pre>'
        "</td></tr></table></figure>",
        "<table><tr><td><pre>1\n2</pre></td><td><pre><code>{}</code></pre></td></tr></table>",
        '<div class="chroma"><table><tr><td><pre><code>7\n8</code></pre></td><td><pre>{}</pre></td></tr></table></div>',
    ],
)
def test_a_listing_is_no_row(read: Read, listing: str) -> None:
    blocks = read("页.html", listing.format(CODE)).blocks
    assert [(block.text, block.code) for block in blocks] == [(CODE, True)]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<table><tr><td>1</td><td>桥</td></tr></table>", ["1\t桥"]),
        ("<table><tr><td>写法</td></tr><tr><td><pre>甲</pre></td></tr></table>", ["写法", "甲"]),
        (
            "<table><tr><td>2021</td><td>建桥</td></tr><tr><td>2022</td><td>通车</td></tr></table>",
            ["2021\t建桥", "2022\t通车"],
        ),
    ],
)
def test_numbers_beside_other_things_are_kept(read: Read, table: str, rows: list[str]) -> None:
    assert [block.text for block in read("页.html", table).blocks] == rows


def test_numbers_that_do_not_count_are_no_line_numbers(read: Read) -> None:
    table = "<table><tr><td>3 9</td><td><pre>print(60)</pre></td></tr></table>"
    assert [block.text for block in read("页.html", table).blocks] == ["3 9", "print(60)"]


@pytest.mark.parametrize("between", ["", "\n"])
def test_the_lines_of_a_listing_may_be_elements(read: Read, between: str) -> None:
    lines = between.join(f'<div class="line">{line}</div>' for line in CODE.split("\n"))
    listing = read("页.html", f'<div class="highlight"><pre>{lines}</pre></div><p>桥长六十米。</p>').blocks
    assert [(block.text, block.code) for block in listing] == [(CODE, True), ("桥长六十米。", False)]
