"""Other spellings of numbers, years and spacing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import spellings
from indexer.analysis.fold import fold_key
from indexer.analysis.number_spellings import find_units
from indexer.analysis.spellings import LIMIT, expand, has_more
from tests.support import count_calls

GROUPS = [
    {"第12条", "第十二条", "第 12 条"},
    {"第一〇五条", "第一零五条"},
    {"第105条", "第一百零五条", "第一百〇五条"},
    {"民法典第三〇条", "民法典第三零条"},
    {"2020年", "二〇二〇年", "二零二零年", "2020 年"},
    {"第120条", "第一百二十条"},
    {"2021年3月5日", "二〇二一年三月五日"},
    {"5g网络", "5g 网络"},
    {"1,000亿", "1,000 亿", "1000亿", "一千亿"},
    {"12月", "十二月"},
    {"μ介子", "μ 介子"},
    {"一万", "1万", "10000", "10,000", "1 万"},
    {"一百亿元", "100亿元", "10,000,000,000元", "100 亿元"},
    {"1.5亿", "一亿五千万", "一点五亿", "150000000"},
    {"3.5万亿元", "三万五千亿元", "三点五万亿元"},
    {"百分之三点五", "3.5%"},
    {"百分之百", "100%", "百分之一百"},
    {"千分之五", "5‰"},
    {"三分之二以上", "2/3以上"},
    {"十二分之五", "5/12"},
    {"3.5个百分点", "三点五个百分点"},
    {"五百元以上五千元以下", "500元以上5000元以下", "500元以上5,000元以下"},
    {"三年以下", "3年以下"},
    {"两年", "二年", "2年"},
    {"六个月", "6个月"},
    {"三个季度", "3个季度"},
    {"四栋", "4栋", "4 栋"},
    {"两台", "二台", "2台"},
    {"七十二学时", "72学时"},
    {"叁拾万元", "三十万元", "300000元", "30万元"},
    {"图三", "图3", "图 3"},
    {"第133条之1", "第一百三十三条之一"},
    {"附表二", "附表2"},
    {"图3-1", "图3.1", "图 3—1"},
    {"式7.12", "式(7.12)"},
    {"由式4得", "由式(4)得"},
    {"20210305", "2021年3月5日", "2021-03-05"},
    {"2019至2021年", "2019-2021年", "2019—2021年", "2019年至2021年"},
    {"02161234567", "021-61234567", "021 61234567"},
    {"ak47", "ak-47", "ak 47"},
    {"iso 9001:2015", "iso9001-2015"},
    {"-20°c", "−20°c"},
    {"2018年6月", "二〇一八年六月", "2018年06月", "2018-06", "2018/06"},
    {"百分之40", "40%", "百分之四十"},
    {"5分之3", "五分之三", "3/5"},
    {"万分之三", "3‱"},
    {"23时", "二十三时"},
    {"穗府令〔2011〕8号", "穗府令[2011]8号", "穗府令(2011)8号", "穗府令〔2011〕第8号"},
]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: min(group))
def test_each_spelling_leads_to_the_others(group: set[str]) -> None:
    for spelling in group:
        assert group <= set(expand(spelling)), spelling


@pytest.mark.parametrize(
    ("run", "other"),
    [
        ("二十大", "20大"),
        ("一千零一夜", "1001夜"),
        ("1,050", "一千零五十"),
        ("100000000000", "一千亿"),
        ("十年", "10年"),
        ("第陆条", "第六条"),
        ("第陆条", "第6条"),
        ("第039条", "第三十九条"),
        ("第廿一条", "第二十一条"),
        ("第卅条", "第30条"),
        ("廿四人", "24人"),
        ("wi-fi", "wifi"),
        ("公式7.12", "式(7.12)"),
        ("公式(4)", "式4"),
        ("+8613912345678", "13912345678"),
        ("0086-139 1234 5678", "139-1234-5678"),
        ("2018年6月", "2018.06"),
        ("穗府令2011年第8号", "穗府令〔2011〕8号"),
        ("四万二", "四万二千"),
        ("四万二", "4.2万"),
        ("两千八", "2,800"),
        ("第31条之2", "第31-2条"),
        ("第三十一条之二", "第31-2条"),
        ("第31-2条", "第三十一条之二"),
        ("「潮水退去」", "潮水退去"),
        ("『潮水退去12天』", "潮水退去十二天"),
        ("穗府令2011 8号", "穗府令〔2011〕8号"),
    ],
)
def test_a_number_that_is_sure_is_written_otherwise(run: str, other: str) -> None:
    assert other in expand(run)


def test_a_number_in_han_characters_keeps_no_white_space_beside_it() -> None:
    assert "(十二月" in expand("( 12月")
    assert "第十二条" in expand("第 12 条")


@pytest.mark.parametrize(
    "run",
    [
        *(
            "数据",
            "税收征管",
            "一带一路",
            "三农",
            "十四五",
            "九一八",
            "万一",
            "百年",
            "千万不要",
            "一个",
            "三分之四",
            "4/3",
        ),
        *("一家", "一起", "十分", "拾金不昧", "发表", "代表会", "20211305"),
        *(
            "廿四史",
            "2/3/5",
            "1.2/3",
            "013/4",
            "十之八九",
            "一百二",
            "第四万二条",
            "コピー法",
            "gb/t",
            "3.5",
            "形式(1)",
            "式(7.1.2)",
            "12345",
            "1.2.3",
        ),
    ],
)
def test_other_runs_stay_alone(run: str) -> None:
    assert expand(run) == (run,)


@pytest.mark.parametrize("run", ["007号", "3万5千", "三万5千", "123456号"])
def test_numbers_that_are_none_are_only_spaced(run: str) -> None:
    assert {spelling.replace(" ", "") for spelling in expand(run)} == {run}


odd = st.text(st.sampled_from("第一二两十百千万亿零〇点百分之个月年日条元廿卅0123456789,.%‰/a5g网 "), max_size=25)


@given(odd)
def test_spellings_are_few_distinct_folded_and_begin_with_the_run(text: str) -> None:
    run = fold_key(text)
    spellings = expand(run)
    assert spellings[0] == run
    assert len(set(spellings)) == len(spellings) <= LIMIT
    assert [fold_key(spelling) for spelling in spellings] == list(spellings)


@given(st.text(st.sampled_from("12３ 第条款年月日百分之/.-图〇十"), max_size=12))
def test_no_number_goes_on_over_white_space_between_two_digits(text: str) -> None:
    run = fold_key(text)
    assert not [unit for unit in find_units(run) if re.search(r"\d \d", run[unit.start : unit.end])]


DEAR = "2020年3月5日wi-fi 2019至2021年"


@given(
    st.lists(st.sampled_from(["2020年", "第12条", "wi-fi", "图3-1", "海伦凯勒", "安全.", " ", "-5"]), max_size=4).map(
        "".join
    )
)
def test_the_first_spellings_are_those_of_all_steps_taken_to_their_end(text: str) -> None:
    run = fold_key(text)
    every = dict.fromkeys([run])
    for step in spellings._STEPS:
        every |= dict.fromkeys(fold_key(other) for spelling in [*every] for other in step(spelling))
    assert expand(run) == tuple(every)[:LIMIT]
    assert has_more(run) == (len(every) > LIMIT)


def test_no_more_spellings_are_made_than_are_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_calls(monkeypatch, spellings, "fold_key")
    spellings._spellings.cache_clear()
    assert has_more(DEAR)
    assert len(made) == LIMIT  # each is another, and one more than counts tells that there are more


def test_what_is_written_in_one_way_is_folded_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made = count_calls(monkeypatch, spellings, "fold_key")
    spellings._spellings.cache_clear()
    assert expand("渔船登记") == ("渔船登记",)
    assert made == []
