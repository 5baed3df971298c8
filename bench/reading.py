"""``python -m bench.reading``: kinds of documents that people write, ten samples of each: how many are read right.

A sample is right where its headings, with their depths, are those expected, and whatever else its kind asks for (a
title, a date, words that stay) holds. It asks the public API only, so that an older program can be asked the same:
``PYTHONPATH=path/of/it python bench/reading.py``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import indexer

THINGS = ["石桥", "渡船", "水车", "砖窑", "竹楼", "茶园", "盐井", "钟楼", "书院", "码头"]
WORKS = ["修缮", "巡查", "测绘", "看护", "搬运", "采买", "登记", "清点", "试用", "验收"]
PEOPLE = ["阿宁", "石大年", "柳三", "小满", "老韩", "秋生", "桂姐", "周全", "木生", "云娘"]
SAMPLES = len(THINGS)

Outline = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Sample:
    """A file and what is right about it."""

    name: str
    text: str
    outline: Outline = ()
    title: str | None = None
    date: str | None = None
    holds: tuple[str, ...] = field(default=())
    lacks: tuple[str, ...] = field(default=())


def _words(n: int) -> tuple[str, str, str]:
    return THINGS[n], WORKS[(n + 3) % SAMPLES], PEOPLE[(n + 5) % SAMPLES]


def hidden_body(n: int) -> Sample:
    """A saved post whose text waits for a script."""
    thing, work, person = _words(n)
    text = (
        f"<html><head><title>{thing}的{work}</title></head><body><h1>{thing}的{work}</h1><p>{person}</p>"
        f'<div style="visibility: hidden"><p>{thing}建了三年。</p><p><strong>一、{work}</strong></p><p>用了两个月。</p>'
        "<p><strong>二、花费</strong></p><p>花了三十两。</p></div></body></html>"
    )
    return Sample("a.html", text, [(1, f"一、{work}"), (1, "二、花费")], holds=(f"{thing}建了三年。",))


def records(n: int) -> Sample:
    """A list without blank lines: no passage without bound."""
    thing, work, person = _words(n)
    rows = "\n".join(f"{thing}{row}号 {person} {work}" for row in range(900 + 10 * n))
    return Sample("a.txt", f"{thing}名册\n\n{person}抄\n\n\n{rows}", ())


def anchors(n: int) -> Sample:
    """Headings with names for links."""
    thing, work, _ = _words(n)
    text = f"# {thing}\n\n## {work} {{#work-{n}}}\n\n见下。\n\n### 步骤 {{/*step*/}}\n\n先看图。\n"
    return Sample("a.md", text, [(1, work), (2, "步骤")], title=thing)


def sole_first_level(n: int) -> Sample:
    """The only ``#`` of a file that the front matter names otherwise."""
    thing, work, _ = _words(n)
    text = f"---\ntitle: {thing}手册\n---\n\n先说两句。\n\n# {work}\n\n每月一次。\n"
    return Sample("a.md", text, [(1, work)], title=f"{thing}手册")


def bold_lead(n: int) -> Sample:
    """A bold line above the first ``##``."""
    thing, work, _ = _words(n)
    text = f"**更新于第{n + 2}年春**\n\n## {thing}\n\n建成已久。\n\n## {work}\n\n分三步。\n\n### 第一步\n\n量尺寸。\n"
    return Sample("a.md", text, [(1, thing), (1, work), (2, "第一步")])


def bold_in_quotation(n: int) -> Sample:
    """A bold line in a quotation."""
    thing, work, person = _words(n)
    text = f"# {thing}笔记\n\n> **{person}的话**\n>\n> {work}要趁早。\n\n## 理解\n\n早了省力。\n"
    return Sample("a.md", text, [(1, "理解")], title=f"{thing}笔记")


def hash_without_space(n: int) -> Sample:
    """``##标题``."""
    thing, work, _ = _words(n)
    text = f"#{thing}\n\n先看图纸。\n\n##{work}\n\n再动手。\n\n##收尾\n\n最后打扫。\n"
    return Sample("a.md", text, [(1, work), (1, "收尾")], title=thing)


