"""What stands around the text of a page, and what is kept of it."""

from __future__ import annotations

import pytest

from tests.documents.conftest import Read

TEXT = "<p>石板换过三次。桥栏修过两回。石匠姓陈。他今年七十岁。</p><p>门前有河。河上有桥。</p>"
SAID = ["石板换过三次。桥栏修过两回。石匠姓陈。他今年七十岁。", "门前有河。河上有桥。"]
LINKS = "".join(f'<li><a href="/{n}.html">{name}</a></li>' for n, name in enumerate(["夜市", "水车", "旧书店", "渡船"]))


def texts(read: Read, body: str, title: str = "", name: str = "页.html") -> list[str]:
    return [block.text for block in read(name, f"<head><title>{title}</title></head><body>{body}</body>").blocks]


@pytest.mark.parametrize(
    "around",
    [
        f"<div><h3>今日看点</h3><ul>{LINKS}</ul></div>",
        f"<table><tr>{LINKS.replace('li', 'td')}</tr></table>",
        '<div><h4><a href="/1">城南的桥要重建</a></h4><h4><a>夜市</a></h4><h4><a>渡船停了</a></h4></div>',
        "<p>首页 &gt; 时政 &gt; 正文</p>",
        "<div>Copyright © 2019 江城晚报 All Rights Reserved</div>",
        "<h4>©2021 | 主题 By 飞云</h4>",
        "<div>分享到 <a>微博</a> <a>微信</a></div>",
        "<p>|</p>",
    ],
)
def test_lists_of_links_and_lines_about_the_site_are_left_out(read: Read, around: str) -> None:
    assert texts(read, f"<div>{around}</div><div>{TEXT}</div><div>{around}</div>") == SAID


def test_what_is_left_out_is_told(read: Read) -> None:
    assert read("页.html", f"<ul>{LINKS}</ul><div>{TEXT}</div>").dropped == ("夜市 水车 旧书店 渡船",)


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        # without a text it is what the page has to say
        (f"<ul>{LINKS}</ul>", ["夜市", "水车", "旧书店", "渡船"]),
        ("<div><p>©2019 阿宁</p></div>", ["©2019 阿宁"]),
    ],
)
def test_a_page_that_only_leads_to_others_is_kept(read: Read, around: str, kept: list[str]) -> None:
    assert texts(read, f"<div>{around}</div><p>本站讲桥。</p>") == [*kept, "本站讲桥。"]


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        ("<div><h1>城南的桥</h1><a>收藏此页</a> <a>打印此页</a> <a>我要评论</a></div>", "城南的桥"),
        ("<div>2021-03-04 来源：<a>江城晚报</a> <a>时政</a> <a>城南</a> <a>桥梁</a></div>", "来源：江城晚报"),
        (
            '<ul><li><a href="1.doc">名录</a></li><li><a href="2.doc">图纸</a></li><li><a>批复</a></li></ul>',
            "图纸",
        ),
        (f"<div><h2>参考资料</h2><ul>{LINKS}</ul></div>", "水车"),
        (f"<h2>附件</h2><ul>{LINKS}</ul>", "水车"),
        ("<ul><li><a>第一章 河</a></li><li><a>第二章 桥</a></li><li><a>第三章 船</a></li></ul>", "第二章 桥"),
        (f"<table><tr><th>名称</th></tr><tr>{LINKS.replace('li', 'td')}</tr></table>", "水车"),
        (
            "<ul><li>水车：<a>江城</a>所造，坏过两回</li><li>渡船：<a>城南</a>的</li><li>桥：<a>石板</a>铺成</li></ul>",
            "渡船",
        ),
        ("<div><p>编者按：这一篇写于冬天。</p></div>", "编者按"),
    ],
)
def test_what_is_about_the_text_is_kept(read: Read, around: str, kept: str) -> None:
    shown = texts(read, f"<div>{around}</div><div>{TEXT}</div>", "城南的桥 - 江城晚报")
    assert kept in "\n".join(shown).replace("\t", " ")
    assert shown[-2:] == SAID


@pytest.mark.parametrize(
    "page",
    [
        f"<div><section>{TEXT}</section><section><ul>{LINKS}</ul></section></div>",
        f'<div><div class="part">{TEXT}</div><div class="part"><ul>{LINKS}</ul></div></div>',
        f"<div><h2>桥</h2><div>{TEXT}</div><h2>别处</h2><ul>{LINKS}</ul></div>",
        f"{TEXT}<ul>{LINKS}</ul>",
    ],
)
def test_a_part_of_the_text_may_be_a_list_of_links(read: Read, page: str) -> None:
    assert texts(read, page)[-4:] == ["夜市", "水车", "旧书店", "渡船"]


