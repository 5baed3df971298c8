"""What generators of sites (MkDocs, VitePress, Docusaurus, Sphinx, Hugo, Hexo) show around and in a text: data.

They hold for pages of built sites only, beside the rules of all pages; the tests run examples and near-misses from
here.
"""

from __future__ import annotations

import re

from indexer.documents.boilerplate.rules import ElementRule, whole_words

SITE_RULES = (
    ElementRule(
        "正文上下的工具",
        drops='<aside class="md-source-file">2026年1月</aside><a class="md-content__button">编辑此页</a>'
        '<div class="VPDocFooter"><a>下一篇</a></div><div class="theme-doc-footer">标签</div>',
        keeps=('<p class="source-file">源文件写在这里。</p>', '<div class="doc-footer-note">脚注的写法</div>'),
        names=whole_words(
            "md-source-file|md-source-date|md-content__button|md-tags|md-feedback|md-path|md-top|VPDocFooter|VPSkipLink|"
            "theme-doc-footer|theme-doc-footer-edit-meta-row|theme-edit-this-page|theme-last-updated|theme-doc-breadcrumbs|"
            "theme-doc-toc-mobile|pagination-nav|prev-next-area|prev-next-footer|rst-footer-buttons|rst-breadcrumbs-buttons|"
            "edit-this-page|last-updated|article-nav|post-nav|post-footer|article-footer|post-copyright"
        ),
    ),
    ElementRule(
        "只给读屏软件的字",
        drops='<span class="visually-hidden">跳到正文</span><span class="sr-only">链接</span>',
        keeps=("<span>跳到正文</span>", '<p class="hidden-gem">藏着的宝贝</p>'),
        attributes=(
            ("class", whole_words("sr-only|visually-hidden|screen-reader-text|skip-link|cdk-visually-hidden")),
        ),
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