def chapter_marks(n: int) -> Sample:
    """Titles of chapters that close like sentences."""
    thing, work, _ = _words(n)
    first = 1001 + n
    chapters = [f"第{first}章 {thing}", f"第{first + 1}章 {work}！", f"第{first + 2}章 谁来{work}？"]
    return Sample(
        "a.txt", "\n\n".join(f"{one}\n\n　　天亮了，他走出门。" for one in chapters), [(1, c) for c in chapters]
    )


def parts_of_novels(n: int) -> Sample:
    """前言 and 后记 with titles beside chapters."""
    thing, work, _ = _words(n)
    heads = [f"楔子 {thing}", f"第一章 {work}", "第二章 归来", f"番外一 旧{thing}", f"后记：写完{work}"]
    return Sample("a.txt", "\n\n".join(f"{one}\n\n　　雨停了。" for one in heads), [(1, one) for one in heads])


def measure_words(n: int) -> Sample:
    """第三集团军 numbers nothing."""
    thing, work, _ = _words(n)
    text = f"一、{thing}\n\n第{'二三四五六七八九十一'[n]}集团军驻在对岸\n\n他们帮忙{work}。\n\n二、{work}\n\n用了半年。"
    return Sample("a.txt", text, [(1, f"一、{thing}"), (1, f"二、{work}")])


def odd_member(n: int) -> Sample:
    """A heading that closes like a sentence, between headings."""
    thing, work, _ = _words(n)
    heads = [f"一、看{thing}", f"二、说说怎样{work}。", "三、收工"]
    return Sample("a.txt", "\n\n".join(f"{one}\n\n照着图做。" for one in heads), [(1, one) for one in heads])


def questions(n: int) -> Sample:
    """Questions of an exam, with a remark that is a sentence."""
    thing, work, _ = _words(n)
    one = f"一、选择题（共{n + 2}小题，每小题3分。只有一个选项是对的）"
    text = (
        f"{one}\n\n1. {thing}用什么建？（    ）\nA. 石头\nB. 木头\n\n2. {work}要几天？（    ）\nA. 一天\nB. 两天\n\n"
        f"二、问答题\n\n3. 说说{work}的步骤。\n\n参考答案\n\n一、1.A 2.B"
    )
    return Sample("a.txt", text, [(1, one), (1, "二、问答题"), (1, "参考答案")])


def admonitions(n: int) -> Sample:
    """Boxes of MkDocs, VitePress and Docusaurus."""
    thing, work, _ = _words(n)
    box = [f'!!! warning "小心{thing}"\n\n    不要靠近。', f"::: tip 小心{thing}\n不要靠近。\n:::"][n % 2]
    text = f"# {thing}\n\n## {work}\n\n{box}\n\n## 收尾\n\n打扫。\n"
    return Sample(
        "a.md", text, [(1, work), (1, "收尾")], holds=(f"小心{thing}", "不要靠近。"), lacks=("!!!", ":::", "warning")
    )


def toml(n: int) -> Sample:
    """Front matter of Hugo."""
    thing, work, person = _words(n)
    text = f'+++\ntitle = "{thing}"\ndate = 2021-0{n % 9 + 1}-05\nauthor = "{person}"\n+++\n\n## {work}\n\n做完了。\n'
    return Sample("a.md", text, [(1, work)], title=thing, date=f"2021-0{n % 9 + 1}-05")


def hexo(n: int) -> Sample:
    """Front matter of Hexo, without its opening line."""
    thing, work, _ = _words(n)
    text = f"title: {thing}\ndate: 2020-1{n % 3}-0{n % 9 + 1} 08:00:00\ntags: [{work}]\n---\n\n## {work}\n\n做完了。\n"
    return Sample("a.md", text, [(1, work)], title=thing, date=f"2020-1{n % 3}-0{n % 9 + 1}")


def jekyll(n: int) -> Sample:
    """A date in the name of the file."""
    thing, work, _ = _words(n)
    return Sample(f"2019-03-{n + 10}-{thing}.md", f"## {work}\n\n做完了。\n", [(1, work)], thing, f"2019-03-{n + 10}")


