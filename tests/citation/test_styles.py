"""Citations, against what the standard and its examples write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from indexer import CITATION_STYLES, Document, Passage, cite
from indexer.errors import BadParameter

DAY = date(2026, 11, 25)
PASSAGE = Passage("a", 3, "国家支持开发利用数据。", ("第二章", "第十二条"))


def document(**about: object) -> Document:
    return Document("a", "法/a.md", **{"title": "数据安全法", **about})  # type: ignore[arg-type]


def reference(at: str | None = None, passage: Passage = PASSAGE, **about: object) -> str:
    return cite(document(**about), passage, url=at, accessed=DAY)


class TestStandard:
    """GB/T 7714—2015, 4.6."""

    @pytest.mark.parametrize(
        ("about", "url", "expected"),
        [
            (
                {"author": "中国互联网络信息中心", "date": "2012-01-16"},
                "http://www.cnnic.cn/1",
                "中国互联网络信息中心. 数据安全法[EB/OL]. 第二章 第十二条(2012-01-16)[2026-11-25]. http://www.cnnic.cn/1.",
            ),
            ({}, None, "数据安全法[Z]. 第二章 第十二条."),
            ({"date": "2012-01"}, None, "数据安全法[Z]. 第二章 第十二条(2012-01)."),
            (
                {"date": "2012-01"},
                "https://a.cn",
                "数据安全法[EB/OL]. 第二章 第十二条(2012-01)[2026-11-25]. https://a.cn.",
            ),
            (
                {"work": "数据法典", "url": "https://a.cn"},
                "http://127.0.0.1:8000/p/a-3",
                "数据法典 数据安全法[EB/OL]. 第二章 第十二条[2026-11-25]. https://a.cn.",
            ),
            ({"url": "https://a.cn"}, None, "数据安全法[EB/OL]. 第二章 第十二条[2026-11-25]. https://a.cn."),
            ({"url": "https://a.cn"}, "https://b.cn", "数据安全法[EB/OL]. 第二章 第十二条[2026-11-25]. https://b.cn."),
            ({"title": "两行的\n题目"}, None, "两行的 题目[Z]. 第二章 第十二条."),
        ],
    )
    def test_elements(self, about: dict[str, object], url: str | None, expected: str) -> None:
        assert reference(url, **about) == expected

    def test_without_a_place_the_dates_stand_alone(self) -> None:
        assert reference(passage=Passage("a", 0, "甲"), date="2020-01-02") == "数据安全法[Z]. (2020-01-02)."

    def test_a_page_is_the_place(self) -> None:
        assert "第一章 第7页." in reference(passage=Passage("a", 0, "甲", ("第一章",), page=7))

    @pytest.mark.parametrize(
        ("author", "expected"),
        [
            ("张三；李四", "张三, 李四"),
            ("张三、李四，王五", "张三, 李四, 王五"),
            ("张三,李四,王五,赵六", "张三, 李四, 王五, 等"),
            ("SMITH J, JONES K", "SMITH J, JONES K"),
            ("HOPKINSON A; B C; D E; F G", "HOPKINSON A, B C, D E, et al"),
            (" ；", ""),
        ],
    )
    def test_authors(self, author: str, expected: str) -> None:
        assert reference(author=author).startswith(f"{expected}. 数据" if expected else "数据")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("数据安全法", "《数据安全法》，第二章 第十二条"),
        ("《数据安全法》解读", "《〈数据安全法〉解读》，第二章 第十二条"),
        ("《数据安全法》", "《数据安全法》，第二章 第十二条"),
        ("《甲》与《乙》", "《〈甲〉与〈乙〉》，第二章 第十二条"),
    ],
)
def test_plain(title: str, expected: str) -> None:
    assert cite(document(title=title), PASSAGE, "plain") == expected


class TestMarkdown:
    def test_quotes_and_links(self) -> None:
        quoted = cite(document(), PASSAGE, "markdown", "https://a.cn/p/a-3.x")
        assert quoted == "> 国家支持开发利用数据。\n>\n> ——[《数据安全法》，第二章 第十二条](https://a.cn/p/a-3.x)"

    @given(st.text(st.sampled_from("甲1.#*_[](){}<>!|`~&;lt-+\\\n\t 。"), max_size=30))
    def test_shows_the_very_text(self, text: str) -> None:
        """Read by a Markdown parser it is one quotation, with the characters of the text and nothing else."""
        quoted = cite(document(title=f"题{text}"), Passage("a", 0, f"文{text}"), "markdown")
        tokens = MarkdownIt("commonmark").parse(quoted)
        assert {token.type.rpartition("_")[0] or token.type for token in tokens} == {
            "blockquote",
            "paragraph",
            "inline",
        }
        inner = [child for token in tokens for child in token.children or ()]
        assert {child.type for child in inner} <= {"text", "text_special", "softbreak"}
        shown = "".join("".join(child.content for child in inner).split())
        assert shown == "".join(f"文{text}——《题{text}》".split())

    def test_an_address_ends_no_link(self) -> None:
        quoted = cite(document(), PASSAGE, "markdown", "https://a.cn/x) [y](javascript:alert(1)) \n# z\ud800")
        (link,) = [
            child
            for token in MarkdownIt("commonmark").parse(quoted)
            for child in token.children or ()
            if child.type == "link_open"
        ]
        assert str(link.attrs["href"]).startswith("https://a.cn/x%29%20")


@pytest.mark.parametrize(
    ("url", "is_linked", "is_online"),
    [
        ("https://a.cn/p/a-3", True, True),
        ("http://8.8.8.8/p", True, True),
        # found by colleagues only
        ("http://10.0.0.7/p", True, False),
        ("http://wiki/p", True, False),
        ("http://wiki.lan/p", True, False),
        # found by nobody else
        ("http://localhost:8000/p", False, False),
        ("http://127.0.0.1:8000/p", False, False),
        ("http://[::1]/p", False, False),
        ("http://0.0.0.0/p", False, False),
    ],
)
def test_an_address_must_lead_others_there(url: str, is_linked: bool, is_online: bool) -> None:
    assert ("(http" in cite(document(), PASSAGE, "markdown", url)) == is_linked
    found = reference(url)
    assert ("[EB/OL]" in found, "http" in found, "[2026-11-25]" in found) == (is_online,) * 3


@pytest.mark.parametrize("style", CITATION_STYLES)
@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a", "http://[", ""]
)
def test_only_web_addresses_count(style: str, url: str) -> None:
    without = cite(document(), PASSAGE, style, accessed=DAY)
    assert cite(document(url=url), PASSAGE, style, accessed=DAY) == without
    assert cite(document(), PASSAGE, style, url, DAY) == without


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(BadParameter, match="mla"):
        cite(document(), PASSAGE, "mla")


def test_the_day_is_today_unless_told() -> None:
    assert f"[{date.today().isoformat()}]" in cite(document(url="https://a.cn"), PASSAGE)
