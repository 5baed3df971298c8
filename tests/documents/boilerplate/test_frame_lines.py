"""Lines about the site, told from what a text says: they come without white space."""

from __future__ import annotations

import pytest

from indexer.documents.boilerplate.frame_lines import is_frame_line


@pytest.mark.parametrize(
    "line",
    [
        "Copyright©2014~2019江城晚报Allrightsreserved",
        "©2019阿宁",
        "江城新媒体版权所有",
        "主办单位：江城市人民政府办公室网站标识码：1234567890",
        "违法和不良信息举报电话：000-00000000",
        "ThemeBy飞云.InspiredByCleanPaper.",
        "首页>时政>江城要修三座桥",
        "首页-新闻动态",
        "您现在的位置：读书->连载->正文",
        "江城网正文",
        "国内>正文",
        "字号：[大][中][小][打印]",
        "打印字体：放大正常缩小",
        "分享到微博微信好友",
        "目录",
        "TOP",
        "||",
        "×",
        "0%",
        "博客全站共61.7k字",
        "总访问人数人总浏览量次",
        "字数统计：2.2k",
    ],
)
def test_these_stand_around_a_text(line: str) -> None:
    assert is_frame_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "来源：江城晚报2021-03-04",
        "版权所有者享有的权利",
        "作者：何某某",
        "江城要修三座桥",
        "大桥中段小修",
        "评论员文章",
        "首页设计的要点",
        "版权所有者享有的权利。本条另有规定的除外。",
        "2022-11-2311:30:33©著作权归作者所有",
        "附件：1.江城水车名录.doc",
        "正文",
        "共三章",
        "T恤",
        "2021",
    ],
)
def test_these_belong_to_it(line: str) -> None:
    assert not is_frame_line(line)


@pytest.mark.parametrize("piece", ["1", "微信", "首页>", "-", "共", "©", "大中", "总访问量1", "版权所有", "a"])
def test_no_line_takes_long(piece: str) -> None:
    assert not is_frame_line("首页" + piece * 160 + "鼎！鼎")