def joined_clauses(n: int) -> Sample:
    """Clauses on lines of one paragraph."""
    thing, work, _ = _words(n)
    text = f"**一、{thing}**\n\n约定如下：\n1.1 甲方负责{work}\n1.2 乙方负责看守\n\n**二、其他**\n\n一式两份。\n"
    return Sample(
        "a.md", text, [(1, f"一、{thing}"), (1, "二、其他")], holds=(f"1.1 甲方负责{work}", "1.2 乙方负责看守")
    )


def soft_break(n: int) -> Sample:
    """A bold heading glued to its text."""
    thing, work, _ = _words(n)
    text = f"# 小结\n\n**一、{thing}**\n{work}了两次。\n**二、欠账**\n还差一次。\n"
    return Sample("a.md", text, [(1, f"一、{thing}"), (1, "二、欠账")], holds=(f"{work}了两次。",))


def glued_articles(n: int) -> Sample:
    """Articles without a space after their numbers, one of which reads like a mention."""
    thing, work, _ = _words(n)
    rows = [
        f"第一条为了管好{thing}，订立本约。",
        f"第二条中秋以前{work}一次。",
        "第三条本约自立冬起施行。",
        "第四条另有约定的除外。",
    ]
    return Sample("a.txt", f"{thing}公约\n\n" + "\n\n".join(rows), [(1, f"第{one}条") for one in "一二三四"])


def titled_articles(n: int) -> Sample:
    """Articles of a contract with names."""
    thing, work, person = _words(n)
    gap = "" if n % 2 else " "
    heads = [f"第一条{gap}{thing}的情况", f"第二条{gap}{work}的费用", f"第三条{gap}其他"]
    text = f"{thing}租约\n\n甲方：{person}\n乙方：村里\n\n" + "\n\n".join(f"{one}\n\n照旧例办。" for one in heads)
    return Sample("a.txt", text, [(1, one) for one in heads])


def labelled(n: int) -> Sample:
    """Minutes and agreements whose numbers open names with text."""
    thing, work, person = _words(n)
    text = (
        f"{thing}会议纪要\n\n一、会议时间：2021年3月{n + 1}日\n\n二、出席：{person}等\n\n三、议题：{work}\n\n"
        "四、决议\n\n同意。\n\n五、散会以后各人照办，下次再议。"
    )
    outline = [(1, "一、会议时间"), (1, "二、出席"), (1, "三、议题"), (1, "四、决议"), (1, "五")]
    return Sample("a.txt", text, outline, date=f"2021-03-{n + 1:02}")


def bracket_titles(n: int) -> Sample:
    """A series of titles in brackets, and a placeholder that is none."""
    thing, work, _ = _words(n)
    if n % 2:
        text = f"# {thing}\n\n## {work}\n\n【待填：{work}】\n\n## 附表\n\n【待填：附表】\n\n无。\n"
        return Sample("a.md", text, [(1, work), (1, "附表")])
    heads = [f"【{thing}】", f"【{work}】", "【归来】"]
    return Sample(
        "a.txt", "\n\n".join(f"{one}\n\n从前如此，如今也如此。" for one in heads), [(1, one) for one in heads]
    )


def poems(n: int) -> Sample:
    """The title of a poem above its author."""
    thing, work, person = _words(n)
    pairs = [(f"题{thing}", person), (f"{work}归来", person)]
    body = "".join(f"<p><b>{t}</b></p><p><b>{a}</b></p><p>远山一抹青。</p><p>近水几声鸣。</p>" for t, a in pairs)
    return Sample("a.html", f"<h1>诗钞</h1>{body}", [(1, title) for title, _ in pairs], title="诗钞")


def marked_books(n: int) -> Sample:
    """Headings that an export of an old book marks."""
    thing, work, _ = _words(n)
    parts = [("卷一", thing), ("卷一", work), ("卷二", "杂记")]
    text = "\n\n".join(f"<目录>{volume}\n\n<篇名>{part}\n\n古已有之。" for volume, part in parts)
    return Sample("a.txt", text, [(1, "卷一"), (2, thing), (2, work), (1, "卷二"), (2, "杂记")])


