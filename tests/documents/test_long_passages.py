"""No passage without bound, and nothing lost at a cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.long_passages import LONGEST, bounded
from indexer.model import Block, Kind
from tests.documents.conftest import Read

_PIECE = st.sampled_from(["甲乙丙丁", "戊。", "己，", "庚\n", "x" * 700, "辛" * 1500, "“壬。”"])


@given(pieces=st.lists(_PIECE, min_size=1, max_size=40))
def test_end_to_end(pieces: list[str]) -> None:
    text = "".join(pieces)
    blocks, cuts = bounded([Block(text, bold=((0, len(text)),))])
    assert "".join(block.text for block in blocks) == text
    assert all(len(block.text) <= LONGEST for block in blocks)
    assert all(block.bold == ((0, len(block.text)),) for block in blocks)
    assert cuts == len(blocks) - 1
    assert (cuts > 0) == (len(text) > LONGEST)


def test_where_it_is_cut() -> None:
    def first(text: str, *, code: bool = False) -> str:
        return bounded([Block(text, code=code)])[0][0].text

    sentence = "甲" * 1500 + "。"
    assert first(sentence * 4) == sentence * 2
    clause = "甲" * 1500 + "，"
    assert first(clause * 4) == clause * 2
    assert first("甲" * 9000) == "甲" * LONGEST
    assert first(clause + "乙" * 300 + "。" + clause * 4) == clause + "乙" * 300 + "。"
    line = "甲。" * 700 + "\n"
    assert first(line * 4, code=True) == line * 2


def test_a_cut_heading_opens_one_section() -> None:
    heading = Block("第一条" + "甲" * 9000, heading="第一条", depth=2, label="甲", anchor="a", topics=("甲",))
    blocks, cuts = bounded([heading, Block("乙")])
    assert cuts == 2
    assert [block.heading for block in blocks] == ["第一条", None, None, None]
    assert [block.kind for block in blocks] == [Kind.BODY] * 4


def test_a_short_document_is_left_alone() -> None:
    block = Block("甲" * LONGEST)
    assert bounded([block]) == ((block,), 0)


def test_a_long_list_after_blank_lines_is_no_giant(read: Read) -> None:
    parsed = read("名录.txt", "名录\n\n说明\n\n" + "".join(f"{n} 号 薄荷\n" for n in range(20_000)))
    assert max(len(block.text) for block in parsed.blocks) < 20
    assert parsed.cuts == 0
    assert read("长.txt", "甲" * 10_000).cuts == 2
