"""What a query finds, in which tier, what is marked, and what is refused: through the public API, on every engine."""

from __future__ import annotations

import pytest

from indexer import errors
from indexer.index.index import Index
from indexer.model import Document, Passage, Tier
from indexer.search import filter_check
from tests.support import ANALYZER, Make, count_calls, make_document, marked, tiers


class TestOperatorsNeverHideText:
    TEXTS = (
        "（一）总则的规定",
        "按GB/T 7714-2015著录",
        "是否？应当答复",
        "变量A:B与C++",
        "他说：“数据 OR 安全”",
        "甲 -乙 丙",
        "标题:数据",
        "(未合的括号",
        "价格3.5%，1,000 亿",
        "星号*与?问号",
        "请看网址：http://x.cn/index.php?id=3 的页面。",
        "文档见GB/T*7714号",
        '令s=""与f( )',
    )

    @pytest.mark.parametrize("number", range(len(TEXTS)))
    def test_a_pasted_paragraph_finds_itself(self, make: Make, number: int) -> None:
        assert tiers(make(make_document("a", self.TEXTS)), self.TEXTS[number])[number] == "exact"

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("（一）", 0),
            ("GB/T 7714-2015", 1),
            ("是否？", 2),
            ("A:B", 3),
            ("C++", 3),
            ("“数据", 4),
            ("甲 -乙", 5),
            ("3.5%", 8),
            ("网址 index.php?id=3", 10),
            ("文档 GB/T*7714", 11),
            ("*与?", 9),
            ('""', 12),
            ("f( )", 12),
            ("( )", 12),
        ],
    )
    def test_a_piece_finds_its_paragraph(self, make: Make, query: str, number: int) -> None:
        assert tiers(make(make_document("a", self.TEXTS)), query)[number] == "exact"


class TestSpellings:
    @pytest.mark.parametrize("query", ["第12条", "第十二条", '"第 12 条"', "第十二條"])
    def test_numbers(self, make: Make, query: str) -> None:
        index = make(
            make_document("a", ["依照第12条", "依照第十二条", "依照第 12 条", "依照第一百二十条", "依照第2条"])
        )
        exact = [ordinal for ordinal, tier in tiers(index, query, match="exact").items() if tier == "exact"]
        assert sorted(exact) == [0, 1, 2]

    def test_large_numbers_and_percentages(self, make: Make) -> None:
        texts = [
            "投资一百亿元，增长百分之三点五。",
            "投资10,000,000,000元",
            "投资100 亿元，增长3.5%",
            "投资100元，占5,000分之一",
        ]
        index = make(make_document("a", texts))
        for query in ("100亿元", "一百亿元", "10000000000元"):
            assert set(tiers(index, query, match="exact")) == {0, 1, 2}
        assert set(tiers(index, "3.5%", match="exact")) == {0, 2}
        assert "000" not in index.explain("100亿").words

    @pytest.mark.parametrize("query", ["乾燥", "干燥", "發展", "里面", "裡面", "ＡＢＣ１", "5g"])
    def test_folding_works_both_ways(self, make: Make, query: str) -> None:
        texts = ["空气干燥，事业发展，箱子里面，abc1与５Ｇ", "空氣乾燥，事業發展，箱子裏面，ABC1與5G"]
        assert tiers(make(make_document("a", texts)), query) == {0: "exact", 1: "exact"}

    def test_a_line_wrap_cuts_nothing(self, make: Make) -> None:
        index = make(make_document("a", ["监督\n管理，\n　　以及处罚"]))
        assert tiers(index, "监督管理，以及") == {0: "exact"}
        assert marked(index, "督管") == ["督\n管"]


