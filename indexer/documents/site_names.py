"""Titles of pages that only say whose the page is: 石桥镇人民政府门户网站, 茶叶信息网首页."""

from __future__ import annotations

import re

_SITE = (
    r"(?:(?:门户|官方|門戶)?(?:网站|網站)|[官院校]网|(?:门户|資訊|资讯|政府|政务|信息|新闻|公众|政法|法治|法律|普法|教育|文化|旅游|校庆|小说|文学|读书|图书|人才|招聘"
    r"|考试|自考|科技|农业|健康)[网網]|门户|论坛|論壇|博客)"
)
_COLLECTION = "(?:导航|導航|大全|专题|專題|[资資]料[库庫]|文库|文庫|索引|目录|目錄)"
_HOME = "(?:首页|主页|首頁)"
_PARTS = r"\s*[-_—–|｜]\s*"
_WORDS = r"[^\s，。！？_|｜—–-]{2,24}?"
_NAMES_SITE = re.compile(
    rf"(?:欢迎(?:访问|光临|您?来到)\S{{2,24}}|{_WORDS}{_SITE}(?:(?:{_PARTS})?{_HOME})?|(?:网站|站点)?{_HOME})[!！]?"
)
# What the program with which a page was made calls each.
_NAMES_TEMPLATE = re.compile(
    r"Untitled(?: Document)?|Document|无标题(?:文档|页)|新建网页\s?[0-9]*|(?:文章|新闻|公告|内容)详情页?"
)
_NAMES_COLLECTION = re.compile(rf"{_HOME}{_PARTS}.*|{_WORDS}{_COLLECTION}(?:(?:{_PARTS})?{_HOME})?")


def says_nothing(title: str) -> bool:
    """Tell a ``<title>`` that says nothing of the page: it names the site, or is that of a template."""
    return _NAMES_SITE.fullmatch(title) is not None or _NAMES_TEMPLATE.fullmatch(title) is not None


def names_collection(title: str) -> bool:
    """Tell the title of a page that leads to others: the first of a site, or an index of what it collects."""
    return _NAMES_SITE.fullmatch(title) is not None or _NAMES_COLLECTION.fullmatch(title) is not None
