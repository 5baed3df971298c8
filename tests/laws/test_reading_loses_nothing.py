"""The law: the passages of a document put end to end are its visible text: nothing lost, doubled or moved."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import documents
from indexer.documents import passages
from indexer.model import ParsedFile
from tests.documents import visible
from tests.support import TEXT_SUFFIXES

QUICK = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Pieces that look like structure, next to pieces that do not.
WORDS = st.sampled_from(
    [
        *(
            "第一章 第二节　总则",
            "第十二条 为了保护",
            "第十二条",
            "一、背景",
            "（一）加强监管",
            "（二）目标；",
            "1. 综述",
        ),
        *(
            "1.1 方法",
            "（1）如下",
            "①甲",
            "卷一 山川",
            "前言",
            "附录A",
            "附件1",
            "图1 变化情况",
            "表2-1 指标",
            "第三回　风雪",
        ),
        *(
            "数据来源：统计局",
            "来源：网络",
            "重点突出。",
            "北京",
            "各地推进改革。",
            "“引文”",
            "問：何故？",
            "2020年",
            "5G",
        ),
        *("plain words", "，", "。", "：", "甲", "乙丙", "\U00020bb7野家", "é", "一", "-", "1", "《书》", "……"),
        *("  ", "\n", "\n\n", "　　", "\u00a0", "\t"),
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map("".join)


def told(parsed: ParsedFile) -> str:
    """Return the passages put end to end, without a title that only the front matter has."""
    _, made = passages.build("d", "文件", parsed)
    return visible.squeezed("".join(passage.text for passage in made))


def parsed(name: str, content: str) -> ParsedFile:
    return documents.read(content.encode("utf-8"), name)


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

INLINE = ("b", "strong", "span", "a", "font", "em", "sup", 'span style="font-weight:700"', 'i class="x"', "label")
BLOCK = (
    "p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "section", "center", "table", "tr", "td", "th",
    "tbody", "caption", "dl", "dt", "dd", "pre", "figure", "figcaption", 'p style="text-align:center"',
)  # fmt: skip
VOID = st.sampled_from(("<br>", "<br/>", "<hr>", '<img alt="图">', "<br><br>", "<!-- 注 -->", "<script>x=1</script>"))


def _element(names: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def make(name: str, content: list[str], closed: bool) -> str:
        end = f"</{name.split()[0]}>" if closed else ""
        return f"<{name}>{''.join(content)}{end}"

    return st.builds(
        make, st.sampled_from(names), st.lists(inner, max_size=4), st.sampled_from((True, True, True, False))
    )


HTML_TEXT = TEXT.map(lambda text: text.replace("<", "").replace("&", ""))
HTML = st.lists(
    st.recursive(
        st.one_of(HTML_TEXT, VOID),
        lambda inner: st.one_of(_element(INLINE, inner), _element(BLOCK, inner)),
        max_leaves=25,
    ),
    max_size=6,
).map("".join)


@QUICK
@given(page=HTML)
def test_html(page: str) -> None:
    assert told(parsed("甲.html", page)) == visible.of_html(page)


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────────

PIECE = st.text(alphabet="甲乙丙，。：（）“”第一章条x1 　", min_size=1, max_size=12).filter(
    lambda text: text.strip(" 　") != ""
)


def _core(text: str) -> str:
    return text.strip(" 　") or "空"


MARKDOWN_BLOCK = st.one_of(
    PIECE.map(lambda text: (f"甲{_core(text)}", f"甲{_core(text)}")),
    PIECE.map(lambda text: (f"## 题{_core(text)}", f"题{_core(text)}")),
    st.tuples(PIECE, PIECE).map(
        lambda two: (f"**粗{_core(two[0])}**{_core(two[1])}", f"粗{_core(two[0])}{_core(two[1])}")
    ),
    PIECE.map(lambda text: (f"3. 甲{_core(text)}", f"3.甲{_core(text)}")),
    PIECE.map(lambda text: (f"- 甲{_core(text)}\n  - 乙", f"甲{_core(text)}乙")),
    PIECE.map(lambda text: (f"> 甲{_core(text)}\n接", f"甲{_core(text)}接")),
    PIECE.map(lambda text: (f"| 甲 | 乙 |\n|---|---|\n| {_core(text)} | 丙 |", f"甲乙{_core(text)}丙")),
    PIECE.map(lambda text: (f"<div><b>甲</b>{_core(text)}<br>乙</div>", f"甲{_core(text)}乙")),
    PIECE.map(lambda text: (f"    缩进{_core(text)}", f"缩进{_core(text)}")),
    PIECE.map(lambda text: (f"```\n甲\n\n  {_core(text)}\n```", f"甲{_core(text)}")),
    st.just(("<!-- 注 -->", "")),
    st.just(("甲  \n乙\\\n丙<br>丁", "甲乙丙丁")),
    st.just(("[链接](https://a.example/b)与`代码`", "链接与代码")),
)


@QUICK
@given(blocks=st.lists(MARKDOWN_BLOCK, max_size=8))
def test_markdown(blocks: list[tuple[str, str]]) -> None:
    source = "\n\n".join(written for written, _ in blocks)
    expected = visible.squeezed("".join(seen for _, seen in blocks))
    assert told(parsed("甲.md", source)) == expected


# ── plain text ───────────────────────────────────────────────────────────────────────────────────────────────────────


@QUICK
@given(lines=st.lists(TEXT, max_size=12), separator=st.sampled_from(("\n", "\n\n", "\r\n", "\n　　", "\n    ")))
def test_text(lines: list[str], separator: str) -> None:
    source = separator.join(lines)
    assert told(parsed("甲.txt", source)) == visible.squeezed(source)


@pytest.mark.parametrize("suffix", TEXT_SUFFIXES)
def test_title_of_front_matter_is_outside_the_law(suffix: str) -> None:
    found = parsed(f"甲{suffix}", "---\ntitle: 只在前面\n---\n\n正文在此。\n")
    assert told(found) == "只在前面正文在此。"
    assert "".join(block.text for block in found.blocks) == "正文在此。"
