"""Which blocks show the title of a document, and what a page calls itself without the name of its site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.documents.site_names import says_nothing
from indexer.documents.structure import numbering
from indexer.documents.structure.captions import kind_of
from indexer.model import Block, Kind, Metadata

_LONGEST = 60
# A title page has few lines before its title: a date, a number, an introduction of the editors.
_REACH = 8
# What a page shows of its navigation before its title, when the title is known by its words.
_FAR_REACH = 60
_MOST_LINES = 3
# Lines above a title that may look like headings.
_MOST_ABOVE = 2
_LEAST_FLAT = 3
_SENTENCE_END = re.compile(r"[。；;！!]$")
# 2021年3月4日　来源：…, 2021年第3期 and 合同编号： are none; 2021—2022学年期末试题 is one.
_NO_TITLE = re.compile(
    r"[（(〔\[【*＊—\-]|作者|记者|来源|发布|目\s*[录次]\s*$|.*[：:]$"
    r"|[^\s：:]{0,4}(?:院\s?系|学\s?院|系\s?别|专\s?业|班\s?级|姓\s?名|学\s?号|指导\s?教师)[\u4e00-\u9fff]{0,2}\s*[：:\u3000]"
    r"|[0-9０-９]{2,4}\s*[年./-](?:[\s0-9０-９年月日时分./:：-]|凌晨|[早晚]上|[上中下]午|星期[一二三四五六日天]|周[一二三四五六日])*(?:$|第\S{1,6}[期号卷]|(?=.*(?:[：:]|来源|作者|发布|编辑)))"
)
# What stands above the title of an official letter, and who issued it when: 江城市人民政府文件, 江政发〔2023〕8号,
# 江城市人民政府　2023年5月6日.
_LETTERHEAD = re.compile(
    r".{2,40}(?:人民政府|委员会|委|办公[室厅]|[局部厅院办]|公司|大学|学院|中心)文件"
    r"|\S{0,16}[〔\[（(【﹝][0-9０-９Xx×Ｘ]{4}[〕\]）)】﹞]\s?第?[\s0-9０-９Xx×]*号(?:\s*签发人[:：].*)?|第[\s0-9０-９〇一二三四五六七八九十百]*号"
    r"|\S{2,30}[ \u3000]+[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发)?"
    # the number of a standard, and what series it is of
    r"|[A-Z]{1,5} ?[0-9]{0,6}(?:/[A-Z]{1,2})?[ 0-9.]+[-—–－]+ ?[0-9]{2,4}"
    r"|(?:\S ?){0,16}(?:国 ?家|行 ?业|地 ?方|团 ?体|企 ?业) ?标 ?准(?:[（(]\S{1,8}[）)])?"
)
_DIGITS = r"[0-9〇○零一二三四五六七八九十\s]+"
# How long a post is to read: 975 字 10 分钟.
READING_TIME = re.compile(r"[0-9.]{1,6}\s?[kK千]?\s?字[\s，,|·]*(?:阅读)?(?:大?约)?\s?[0-9]{1,4}\s?分钟")
# When a document is from, of which edition it is, how long an exam or the document takes: 二〇一七年十二月, 版本1.0,
# 考试时间120分钟.
COVER_LINE = re.compile(
    rf"{_DIGITS}年{_DIGITS}月(?:{_DIGITS}日)?\s*(?:编[制印]|印[制发刷]|修[订编]|发布)?"
    r"|(?:版\s?本号?|[Vv]er(?:sion|\.)|[Vv])\s?[：:]?\s?[0-9][0-9A-Za-z.]*"
    rf"|{READING_TIME.pattern}"
    r"|.{0,24}(?:(?:考试|答题)(?:时间|用时)|时量|满分|总分)[：:为]?\s?[0-9]{2,3}\s?分.{0,24}"
)
# Styles of the first heading of a text; 第一章 and 第一部分 may well be what a file of a book is called.
_FIRST_HEADINGS = frozenset({"1", "1.", "一、", "（一）", "2级", "一 "})
_LETTER = re.compile(r"[^\W\d_]")
# Who stands below a title: a body, with or without a name.
_BODY = re.compile(r".*(?:大学|学院|公司|研究[所院]|委员会|办公室|教研室|编写组)[\s\u3000]?[\u4e00-\u9fff]{0,4}$")
# Names, one after the other: 张扬，温变英＊，李晓媛.
_NAME = r"[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{1,3}[0-9*＊,]{0,4}"
_NAMES = re.compile(rf"{_NAME}(?:[、，,；;]\s?{_NAME})+")
# The same with where they work behind: 宋河，林小雨 江城大学.
_NAMES_AND_PLACE = re.compile(
    rf"{_NAME}(?:[、，,；;]\s?{_NAME})*[、，,；;]\s?[\u4e00-\u9fff]{{2,3}}\s?\S{{2,20}}(?:大学|学院|研究[所院]|实验室)"
)
# 王小满　李秋生: the surnames that nine in ten have.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬鄭謝許鄧"
)
_SPACED_NAME = rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|\s[\u4e00-\u9fff])[0-9*＊†,，]{{0,4}}"
_SPACED_NAMES = re.compile(rf"{_SPACED_NAME}(?:[ \t\u3000]+{_SPACED_NAME})+")
_WORKPLACE = re.compile(r"[（(]?\S{2,24}(?:大学|学院|研究[所院]|实验室|学系)[）)]?")
_INVENTION = re.compile(r"[（(]54[）)]\s?(?:发明|实用新型|使用外观设计的产品)名称")
# 办法（试行）》的通知
_CLOSES_NAME = re.compile("^[^《。；]*》")
# What parts the title of a page from the name of its site in <title>.
_BEFORE_SITE = re.compile(r"\s*(?:$|[-_—–|｜«»<>])")


def title_blocks(blocks: Sequence[Block], metadata: Metadata) -> frozenset[int]:
    """Return the indexes of the blocks that show the title.

    They show what the file calls itself, or are the only ``h1``: of a page wherever it stands, else where it opens the
    document and no front matter names another title. Where there is neither, the first centred line(s).

    Args:
        blocks: the blocks of a document, in order.
        metadata: what the file says about itself.
    """
    called = metadata.title or metadata.head_title
    shown = set(_showing(blocks, called)) if called else set()
    if not metadata.title:
        shown.update(_first_level(blocks, is_page=metadata.head_title is not None))
    return frozenset(shown or _invention(blocks) or (_centered(blocks) if not _has_first_level(blocks) else ()))


def without_site_name(metadata: Metadata, blocks: Sequence[Block]) -> Metadata:
    """Return what a page says about itself, its ``<title>`` empty where that names its site and the ``h1`` the page."""
    if not metadata.head_title or not says_nothing(metadata.head_title):
        return metadata
    says_more = any(blocks[index].text != metadata.head_title for index in _first_level(blocks, is_page=True))
    return replace(metadata, head_title="") if says_more else metadata


def _invention(blocks: Sequence[Block]) -> Sequence[int]:
    """Return the index of the name of what a patent is for, below its label on the front page."""
    labels = (index for index, block in enumerate(blocks[:_FAR_REACH]) if _INVENTION.fullmatch(block.text))
    return [index + 1 for index in labels if index + 1 < len(blocks)][:1]


def frame_headings(blocks: Sequence[Block], title: frozenset[int], metadata: Metadata) -> frozenset[int]:
    """Return the indexes of what looks like a heading above the title, with no text of its own below it.

    Of a page these are the name of the site and what it offers, of a letter or a judgment whose it is; what stands
    under the title is no part of them.
    """
    if not title:
        return frozenset()
    is_page = metadata.head_title is not None or min(title) <= _MOST_ABOVE
    above = takewhile(lambda index: not _is_running_text(blocks[index]), range(min(title) - 1, -1, -1))
    return frozenset(
        index
        for index in above
        if _LETTERHEAD.fullmatch(blocks[index].text)
        or (is_page and blocks[index].level is not None and _is_unnumbered(blocks[index].text))
    )


def _has_first_level(blocks: Sequence[Block]) -> bool:
    return sum(1 for block in blocks if block.level == 1 and _is_heading(block)) == 1


def _is_heading(block: Block) -> bool:
    """Tell a heading by its level, which now and then the number of a letter has too."""
    return block.level is not None and _LETTERHEAD.fullmatch(block.text) is None


def _first_level(blocks: Sequence[Block], *, is_page: bool) -> Sequence[int]:
    """Return the index of the ``h1`` that is the title, if any."""
    given = [index for index, block in enumerate(blocks) if _is_heading(block)]
    first_level = [index for index in given if blocks[index].level == 1]
    if not first_level:
        return given[:1] if _is_centered_head(blocks, given) else ()
    first = first_level[0]
    opens = not any(_is_running_text(block) and not block.item for block in blocks[:first])
    # a court stands above the name of its judgment, now and then as a heading
    is_below = first <= _MOST_ABOVE and all(_is_unnumbered(block.text) for block in blocks[:first])
    opens = opens and (first == given[0] or is_below)
    if len(first_level) == 1:
        return first_level if is_page or opens else ()
    # converters give every heading the first level, the title before the numbered ones
    is_flat = len(first_level) == len(given) >= _LEAST_FLAT and not first and _is_unnumbered(blocks[first].text)
    numbers = [numbering.number(blocks[index].text) for index in first_level[1:]]
    is_counted = any(number is not None and number.value == 1 for number in numbers)
    return first_level[:1] if is_flat and is_counted and sum(1 for one in numbers if one) * 2 > len(numbers) else ()


def _is_centered_head(blocks: Sequence[Block], given: Sequence[int]) -> bool:
    """Tell a centred heading above everything, and of a level of its own: Word's second is often called title."""
    if not given or given[0]:
        return False
    first = blocks[0]
    is_alone = all((blocks[index].level or 0) > (first.level or 0) for index in given[1:])
    return is_alone and first.centered and len(blocks) > 1 and _is_unnumbered(first.text)


