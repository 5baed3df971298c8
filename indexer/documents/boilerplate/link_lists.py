"""Menus, rankings, related and friendly links: what stands around the text of a page and is links, nearly all of it.

Unlike the rules, which go by names, this goes by where an element stands: outside the element that holds the text of
its page. What is about the text, its title, its byline, what is attached, its references and its chapters, is kept.
"""

from __future__ import annotations

import re

from indexer.documents.boilerplate.filter import VisibleText
from indexer.documents.site_names import names_collection

# Sentences, of which none ends in a link, with which an element may be the text of a page, and with which it is.
_LEAST_SENTENCES = 4
_MANY_SENTENCES = 8
# The same of a page that says from when or from where its text is, and what part of its words, links aside, it has.
_LEAST_OF_ARTICLE = 2
_PART_OF_ARTICLE = 4
_MOST_DATED = 2
# Of what an element shows beside headings that are no links, the least share of link text; so many links tell a list.
_LINKED = 0.7
_LEAST_LINKS = 3
_REFERENCES = re.compile(
    r"\W*(?:参考|參考|引用|引文|附件|附录|附錄|附表|注释|註釋|脚注|参见|參見|外部链接|外部連結|文献|文獻|下载|下載|目录|目錄|章节|资料|資料"
    r"|扩展阅读|延伸阅读|拓展阅读|References|See also|Notes)"
)
_CHAPTERS = re.compile(r"第[0-9〇零一二三四五六七八九十百千两]{1,8}[章节節回卷篇集讲課课期条條编編册部]")
_LEAST_CHAPTERS = 2
_FILE = re.compile(
    r"\.(?:docx?|wps|xlsx?|et|pptx?|pdf|ofd|zip|rar|7z|txt|csv)(?:$|[?#&])|/(?:download|attachment)", re.I
)
_DAY = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}")
_BYLINE = re.compile("来源|來源|作者|记者|記者|编辑|編輯|发布|發布|发表|更新|文号|浏览|阅读")
_DATED = re.compile(r"(?:来源|來源)\s*[：:]|(?:时间|時間|日期)\s*[：:]\s*[0-9]{4}|发[布表]于")
_SITE = re.compile(r"\s*(?:[-_—–|｜«»<>]|$)")
_LEAST_TITLE = 4


def is_text(holder: VisibleText, page: VisibleText, title: str = "") -> bool:
    """Tell the text of a page from an introduction among the boxes of one that leads to many, which is kept whole."""
    if holder.prose < _LEAST_SENTENCES or holder.prose >= _MANY_SENTENCES:
        return holder.prose >= _MANY_SENTENCES
    leads_on = page.links - holder.links > holder.prose and names_collection(title)
    return 2 * holder.own >= page.own and not leads_on


def is_text_of_article(holder: VisibleText, page: VisibleText, words: str, title: str) -> bool:
    """Tell the text of a page whose ``words`` (links aside) say what it is called, and from when or from where it is.

    A page of lists says from when or where of every entry.
    """
    if holder.prose < _LEAST_OF_ARTICLE or _PART_OF_ARTICLE * holder.own < page.own:
        return False
    return 0 < len(_DATED.findall(words)) <= _MOST_DATED and names_page(words, title)


def is_list_of_links(seen: VisibleText) -> bool:
    """Tell by its amounts what may be a list of links: no sentence beside them, and hardly a word."""
    if seen.prose or seen.links < _LEAST_LINKS:
        return False
    return seen.leading >= _LINKED * (seen.own + seen.leading - seen.announced)


def leads_elsewhere(text: str, above: str, addresses: list[str]) -> bool:
    """Tell a list of other pages from what belongs to the text of its own.

    Args:
        text: what the element shows.
        above: the heading right above it, if any.
        addresses: where its links lead.
    """
    if _REFERENCES.match(text) or _REFERENCES.match(above) or len(_CHAPTERS.findall(text)) >= _LEAST_CHAPTERS:
        return False
    return not any(map(_FILE.search, addresses)) and not (_DAY.search(text) and _BYLINE.search(text))


def names_page(text: str, title: str) -> bool:
    """Tell whether a text holds what its page calls itself, with or without the name of its site."""
    said = "".join(text.split())
    names = ("".join(title[: end.start()].split()) for end in _SITE.finditer(title.strip()))
    return any(len(name) >= _LEAST_TITLE and name in said for name in names)
