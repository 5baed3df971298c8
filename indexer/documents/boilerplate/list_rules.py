"""Lines that announce other pages, with the links below them: data."""

from __future__ import annotations

from indexer.documents.boilerplate.rules import ListRule

LIST_RULES = (
    ListRule(
        "往期与热门",
        drops='<p>【往期推荐】</p><p><a href="/1">城南的桥要重建</a></p>'
        '<h3>猜你喜欢</h3><ul><li><a href="/2">夜市</a></li></ul>',
        keeps=(
            "<p>往期推荐</p><p>这一栏登的是读者来信。</p>",
            '<p>往期回顾</p><p>去年讲过<a href="/1">水车</a>怎样造，今年接着讲。</p>',
            '<p>热门文章怎样写</p><p><a href="/1">写法</a></p>',
        ),
        pattern="往期(?:推荐|精选|回顾|文章|热文|好文|精彩(?:内容|回顾)?)|(?:精彩|热点)(?:回顾|推荐|文章)|历史文章|猜你喜欢|看了又看"
        "|(?:热门|热点|最新|推荐|近期|其他|更多)(?:文章|推荐|新闻|资讯|博文)|更多精彩(?:内容|文章|推荐)?|大家都在看|你可能(?:还|也)?喜欢",
        headed=True,
        least=1,
    ),
    ListRule(
        "相关阅读",
        drops='<p>相关阅读：</p><p><a href="/1">城南的桥要重建</a></p><p><a href="/2">夜市</a> 2021-03-04</p>',
        keeps=(
            '<h2>相关阅读</h2><ul><li><a href="/1">安装</a></li><li><a href="/2">升级</a></li></ul>',
            "<p>相关阅读</p><p>见本书第三章。</p><p>见附录。</p>",
            '<p>相关链接</p><p><a href="/1">安装</a></p>',
        ),
        pattern="(?:相关|推荐|延伸|扩展|拓展)(?:阅读|文章|新闻|推荐|报道|链接|资讯)",
        headed=False,
        least=2,
    ),
)