def _is_first_heading(text: str) -> bool:
    """Tell 1引言, whose words follow its number at once."""
    number = numbering.glued_number(text)
    return number is not None and number.value == 1


def _is_unnumbered(text: str) -> bool:
    return numbering.number(text) is None and numbering.word_rank(text) is None and numbering.article(text) is None


def names_document(title: str) -> bool:
    """Tell what a document may be called from its first line, which programs write into its properties.

    The number of a letter (江政发〔2023〕8号), a date and the first numbered heading (1 引言) name none.
    """
    if _LETTERHEAD.fullmatch(title) or COVER_LINE.fullmatch(title):
        return False
    number = numbering.number(title)
    return number is None or number.value != 1 or number.style not in _FIRST_HEADINGS


def without_site(called: str, blocks: Sequence[Block]) -> str:
    """Return ``called`` up to where the title that ``blocks`` show ends in it; whole where they show another one."""
    lines = [block.text for block in blocks if block.kind is Kind.TITLE]
    ends = (_end_in(called, shown) for shown in ("".join(lines), *lines))
    return called[: next((end for end in ends if end), len(called))]


def _end_in(called: str, shown: str) -> int:
    """Return where ``shown``, with which ``called`` opens, ends in it; 0 where it opens with something else."""
    wanted = "".join(shown.split())
    if not wanted or not "".join(called.split()).startswith(wanted):
        return 0
    match = re.match(r"\s*".join(map(re.escape, wanted)), called)
    return match.end() if match and _BEFORE_SITE.match(called, match.end()) else 0