def test_only_pages_have_surroundings(read: Read) -> None:
    markdown = read("页.md", f"<div>{TEXT}</div>\n<div><ul>{LINKS}</ul></div>\n")
    assert [block.text for block in markdown.blocks][-4:] == ["夜市", "水车", "旧书店", "渡船"]


def test_an_item_of_a_list_may_place_the_text(read: Read) -> None:
    said = ["<b>修桥的人</b>", "石匠姓陈。", "他今年七十岁。家在城南。", "门前有河。河上有桥。", "桥长六十米。"]
    part = "".join(f"<p>{line}</p>" for line in said)
    placed = read("页.html", f"<ul><li>{part}</li><li><h4>看点</h4></li></ul>").blocks
    assert placed[0].heading == "修桥的人"
    listed = read("页.html", f"<ul><li>{part}</li><li>{part}</li><li>{part}</li></ul>").blocks
    assert not any(block.heading for block in listed)


SHORT = "<p>石板换过三次。桥栏修过两回。</p>"


@pytest.mark.parametrize(
    ("head", "byline", "is_left_out"),
    [
        ("城南的桥 - 江城晚报", "来源：江城晚报 2021-03-04", True),
        ("城南的桥 - 江城晚报", "时间：2021-03-04", True),
        ("1-3月的桥 - 江城晚报", "发布于 2021-03-04", True),
        ("城南的桥 - 江城晚报", "", False),
        ("江城市政府", "来源：江城晚报", False),
        ("城南的桥 - 江城晚报", "时间：2021-03-04</p><p>时间：2021-03-05</p><p>时间：2021-03-06", False),
    ],
)
def test_a_short_text_is_told_by_its_title_and_byline(read: Read, head: str, byline: str, is_left_out: bool) -> None:
    name = head.partition(" - ")[0].replace("江城市政府", "")
    page = f"<div>{f'<h2>{name}</h2>' if name else ''}<p>{byline}</p></div><div>{SHORT}</div><ul>{LINKS}</ul>"
    assert ("水车" not in texts(read, page, head)) is is_left_out


def test_what_a_page_hides_counts_for_nothing(read: Read) -> None:
    hidden = LINKS.replace("<li>", '<li style="display:none">/这一项的地址很长很长很长很长</li><li>')
    assert texts(read, f"<div>{TEXT}</div><ul>{hidden}</ul>") == SAID


@pytest.mark.parametrize(
    ("title", "are_kept"),
    [
        ("石桥茶叶资料库", True),
        ("石桥茶叶网站首页", True),
        ("茶叶今年收成好", False),
        ("怎样补渔网", False),
    ],
)
def test_the_lists_of_a_page_that_leads_to_them_are_kept(read: Read, title: str, are_kept: bool) -> None:
    links = "".join(f'<li><a href="{name}.html">{name}茶怎样采摘</a></li>' for name in "春夏秋冬红白")
    page = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div><p>这里的事都是村里人讲的。讲的人有三位。"
        f"每月添一次。有错请告诉我们。欢迎补充。</p></div><div><h2>采茶</h2><ul>{links}</ul></div></body></html>"
    )
    assert ("春茶怎样采摘" in [block.text for block in read("页.html", page).blocks]) == are_kept


def test_the_lists_around_a_longer_text_are_left_out_whatever_the_page_is_called(read: Read) -> None:
    links = "".join(f'<li><a href="{name}.html">{name}怎样采摘</a></li>' for name in ("春茶", "秋茶", "白茶"))
    text = "".join(f"<p>第{number}天，船到了石桥。</p>" for number in "一二三四五六七八九")
    page = (
        f"<html><head><title>石桥信息网</title></head><body><div>{text}</div><div><ul>{links}</ul></div></body></html>"
    )
    assert "春茶怎样采摘" not in [block.text for block in read("页.html", page).blocks]


def test_a_few_links_beside_a_short_text_do_not_make_a_page_that_leads_to_others(read: Read) -> None:
    links = "".join(f'<li><a href="{name}.html">{name}怎样采摘</a></li>' for name in ("春茶", "秋茶", "白茶"))
    text = "<p>阿宁是石桥人。她种茶三十年。茶园在河的南面。每年收三百斤。都卖到城里。</p>"
    page = (
        f"<html><head><title>石桥信息网</title></head><body><div>{text}</div><div><ul>{links}</ul></div></body></html>"
    )
    assert "春茶怎样采摘" not in [block.text for block in read("页.html", page).blocks]
