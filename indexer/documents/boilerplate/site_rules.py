"""What generators of sites (MkDocs, VitePress, Docusaurus, Sphinx, Hugo, Hexo) show around and in a text: data.

They hold for pages of built sites only, beside the rules of all pages; the tests run examples and near-misses from
here.
"""

from __future__ import annotations

import re

from indexer.documents.boilerplate.rules import ElementRule


def _classes(names: str) -> re.Pattern[str]:
    """Return a pattern for one of the names among those of a ``class`` or ``id``, whole and in its case."""
    return re.compile(rf"(?:^|\s)(?:{names})(?=$|\s)")


SITE_RULES = (
    ElementRule(
        "链接到标题的记号",
        drops='<a class="headerlink" href="#a" title="永久链接">¶</a><a class="header-anchor" href="#b">\u200b</a>'
        '<a class="hash-link" href="#c">#</a><a class="anchor" href="#d"></a>',
        keeps=('<a class="anchor" href="#d">锚点</a>', '<a href="#e">#</a>'),
        names=_classes("headerlink|header-anchor|hash-link|heading-anchor|anchor|anchorjs-link|anchor-link"),
        says=re.compile(r"[\W_]*"),
    ),
    ElementRule(
        "正文上下的工具",
        drops='<aside class="md-source-file">2026年1月</aside><a class="md-content__button">编辑此页</a>'
        '<div class="VPDocFooter"><a>下一篇</a></div><div class="theme-doc-footer">标签</div>',
        keeps=('<p class="source-file">源文件写在这里。</p>', '<div class="doc-footer-note">脚注的写法</div>'),
        names=_classes(
            "md-source-file|md-source-date|md-content__button|md-tags|md-feedback|md-path|md-top|VPDocFooter|VPSkipLink|"
            "theme-doc-footer|theme-doc-footer-edit-meta-row|theme-edit-this-page|theme-last-updated|theme-doc-breadcrumbs|"
            "theme-doc-toc-mobile|pagination-nav|prev-next-area|prev-next-footer|rst-footer-buttons|rst-breadcrumbs-buttons|"
            "edit-this-page|last-updated|article-nav|post-nav|post-footer|article-footer|post-copyright"
        ),
    ),
    ElementRule(
        "行号的一栏",
        drops='<table><tr><td class="linenos"><pre>1\n2</pre></td></tr></table>'
        '<div class="line-numbers-wrapper">1<br>2</div>'
        '<table><tr><td class="gutter"><pre>1</pre></td></tr></table>',
        keeps=('<table><tr><td class="line">1</td></tr></table>', '<div class="row gutter">两栏之间留空。</div>'),
        attributes=(("class", _classes("linenos|linenodiv|line-numbers-wrapper")), ("class", re.compile("^gutter$"))),
    ),
    ElementRule(
        "每行的行号",
        drops='<span class="ln">12</span><span class="lnt">3\n</span>',
        keeps=('<span class="ln">第 12 行</span>', '<span class="line">12</span>'),
        attributes=(("class", _classes("lnt?|hljs-ln-numbers")),),
        says=re.compile(r"[\d\W]*"),
    ),
    ElementRule(
        "代码块的语言",
        drops='<div class="language-js"><span class="lang">js</span></div>',
        keeps=('<span class="lang">中文与外文</span>', '<span class="lang zh">js</span>'),
        attributes=(("class", re.compile(r"^lang$")),),
        says=re.compile(r"[\w+#.-]{1,16}", re.ASCII),
    ),
    ElementRule(
        "只给读屏软件的字",
        drops='<span class="visually-hidden">跳到正文</span><span class="sr-only">链接</span>',
        keeps=("<span>跳到正文</span>", '<p class="hidden-gem">藏着的宝贝</p>'),
        attributes=(("class", _classes("sr-only|visually-hidden|screen-reader-text|skip-link|cdk-visually-hidden")),),
    ),
    ElementRule(
        "写明不检索的",
        drops='<div data-xunzhang-ignore="">草稿</div><p data-pagefind-ignore>略</p><p data-search-exclude>略</p>',
        keeps=("<p data-note>不检索草稿</p>", '<p data-pagefind-ignore="false">留下</p>'),
        attributes=tuple(
            (name, re.compile(r"^(?!false$)"))
            for name in ("data-xunzhang-ignore", "data-pagefind-ignore", "data-search-exclude")
        ),
    ),
)