def _showing(blocks: Sequence[Block], called: str) -> Sequence[int]:
    """Return the indexes of the first line(s) that show ``called``."""
    reach = next((index for index, block in enumerate(blocks[:_FAR_REACH]) if _is_running_text(block)), _FAR_REACH)
    for first in range(min(max(_REACH, reach), len(blocks))):
        for lines in _lines_from(blocks, first):
            if _end_in(called, "".join(blocks[index].text for index in lines)):
                return lines
    return ()


def _lines_from(blocks: Sequence[Block], first: int) -> Iterator[range]:
    """Yield the block by itself, then with those after it that look like further lines of one title."""
    for end in range(first + 1, min(first + _MOST_LINES, len(blocks)) + 1):
        block = blocks[end - 1]
        is_line = block.kind is Kind.BODY and not block.code and not block.item
        if not is_line or (end > first + 1 and not (block.centered and blocks[first].centered)):
            return
        yield range(first, end)


def _centered(blocks: Sequence[Block]) -> Sequence[int]:
    """Return the indexes of the first centred line(s), if text follows them.

    After running text it is a title only if it is bold and the only such line; else it heads a part of the text.
    """
    others = sum(1 for block in blocks if not block.centered)
    if len(blocks) > 2 and others * 4 < len(blocks):  # where nearly all is centred, it says nothing
        return ()
    candidates = [index for index, block in enumerate(blocks) if _is_title_line(block)]
    if not candidates or candidates[0] >= _REACH:
        return ()
    lines = _title_lines(blocks, candidates[0])
    before, after = blocks[: lines[0]], blocks[lines[-1] + 1 :]
    if any(map(_is_heading, before)) or all(block.centered for block in after):
        return ()
    if any(map(_is_running_text, before)) and (not blocks[lines[0]].bold or len(candidates) > len(lines)):
        return ()
    return lines