def standards(n: int) -> Sample:
    """Terms on the line below their number, an appendix of three lines, dotted contents."""
    thing, work, _ = _words(n)
    text = (
        f"目次\n\n1 范围 ………… 1\n\n附录A（规范性附录） {work} …… {n + 3}\n\n"
        f"1 范围\n\n本文件适用于{thing}。\n\n2 术语\n\n2.1\n{thing}\n过河之物。\n\n2.2\n{work}\n养护之事。\n\n"
        f"附录A\n（规范性附录）\n{work}\n\nA.1 准备\n\n备料。"
    )
    outline = [(1, "目次"), (1, "1 范围"), (1, "2 术语"), (2, f"2.1 {thing}"), (2, f"2.2 {work}")]
    return Sample("a.txt", text, [*outline, (1, f"附录A （规范性附录） {work}"), (2, "A.1 准备")])


def position_words(n: int) -> Sample:
    """东部, 中部, 西部 alone on their lines."""
    thing, work, _ = _words(n)
    text = f"一、{thing}\n\n中部\n\n有{n + 2}座。\n\n东部\n\n没有。\n\n二、{work}\n\n两次。"
    return Sample("a.txt", text, [(1, f"一、{thing}"), (1, f"二、{work}")])


def words_not_numbers(n: int) -> Sample:
    """三、四线 and 1.4亿 number nothing."""
    thing, work, _ = _words(n)
    odd = ["三、四线城市", "1.4亿人", "5.1假期", "二、三十人", "1、2号楼"][n % 5]
    text = f"<h1>见闻</h1><h2>{thing}</h2><p>旧了。</p><p><b>{odd}</b>都来了。</p><h2>{work}</h2><p>快了。</p>"
    return Sample("a.html", text, [(1, thing), (1, work)], title="见闻")


def rows_of_numbers(n: int) -> Sample:
    """A row of numbers opens nothing."""
    thing, work, _ = _words(n)
    text = f"1 {thing}\n\n1.1 尺寸\n\n{n + 1}.1 25 40\n\n2.1 30 45\n\n1.2 {work}\n\n两次。\n\n2 其他\n\n无。"
    return Sample("a.txt", text, [(1, f"1 {thing}"), (2, "1.1 尺寸"), (2, f"1.2 {work}"), (1, "2 其他")])


def converted(n: int) -> Sample:
    """Converters that give every heading the first level."""
    thing, work, _ = _words(n)
    text = f"# {thing}报告\n\n# 1 概况\n\n好。\n\n# 1.1 {work}\n\n多。\n\n# 1.2 花费\n\n少。\n\n# 2 结语\n\n完。\n"
    outline = [(1, "1 概况"), (2, f"1.1 {work}"), (2, "1.2 花费"), (1, "2 结语")]
    return Sample("a.md", text, outline, title=f"{thing}报告")


def code(n: int) -> Sample:
    """Marks in code, formulas and superscripts stay."""
    thing, work, _ = _words(n)
    listing = "```md\n::: tip\n# 不是标题\n:::\n```"
    text = f"# {thing}\n\n## {work}\n\n{listing}\n\n面积 $a*b*c$，约 10<sup>3</sup>，==重点==。\n"
    return Sample("a.md", text, [(1, work)], holds=(":::", "$a*b*c$", "10³", "重点"), lacks=("==",))


def saved_pages(n: int) -> Sample:
    """Navigation, contents, related links and counts around a post."""
    thing, work, person = _words(n)
    text = (
        f"<html><head><title>{thing}的{work}_某站</title></head><body><ul><li><a>首页</a></li><li><a>博客</a></li></ul>"
        f"<h1>{thing}的{work}</h1><p>{person} 2021-03-{n + 10} 08:30</p>"
        '<div class="toc"><ul><li><a>一、起因</a></li></ul></div>'
        f"<h2>一、起因</h2><p>{thing}旧了。</p><p>阅读原文 阅读 30{n} 在看</p>"
        f'<div class="related"><h3>相关阅读</h3><ul><li><a>旧的{thing}后来怎样了</a></li>'
        "<li><a>河湾冬景</a></li></ul></div></body></html>"
    )
    lacks = ("阅读原文", "相关阅读", f"旧的{thing}")
    return Sample("a.html", text, [(1, "一、起因")], f"{thing}的{work}", f"2021-03-{n + 10}", lacks=lacks)


