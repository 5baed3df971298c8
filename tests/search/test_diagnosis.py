"""Why a query finds little."""

from __future__ import annotations

import pytest

from tests.support import Make, make_document

TEXTS = [("数据安全 监督", ("一",)), ("数据安全", ("二",)), ("数据", ("二",)), ("發展數據", ("三",))]


def test_words_are_counted_with_and_without_filters(make: Make) -> None:
    index = make(make_document("a", TEXTS), make_document("b", ["第十二条 税收"]))
    found = index.diagnose("数据 税收 鱻", section=["二"])
    assert [(each.word, each.count, each.filtered) for each in found.words] == [
        ("数据", 4, 2),
        ("税收", 1, 0),
        ("鱻", 0, 0),
    ]
    assert found.total == 0


def test_a_word_counts_in_all_its_spellings(make: Make) -> None:
    index = make(make_document("b", ["數據", "数据", "數据"]))
    assert [each.count for each in index.diagnose("數據").words] == [3]


def test_a_number_with_its_measure_is_one_word(make: Make) -> None:
    """What 15 finds by itself is no number of an article; what a query leaves out is the number with its measure."""
    index = make(make_document("b", ["第十二条 税收", "第15页 税收", "15 条"]))
    found = index.diagnose("第15条税收")
    assert [(each.word, each.count) for each in found.words] == [("第15条", 0), ("税收", 2)]
    assert (found.shorter, found.shorter_total) == ("税收", 2)
    assert [each.word for each in index.diagnose("税收15").words] == ["税收", "15"]


def test_the_filter_to_blame_is_the_one_without_which_there_is_something(make: Make) -> None:
    index = make(make_document("a", TEXTS, date="2020-01-01"), make_document("b", ["监督"], date="2021-01-01"))
    found = index.diagnose("监督", section=["二"], year=["2020"], document=["a"])
    assert [(each.name, each.total) for each in found.filters] == [("section", 1), ("document", 0), ("year", 0)]
    assert index.diagnose("监督").filters == ()


@pytest.mark.parametrize(
    ("query", "shorter", "total"),
    [
        ("数据 税收", "数据", 4),
        ("数据税收", "数据", 4),
        ("數據稅收", "數據", 4),
        ("“数据 税收” -发展", "数据 -发展", 3),
        ("数据安全税收", "数据安全", 2),
        ("鱻 龘 数据", "数据", 4),
        ("章节:二 数据 税收", "章节:二 数据", 2),
        ("鱻", "", 0),
        ("", "", 0),
        ("数据 OR 税收", "", 0),
        ("-数据", "", 0),
        ("数据 NEAR/3 税收", "", 0),
        ("鱻 龘", "", 0),
    ],
)
def test_the_query_without_its_rarest_word(make: Make, query: str, shorter: str, total: int) -> None:
    index = make(make_document("a", TEXTS))
    found = index.diagnose(query)
    assert (found.shorter, found.shorter_total) == (shorter, total)
    if shorter:
        assert index.search(shorter, match="all").total == total


def test_the_shorter_query_is_counted_under_the_filters(make: Make) -> None:
    index = make(make_document("a", TEXTS))
    found = index.diagnose("数据 税收", section=["一"])
    assert (found.shorter, found.shorter_total) == ("数据", 1)


@pytest.mark.parametrize(("most", "at_least"), [(2, True), (100, False)])
def test_counts_beyond_the_budget_are_called_lower_bounds(
    make: Make, monkeypatch: pytest.MonkeyPatch, most: int, at_least: bool
) -> None:
    index = make(make_document("a", ["数据全", "数安全", "数一全"]))
    monkeypatch.setattr("indexer.engines.budget.MAX_CANDIDATES", most)
    assert index.diagnose("数*全 鱻").at_least is at_least
    assert index.diagnose("数据 鱻").at_least is False