class TestHighlights:
    def test_exactly_what_is_matched(self, make: Make) -> None:
        index = make(make_document("a", ["數據安全與数据、安全"]))
        assert marked(index, "数据安全") == ["數據安全"]
        assert marked(index, "数据 安全") == ["數據安全", "数据", "安全"]

    def test_words_in_headings_and_title_are_marked_there(self, make: Make) -> None:
        index = make(make_document("a", [("应当登记备案", ("第一章 数据出境",))], title="安全评估办法"))
        (hit,) = index.search("数据出境 评估 备案").hits
        assert hit.tier is Tier.ALL
        assert [hit.passage.section[at][start:end] for at, start, end in hit.path_highlights] == ["数据出境"]
        assert [hit.document.title[start:end] for start, end in hit.title_highlights] == ["评估"]
        assert [hit.passage.text[start:end] for start, end in hit.highlights] == ["备案"]

    @pytest.mark.parametrize(
        ("query", "title", "in_work", "in_title"),
        [
            ("渔业管理办法第7条", "卷一", ["渔业管理办法"], []),
            ("卷一 第7条", "卷一", [], ["卷一"]),
            ("渔业 卷一 第7条", "卷一", ["渔业"], ["卷一"]),
            ("渔业 第7条", "渔业管理办法释义卷一", [], ["渔业"]),  # the title holds the work
            ("养殖 第7条", "卷一", [], []),
        ],
    )
    def test_the_work_is_marked_where_it_is_what_matches(
        self, make: Make, query: str, title: str, in_work: list[str], in_title: list[str]
    ) -> None:
        passages = [Passage("a", 0, "第七条　养殖须领证。", ("水面",))]
        document = Document("a", "a.md", title, work="渔业管理办法释义")
        (hit,) = make(ANALYZER.analyze(document, passages)).search(query).hits
        assert hit.tier in (Tier.EXACT, Tier.ALL)
        marked_there = [[text[start:end] for start, end in ranges] for text, ranges in hit.marked_titles]
        assert marked_there == ([in_work, in_title] if len(document.titles) > 1 else [in_title])
        work = document.work or ""
        assert [work[start:end] for start, end in hit.work_highlights] == in_work

    def test_what_straddles_work_and_title_is_marked_in_both(self, make: Make) -> None:
        document = Document("a", "a.md", "law two", work="common law")
        index = make(ANALYZER.analyze(document, [Passage("a", 0, "正文")]))
        (hit,) = index.search('标题:"law law"').hits
        assert (hit.work_highlights, hit.title_highlights) == (((7, 10),), ((0, 3),))

    def test_without_a_work_nothing_of_one_is_marked(self, make: Make) -> None:
        (hit,) = make(make_document("a", ["登记备案"], title="渔业办法")).search("渔业 备案").hits
        assert hit.work_highlights == ()
        assert hit.marked_titles == (("渔业办法", ((0, 2),)),)

    def test_a_run_with_wildcards_that_stands_literally_is_marked(self, make: Make) -> None:
        index = make(make_document("a", ["网址：index.php?id=3"], title="甲a?b", tags=("甲a?b",)))
        assert marked(index, "网址 index.php?id=3") == ["网址", "index.php?id=3"]
        assert tiers(index, "标题:a?b 网址") == tiers(index, "标签:a?b 网址") == {0: "exact"}
        assert tiers(index, "网址 -index.php?id=3") == {}

    def test_what_is_negated_is_not_marked(self, make: Make) -> None:
        assert marked(make(make_document("a", ["数据与税收"])), "数据 -处罚") == ["数据"]

    def test_near_marks_only_what_is_near(self, make: Make) -> None:
        index = make(make_document("a", ["数据安全，以及很远很远很远的数据"]))
        assert marked(index, "数据 NEAR/3 安全") == ["数据安全"]

    def test_a_wildcard_marks_the_word(self, make: Make) -> None:
        index = make(make_document("a", ["按税收、政策和增值税计算"]))
        assert marked(index, "税*") == ["税收"]
        assert marked(index, "*税") == ["增值税"]
        assert marked(index, "*税*") == ["税", "税"]

    def test_a_wildcard_that_is_bounded_says_so_every_time(self, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("indexer.engines.budget.MAX_CANDIDATES", 2)
        index = make(make_document("a", ["税收的"] * 3))
        for _ in range(2):
            results = index.search("税*的")
            assert [warning.code for warning in results.warnings] == ["query_budget"]
            assert (results.total, results.at_least) == (2, True)
        whole = index.search("税收 的")
        assert (whole.total, whole.at_least, whole.warnings) == (3, False, ())

    def test_a_long_passage_is_shown_around_its_matches(self, make: Make) -> None:
        index = make(make_document("a", ["开头。" + "填充文字，" * 200 + "这里有数据和安全。" + "其他文字，" * 200]))
        (hit,) = index.search("数据 安全").hits
        assert [text for text, is_marked in hit.snippet.parts if is_marked] == ["数据", "安全"]
        assert hit.snippet.end - hit.snippet.start < 400
        assert "".join(text for text, _ in hit.snippet.parts) == hit.passage.text[hit.snippet.start : hit.snippet.end]


INVISIBLE = "\u200b"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (INVISIBLE, {0: "exact", 1: "exact"}),
        (f"数据 {INVISIBLE}", {0: "exact"}),
        (f"数据 OR {INVISIBLE}", {0: "exact"}),
        (f"数据 -{INVISIBLE}", {0: "exact"}),
        (f'数据 "{INVISIBLE}"', {0: "exact"}),
        (f"数据 章节:{INVISIBLE}", {0: "exact"}),
        (f"数据 NEAR/3 {INVISIBLE}", {0: "exact"}),
    ],
)
def test_what_is_invisible_in_a_query_is_left_out_and_said_so(make: Make, query: str, expected: dict[int, str]) -> None:
    index = make(make_document("a", ["数据", "其他"]))
    assert tiers(index, query) == expected
    (warning,) = index.search(query).warnings
    assert (warning.code, query[warning.start : warning.end].strip('"')) == ("invisible", INVISIBLE)
    assert index.explain(query).warnings == (warning,)