def _is_running_text(block: Block) -> bool:
    return len(block.text) > _LONGEST or _SENTENCE_END.search(block.text) is not None


def _title_lines(blocks: Sequence[Block], first: int) -> Sequence[int]:
    end = first + 1
    while end < min(first + _MOST_LINES, len(blocks)):
        text = blocks[end].text
        if _is_open("".join(block.text for block in blocks[first:end])) and _closes(blocks[end]):
            end += 1
            continue
        if not (_is_title_line(blocks[end]) and blocks[end].bold and blocks[first].bold):
            break
        if len(text) == 1 or _BODY.match(text) or names_people(text):  # words written downwards; who wrote it
            break
        end += 1
    return range(first, end)


def _is_open(title: str) -> bool:
    """Tell a title whose name in brackets goes on: 关于印发《石桥镇水车管理."""
    return title.count("《") > title.count("》")


def _closes(block: Block) -> bool:
    return (
        block.centered
        and block.level is None
        and len(block.text) <= _LONGEST
        and _CLOSES_NAME.search(block.text) is not None
    )


def names_people(text: str) -> bool:
    """Tell a line of nothing but names: 张扬，温变英＊，李晓媛, or with white space between them."""
    return _NAMES.fullmatch(text) is not None or _SPACED_NAMES.fullmatch(text) is not None


def is_byline(text: str) -> bool:
    """Tell a line that says below a title who wrote the text: people, or where they work."""
    return any(pattern.fullmatch(text) for pattern in (_NAMES, _SPACED_NAMES, _NAMES_AND_PLACE, _WORKPLACE))


def _is_title_line(block: Block) -> bool:
    text = block.text
    return (
        block.centered
        and block.level is None
        and block.kind is Kind.BODY
        and not block.code
        and len(text) <= _LONGEST
        and _LETTER.search(text) is not None
        and not _SENTENCE_END.search(text)
        and not _NO_TITLE.match(text)
        and not _LETTERHEAD.fullmatch(text)
        and not COVER_LINE.fullmatch(text)
        and not _WORKPLACE.fullmatch(text)
        and kind_of(text, centered=True) is Kind.BODY
        and numbering.number(text) is None
        and not _is_first_heading(text)
        and numbering.article(text) is None
        and numbering.word_rank(text) is None
    )
