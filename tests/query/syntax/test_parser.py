"""The query grammar: what each way of writing means, and that no string whatever breaks it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.errors import QuerySyntaxError
from indexer.model import And, Field, Near, Not, Or, Run, SyntaxNode, Wildcard, Years
from indexer.query.syntax import parse, parse_strict


def short(node: SyntaxNode) -> str:
    """A tree on one line: runs as they are, quotations in 「」, wildcards in ~~."""
    match node:
        case And(children):
            return f"({' & '.join(map(short, children))})"
        case Or(children):
            return f"({' | '.join(map(short, children))})"
        case Not(child):
            return f"!{short(child)}"
        case Run(text, quoted):
            return f"「{text}」" if quoted else text
        case Wildcard(pieces):
            return f"~{''.join(pieces)}~"
        case Near(left, right, distance):
            return f"{short(left)}<{distance}>{short(right)}"
        case Field(name, value):
            return f"{name}={short(value)}"
        case Years(first, last, undated):
            return "year=none" if undated else f"year={first}..{last}"
    raise AssertionError(node)


MEANINGS = [
    ("数据安全", "数据安全", "one run is itself"),
    ("数据　安全", "(数据 & 安全)", "an ideographic space parts"),
    ('"数据 安全"', "「数据 安全」", "a quotation"),
    ("“数据 安全”", "「数据 安全」", "a Chinese quotation"),
    ('"甲\\"乙\\\\"', '「甲"乙\\」', "escapes inside a quotation"),
    ("“十三五”时期", "“十三五”时期", "a quotation that goes on is text"),
    ("所谓“十三五”规划", "所谓“十三五”规划", "so is one in mid-run"),
    ("甲 OR 乙 丙", "(甲 | (乙 & 丙))", "OR binds weakest"),
    ("甲|乙｜丙", "(甲 | 乙 | 丙)", "bars need no space"),
    ("甲 or 乙", "(甲 & or & 乙)", "lower case is text"),
    ("甲 AND 乙", "(甲 & 乙)", "AND is what stands side by side"),
    ("甲 -乙", "(甲 & !乙)", "a minus"),
    ("甲 －乙", "(甲 & !乙)", "a full-width minus"),
    ("-甲", "!甲", "only a negation"),
    ("NOT NOT 甲", "甲", "two of them"),
    ("甲-乙 - 丙 --丁", "(甲-乙 & - & 丙 & --丁)", "minuses that are text"),
    ("-OR", "!OR", "an operator's word after a minus is text"),
    ("(甲 OR 乙) 丙", "((甲 | 乙) & 丙)", "a group"),
    ("（甲 OR 乙) 丙", "((甲 | 乙) & 丙)", "brackets of both widths"),
    ("甲 -(乙 丙)", "(甲 & !(乙 & 丙))", "a negated group"),
    ("（一）总则 (2020)", "(（一）总则 & (2020))", "brackets around nothing to group are text"),
    ("甲(乙 丙)", "(甲(乙 & 丙))", "a bracket in mid-run is text"),
    ("( ) （　）", "(( & ) & （ & ）)", "so are brackets around nothing"),
    ("甲 ＯＲ 乙", "(甲 | 乙)", "full-width OR"),
    ("甲 ＡＮＤ 乙　ＮＯＴ 丙", "(甲 & 乙 & !丙)", "full-width AND and NOT"),
    ("甲 ＮＥＡＲ／３０ 乙", "甲<30>乙", "full-width NEAR"),
    ("ｔａｇ：甲", "tag=甲", "a field in full-width letters"),
    ("＂甲 乙＂", "「甲 乙」", "full-width quotation marks"),
    ("Ｃ＋＋ Ａ？Ｂ ＡＢ", "(Ｃ＋＋ & Ａ？Ｂ & ＡＢ)", "other full-width text stays as typed"),
    ("甲 NEAR/30 乙", "甲<30>乙", "near"),
    ('"甲 丙" NEAR/0 乙', "「甲 丙」<0>乙", "near a quotation"),
    ("甲 NEAR/5 乙 NEAR/6 丙", "(甲<5>乙 & 乙<6>丙)", "a chain"),
    ("税* *税 *税*", "(~税*~ & ~*税~ & ~*税*~)", "stars"),
    ("第?条 第??条", "(~第?条~ & ~第??条~)", "question marks between word characters"),
    ("是否？ A? C++ * **", "(是否？ & A? & C++ & * & **)", "what is no wildcard"),
    ('"税*"', "「税*」", "nor in a quotation"),
    ("章节:总则", "section=总则", "a field"),
    ("SECTION：总则", "section=总则", "in English, upper case, with a full-width colon"),
    ("标题:税*", "title=~税*~", "a field's wildcard"),
    ("标签:(甲 OR 乙)", "(tag=甲 | tag=乙)", "a field's group"),
    ("-文档:甲", "!document=甲", "a negated field"),
    ("章节:-甲", "!section=甲", "a negation in a field"),
    ("主题:标题:甲", "topic=标题:甲", "a field is not a field's value"),
    ("A:B 第一条：总则 标题:", "(A:B & 第一条：总则 & 标题:)", "colons that are text"),
    (
        "ſection:甲 tıtle:乙 ſECTION：丙",
        "(ſection:甲 & tıtle:乙 & ſECTION：丙)",
        "letters that are like those of a field",
    ),
    ("年份:2020", "year=2020..2020", "a year"),
    ("年份:2020年", "year=2020..2020", "a year, called so"),
    ("年份：2020－2021", "year=2020..2021", "years as they are written in Chinese"),
    ("年份:2020年至2021年", "year=2020..2021", "years, called so"),
    ("年份：２０２０..", "year=2020..None", "open ended, full width"),
    ("年份:无", "year=none", "no year"),
    ("GB/T 7714-2015", "(GB/T & 7714-2015)", "a standard's number"),
    ("", "()", "nothing is everything"),
    ("  ", "()", "so is blank"),
]


@pytest.mark.parametrize(("query", "meaning", "why"), MEANINGS, ids=[why for *_, why in MEANINGS])
def test_meaning(query: str, meaning: str, why: str) -> None:
    tree, warnings = parse(query)
    assert short(tree) == meaning, why
    assert warnings == ()
    assert parse_strict(query) == tree


FAULTS = [
    ("甲 OR", "(甲 & OR)", "missing_operand", 2),
    ("OR 甲", "(OR & 甲)", "missing_operand", 0),
    ("甲 NOT", "(甲 & NOT)", "missing_operand", 2),
    ("甲|", "(甲 & |)", "missing_operand", 1),
    ("甲 NEAR 乙", "(甲 & NEAR & 乙)", "bad_near", 2),
    ("甲 NEAR/9999 乙", "(甲 & NEAR/9999 & 乙)", "bad_near", 2),
    ("税* NEAR/3 乙", "(~税*~ & NEAR/3 & 乙)", "missing_operand", 3),
    ('"甲 乙', "(甲 & 乙)", "unclosed_quote", 0),
    ('甲 ""', '(甲 & "")', "empty_quote", 2),
    ("章节:(甲 NEAR/0 乙)", "(section=甲 & section=乙)", "near_in_field", 4),
    ("章节:(主题:甲 乙)", "(topic=甲 & section=乙)", "nested_field", 4),
    ("标签:(年份:2020 乙)", "(year=2020..2020 & tag=乙)", "nested_field", 4),
    ("年份:2022..2020", "年份:2022..2020", "bad_year", 0),
    ("(甲 乙", "((甲 & 乙)", "unmatched_bracket", 0),
    ("年份:去年", "年份:去年", "bad_year", 0),
    ("年份:2021-2020", "年份:2021-2020", "bad_year", 0),
    ("年份:2020-01", "年份:2020-01", "bad_year", 0),
    ("年份:20年", "年份:20年", "bad_year", 0),
    (
        "第??条 甲* 乙* 丙* 丁* 戊* 己* 庚* 辛* *壬*癸 子*",
        "(~第??条~ & ~甲*~ & ~乙*~ & ~丙*~ & ~丁*~ & ~戊*~ & ~己*~ & ~庚*~ & ~辛*~ & *壬*癸 & 子*)",
        "too_many_wildcards",
        29,
    ),
]


@pytest.mark.parametrize(("query", "meaning", "code", "place"), FAULTS, ids=[query for query, *_ in FAULTS])
def test_faults_are_read_as_text_and_said_so(query: str, meaning: str, code: str, place: int) -> None:
    tree, warnings = parse(query)
    assert short(tree) == meaning
    assert [(warning.code, warning.start) for warning in warnings] == [(code, place)]
    with pytest.raises(QuerySyntaxError) as caught:
        parse_strict(query)
    assert caught.value.position == place


HARD = ["(" * 10_000, "( " * 5_000 + ") " * 5_000, '"' * 9_999, "NOT " * 3_000 + "甲", "章节:" * 3_000, "|" * 9_999]
odd = st.text(max_size=60) | st.text(
    st.sampled_from("甲乙 　()（）\"＂“”'-－|｜*?ＮＯＴNOTRAE/／1章节标题年份:：.\\＼"), max_size=60
)


def leaves(node: SyntaxNode) -> list[SyntaxNode]:
    match node:
        case And(children) | Or(children):
            return [leaf for child in children for leaf in leaves(child)]
        case Not(child):
            return leaves(child)
        case Near(left, right):
            return [left, right]
        case Field(_, value):
            return [value]
    return [node]


@given(odd)
@example(HARD[0])
@example(HARD[1])
@example(HARD[2])
@example(HARD[3])
@example(HARD[4])
@example(HARD[5])
def test_every_string_is_a_query(query: str) -> None:
    tree, warnings = parse(query)
    for leaf in leaves(tree):
        assert 0 <= leaf.start <= leaf.end <= len(query)  # type: ignore[union-attr]
        if isinstance(leaf, Run) and not leaf.quoted:
            assert query[leaf.start : leaf.end] == leaf.text
    assert all(0 <= warning.start <= warning.end <= len(query) for warning in warnings)


@given(odd)
def test_the_strict_parser_refuses_exactly_what_is_warned_about(query: str) -> None:
    tree, warnings = parse(query)
    if warnings:
        with pytest.raises(QuerySyntaxError):
            parse_strict(query)
    else:
        assert parse_strict(query) == tree


@given(st.text(st.characters(categories=["Lo", "Ll", "Nd"]), min_size=1, max_size=20))
def test_plain_characters_are_one_run(query: str) -> None:
    assert parse(query) == (Run(query, start=0, end=len(query)), ())


def test_white_space_parts_runs_and_nothing_is_lost() -> None:
    query = "甲 乙\t丙\n丁　戊"
    assert [leaf.text for leaf in leaves(parse(query)[0])] == query.split()  # type: ignore[union-attr]
