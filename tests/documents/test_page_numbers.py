"""The numbers of pages in plain text that came out of pages."""

from __future__ import annotations

from indexer import documents
from indexer.documents.page_numbers import without_page_numbers

PAGE = "石桥修了三年，木料从上游放下来，石料从山里运出来，一船一船地卸在北岸"
REST = "的空地上。到了冬天，河水浅了，桥墩才露出来。"


def _text(number: str, pages: int, page: str = PAGE) -> str:
    return "".join(f"{page}\n\n{number.format(each)}\n\n{REST}\n" for each in range(1, pages + 1))


def test_a_sentence_goes_on_over_the_number_of_a_page() -> None:
    text, numbers = without_page_numbers(_text("- {} -", 9))
    assert text.splitlines() == [PAGE, REST] * 9
    assert numbers == tuple(f"- {each} -" for each in range(1, 10))


def test_a_number_between_sentences_leaves_them_apart() -> None:
    text, numbers = without_page_numbers(_text("第 {} 页 共 40 页", 9) + "水涨了。\n\n第 10 页 共 40 页\n\n船走了。\n")
    assert text.endswith("水涨了。\n\n\n\n船走了。")
    assert len(numbers) == 10


def test_numbers_between_sentences_only_are_those_of_chapters() -> None:
    text = _text("- {} -", 9, page="石桥修了三年。")
    assert without_page_numbers(text) == (text, ())


def test_few_numbers_or_such_as_do_not_count_are_text() -> None:
    few, scattered = _text("- {} -", 4), _text("- 1{}7 -", 9).replace("- 137 -", "- 12 -")
    assert without_page_numbers(few) == (few, ())
    assert without_page_numbers(scattered) == (scattered, ())


def test_numbers_without_marks_may_be_those_of_a_table() -> None:
    text = _text("{}", 9)
    assert without_page_numbers(text) == (text, ())


def test_a_file_is_read_without_them() -> None:
    parsed = documents.read(_text("- {} -", 9).encode(), "桥.txt")
    assert "- 3 -" not in "".join(block.text for block in parsed.blocks)
    assert "- 3 -" in parsed.dropped