class TestScopeSection:
    def test_words_spread_over_an_article(self, make: Make) -> None:
        article = ("第一条",)
        index = make(make_document("a", [("甲方应当付款", article), ("乙方应当交货", article), ("甲方", ("第二条",))]))
        assert tiers(index, "甲方 交货", match="all") == {}
        found = tiers(index, "甲方 交货", match="all", scope="section")
        assert list(found.values()) == ["exact"]
        assert set(found) <= {0, 1}

    def test_the_other_matches_of_the_section_are_shown(self, make: Make) -> None:
        article = ("第一章", "第一条")
        texts = [("公司设立账簿，账簿由公司保管。", article), ("会计对账簿负责。", article), ("其他。", article)]
        index = make(make_document("a", [*texts, ("会计在别处。", ("第一章", "第二条"))]))
        (hit,) = index.search("公司 会计", scope="section", match="all").hits
        assert hit.passage.ordinal == 0
        assert [other.passage.ordinal for other in hit.others] == [1]
        (other,) = hit.others
        assert [other.passage.text[start:end] for start, end in other.highlights] == ["会计"]
        assert index.search("公司 会计").hits[0].others == ()


SPECIAL = [
    ("𠀀", "古字𠀀在此"),
    ("〇", "二〇二〇年"),
    ("ABC123", "型号ＡＢＣ１２３的"),
    ("ＡＢＣ１２３", "型号abc123的"),
    ("5g", "５Ｇ网络"),
    ("“十三五”", "“十三五”时期"),
    ("C++", "用 C++ 写成"),
    ("GB/T 7714—2015", "按 GB/T 7714—2015 著录"),
    ("3.5%", "增长3.5%以上"),
    ("1,000 亿", "达到1,000 亿元"),
    ("第12条", "依第十二条办理"),
    ("第十二条", "依第 12 条办理"),
    ("第 12 条", "依第12条办理"),
    ("２０２０年", "二〇二〇年发布"),
    ("二〇二〇年", "2020年发布"),
    ("乾燥", "干燥处保存"),
    ("干燥", "乾燥處保存"),
    ("乾坤", "乾坤朗朗"),
    ("头发", "頭髮很長"),
    ("發展", "发展规划"),
    ("里面", "裏面"),
    ("裡面", "里面"),
    ("（一）", "（一）总则"),
    ("是否？", "是否？应当"),
    ("(一) 总则", "（一） 总则说明"),
    ("（一）总则", "(一) 总则说明"),
    ("甲, 乙", "甲， 乙丙"),
    ("(1) 第一款", "（１） 第一款"),
    ("中国", "中\u200b 国"),
    ("A:B", "比例A:B为"),
]