def last_part(n: int) -> Sample:
    """附则 on a line of its own beside given chapters."""
    thing, work, _ = _words(n)
    text = f"# {thing}规定\n\n## 第一章 {work}\n\n第一条 每年一次。\n\n附则\n\n第二条 自立冬起施行。\n"
    return Sample("a.md", text, [(1, f"第一章 {work}"), (2, "第一条"), (1, "附则"), (2, "第二条")])


def volumes(n: int) -> Sample:
    """Volumes, a chapter that is none, numbers alone."""
    thing, work, _ = _words(n)
    text = (
        f"正文卷 第一卷 {thing}\n\n第1章 {work}\n\n　　一、\n\n　　他来了。\n\n　　二、\n\n"
        "　　他走了。\n\n上架感言\n\n　　谢谢各位。\n\n第2章 夜话\n\n　　灯灭了。"
    )
    volume = f"正文卷 第一卷 {thing}"
    outline = [(1, volume), (2, f"第1章 {work}"), (3, "一、"), (3, "二、"), (2, "上架感言"), (2, "第2章 夜话")]
    return Sample("a.txt", text, outline)


def signed(n: int) -> Sample:
    """A notice, its signature and the day on which it was printed."""
    thing, work, _ = _words(n)
    day = "一二三四五六七八九十"[n]
    text = (
        f"关于{work}{thing}的通知\n\n各村：\n\n一、时间\n\n立冬以前。\n\n二、人手\n\n每户一人。\n\n"
        f"　　　　柳河镇政府　　二〇一八年九月{day}日\n\n柳河镇政府办公室　　2018年9月20日印发"
    )
    return Sample("a.txt", text, [(1, "一、时间"), (1, "二、人手")], date=f"2018-09-{n + 1:02}")


KINDS: tuple[Callable[[int], Sample], ...] = (
    *(hidden_body, records, anchors, sole_first_level, bold_lead, bold_in_quotation, hash_without_space, chapter_marks),
    *(parts_of_novels, measure_words, odd_member, questions, admonitions, toml, hexo, jekyll, joined_clauses),
    *(soft_break, glued_articles, titled_articles, labelled, bracket_titles, poems, marked_books, standards),
    *(position_words, words_not_numbers, rows_of_numbers, converted, code, saved_pages, last_part, volumes, signed),
)
LONGEST = 4_000


def is_right(sample: Sample, folder: Path) -> bool:
    """Whether a sample is read as it should be."""
    folder.mkdir()
    (folder / sample.name).write_text(sample.text, encoding="utf-8")
    ((document, passages),) = indexer.read([folder])
    text = "\n".join(passage.text for passage in passages)
    return (
        list(sample.outline) == list(_outline(passages))
        and sample.title in (None, document.title)
        and sample.date in (None, document.date)
        and all(words in text for words in sample.holds)
        and not any(words in text for words in sample.lacks)
        and max(len(passage.text) for passage in passages) <= LONGEST
    )


def _outline(passages: Sequence[indexer.Passage]) -> Iterator[tuple[int, str]]:
    """Depth and name of every section, where it begins."""
    before: tuple[str, ...] = ()
    for passage in passages:
        if passage.section and (passage.kind is indexer.Kind.HEADING or passage.section != before):
            yield len(passage.section), passage.section[-1]
        before = passage.section


def main() -> None:
    """Print a row for each kind."""
    total = 0
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            right = sum(is_right(kind(n), Path(folder) / str(n)) for n in range(SAMPLES))
        total += right
        print(f"{kind.__name__:<20}{right:>4} of {SAMPLES}  {kind.__doc__}", flush=True)
    print(f"{'all':<20}{total:>4} of {SAMPLES * len(KINDS)}")


if __name__ == "__main__":
    main()