@pytest.mark.parametrize(("query", "text"), SPECIAL, ids=[query for query, _ in SPECIAL])
def test_what_looks_hard_is_found_and_called_exact(make: Make, query: str, text: str) -> None:
    index = make(make_document("a", ["前面一段，与此无关。", text]))
    for asked in (query, f'"{query}"'):
        assert tiers(index, asked).get(1) == "exact"
        assert marked(index, asked)


class TestScript:
    TEXTS = ("数据发展", "數據發展", "数据發展", "ＤＡＴＡ")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [("发展", [0]), ("發展", [1, 2]), ('"數據發展"', [1]), ("data", []), ("ＤＡＴＡ", [3]), ("章节:總則 數據", [])],
    )
    def test_only_what_was_typed(self, make: Make, query: str, expected: list[int]) -> None:
        index = make(make_document("a", [(text, ("总则",)) for text in self.TEXTS]))
        hits = sorted(tiers(index, query, script="exact", match="exact"))
        assert hits == expected

    def test_any_script_is_the_rule(self, make: Make) -> None:
        assert sorted(tiers(make(make_document("a", self.TEXTS)), "發展")) == [0, 1, 2]

    def test_words_are_as_typed_too(self, make: Make) -> None:
        index = make(make_document("a", ["發展有數據", "发展有数据"], title="發"))
        assert tiers(index, "數據發展", script="exact") == {0: "all"}

    def test_marks_stand_only_where_it_matches(self, make: Make) -> None:
        (hit,) = make(make_document("a", ["发展與發展"])).search("發展", script="exact").hits
        assert hit.highlights == ((3, 5),)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("乾?坤", {}),
            ("乾*", {0: ["乾隆"], 1: ["乾燥"]}),
            ("*坤", {0: ["坤", "扭转乾坤"], 2: ["干坤"]}),
            ("乾 NEAR/2 坤", {0: ["乾坤"]}),
            ("標題:乾* 空", {}),
            ("标题:乾* 空", {1: ["空"]}),
        ],
    )
    def test_wildcards_and_near_match_what_was_typed(
        self, make: Make, query: str, expected: dict[int, list[str]]
    ) -> None:
        texts = ["干与坤不同，乾隆年间扭转乾坤。", "干燥空气与乾燥", "干坤"]
        results = make(make_document("a", texts, title="乾燥")).search(query, script="exact", match="exact")
        found = {
            hit.passage.ordinal: [hit.passage.text[start:end] for start, end in hit.highlights] for hit in results.hits
        }
        assert found == expected

    def test_the_other_script_is_suggested(self, make: Make) -> None:
        index = make(make_document("a", ["数据安全"]))
        results = index.search("數據安全", script="exact")
        assert (results.total, results.suggestions) == (0, ("数据安全",))


class TestFacetsAndFilters:
    @pytest.fixture
    def index(self, make: Make) -> Index:
        return make(
            make_document(
                "a",
                [("数据", ("一", "（一）")), ("数据", ("一", "（二）")), ("数据", ("二/三",))],
                tags=("法",),
                date="2020-01-01",
            ),
            make_document("b", [("数据", ("一", "（一）")), "数据"], title="乙", date="2021-01-01"),
        )

    def test_sections_are_a_tree_with_parents_counting_what_is_below(self, index: Index) -> None:
        (one, two) = index.search("数据").facets["section"]
        assert (one.value, one.count, [(child.value, child.count) for child in one.children]) == (
            "一",
            3,
            [("一/（一）", 2), ("一/（二）", 1)],
        )
        assert (two.value, two.path, two.count) == (r"二\/三", ("二/三",), 1)

    def test_a_section_filter_takes_all_below_at_any_depth(self, index: Index) -> None:
        assert index.search("数据", section=["一"]).total == 3
        assert index.search("数据", section=["一/（一）"]).total == 2
        assert index.search("数据", section=[r"二\/三", ("一", "（二）")]).total == 2

    def test_filters_of_one_kind_are_or_of_different_kinds_and(self, index: Index) -> None:
        assert index.search("数据", section=["一"], tag=["法"]).total == 2
        assert index.search("数据", document=["corpus/b.md", "a"]).total == 5
        assert index.search("数据", year=["2021"]).total == 2
        assert index.search("数据", year=["..2020", "none"]).total == 3

    def test_every_value_counts_what_choosing_it_would_find(self, index: Index) -> None:
        results = index.search("数据", tag=["法"])
        for name in ("section", "document", "tag", "year"):
            for value in results.facets[name]:
                chosen = {"tag": ["法"], name: [value.value]}
                assert index.search("数据", **chosen).total == value.count, (name, value.value)

    def test_a_value_that_nothing_has_is_said_so(self, index: Index) -> None:
        chosen = {
            "section": [r"二\/三", "一/（三）"],
            "topic": ["没有"],
            "document": ["a", "corpus/c.md"],
            "tag": ["法", "令"],
            "kind": ["body", "table"],
            "year": ["2020", "1999..2000", "无"],
            "path": ["corpus", "没有"],
        }
        for name, values in chosen.items():
            warnings = index.search("数据", **{name: values}).warnings
            assert [warning.code for warning in warnings] == ["unknown_filter_value"] * (2 if name == "year" else 1)
            assert all(any(f"“{value}”" in warning.message for value in (*values, "none")) for warning in warnings)
            assert all(("标题:" in warning.message) == (name == "document") for warning in warnings)
            of_paths = name in ("document", "path")
            assert all(("从建索引的文件夹写起" in warning.message) == of_paths for warning in warnings)
        assert index.search("数据", section=["一"], year=["2020.."]).warnings == ()

    def test_whether_anything_has_a_value_is_asked_only_where_no_hit_tells(
        self, index: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = count_calls(monkeypatch, filter_check, "count_matching")
        assert index.search("数据", section=["一"], year=["2020.."]).total
        assert asked == []
        assert index.search("船舶", section=["一"]).warnings == ()
        assert len(asked) == 1
        assert len(index.search("数据", tag=["法", "令"]).warnings) == 1  # hits do not tell which of them they have
        assert len(asked) == 3

    def test_few_values_when_few_are_asked_for(self, index: Index) -> None:
        results = index.search("数据", facet_limit=1, facet_depth=1)
        assert [len(values) for values in results.facets.values()] == [1, 0, 1, 1, 1, 0, 0]
        assert set(results.truncated) == {"section", "document", "year"}
        assert results.facets["section"][0].children == ()

    def test_an_empty_query_lists_all_in_order(self, index: Index) -> None:
        results = index.search("", section=["一"])
        assert [hit.passage.id for hit in results.hits] == ["a-0", "a-1", "b-0"]
        assert results.tiers == {"exact": 3, "all": 0, "some": 0, "near": 0}

    def test_pages_put_together_are_the_whole(self, index: Index) -> None:
        whole = [hit.passage.id for hit in index.search("数据 甲", limit=100).hits]
        pages = [
            hit.passage.id for offset in range(0, 6, 2) for hit in index.search("数据 甲", offset=offset, limit=2).hits
        ]
        assert pages == whole and len(whole) == 5

    def test_sorted_by_date(self, index: Index) -> None:
        assert [hit.document.id for hit in index.search("数据", sort="-date").hits] == ["b", "b", "a", "a", "a"]


REFUSED = [
    ({"limit": 101}, "limit"),
    ({"limit": -1}, "limit"),
    ({"offset": -1}, "offset"),
    ({"offset": 10**7}, "offset"),
    ({"sort": "size"}, "sort"),
    ({"match": "some"}, "match"),
    ({"scope": "book"}, "scope"),
    ({"facets": ("colour",)}, "facets"),
    ({"year": ["20"]}, "年份"),
    ({"year": [".."]}, "年份"),
    ({"year": ["2022..2020"]}, "年份"),
    ({"kind": ["poem"]}, "kind"),
    ({"section": "一"}, "section"),
]


@pytest.mark.parametrize(("options", "named"), REFUSED, ids=[str(options) for options, _ in REFUSED])
def test_what_cannot_be_asked_is_refused_by_name(make: Make, options: dict[str, object], named: str) -> None:
    with pytest.raises(errors.BadParameter, match=named) as caught:
        make().search("数据", **options)  # type: ignore[arg-type]
    assert caught.value.hint


def test_a_query_that_is_too_long(make: Make) -> None:
    index = make(make_document("a", ["数" * 1_000]))
    assert index.search("数" * 1_000).total == 1
    with pytest.raises(errors.QueryTooLong, match="1001"):
        index.search("数" * 1_001)
