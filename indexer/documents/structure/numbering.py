"""The numbering styles of Chinese headings (第一章, 一、, （一）, 1., 1.1, 附录A, 前言), opening a paragraph."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_CN = "零〇一二三四五六七八九十百千两兩"
_FORMAL = "○壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_NUMBER = rf"(?:[{_CN}{_FORMAL}]{{1,9}}|[0-9０-９]{{1,5}})"
_GAP = r"[ \t\u3000\xa0\u2000-\u200a]"

# 第一章, 第 3 节, 第一部分. Ranks of the divisions; those of one rank nest in the order of the document.
DIVISION_RANKS = {
    "部分": 0, "编": 0, "部": 0, "卷": 0, "篇": 0, "集": 0, "册": 0, "辑": 0, "单元": 0,
    "分编": 1, "章": 2, "回": 2, "话": 2, "讲": 2, "课": 2, "幕": 2, "折": 2, "节": 3, "场": 3, "目": 4,
}  # fmt: skip
_TRADITIONAL = {
    "編": "编", "冊": "册", "輯": "辑", "單元": "单元", "分編": "分编", "講": "讲", "課": "课", "節": "节", "場": "场",
    "話": "话",
}  # fmt: skip
# The longer ones first: 部分 before 部.
_DIVISION = "|".join(sorted([*DIVISION_RANKS, *_TRADITIONAL], key=len, reverse=True))
_ORDINAL = re.compile(
    rf"第{_GAP}{{0,3}}({_NUMBER}){_GAP}{{0,3}}({_DIVISION})(?:[:：、.．]{_GAP}*|({_GAP}+)|($)|(?=\S))"
)
# Marks and words that stand before 第一章 in novels: 【第一章】, ☆、第一章, 正文 第一章, 第一卷 江湖 第一章.
_DECORATED = re.compile(
    rf"(?:[【〖「『《〔\[＃#☆★◎●◆■※＊*]{{1,3}}[、.．]?{_GAP}*(?:[0-9]{{1,4}}[、.．]{_GAP}*)?"
    rf"|(?:正文卷?|VIP章节|VIP卷|章节|默认卷|作品正文){_GAP}*[:：、]?{_GAP}*"
    rf"|(?:第{_NUMBER}[卷部集篇册编]|[卷篇]{_NUMBER})(?:{_GAP}+[^，。；！？\n]{{0,16}}?)?{_GAP}+"
    rf"|)(?=第{_GAP}?{_NUMBER}{_GAP}?[章回节话])"
    rf"|(?:正文卷?|默认卷|作品正文){_GAP}*[:：、]?{_GAP}*(?=第{_GAP}?{_NUMBER}{_GAP}?[卷部集])"
)
_DECORATES = frozenset("【〖「『《〔[＃#☆★◎●◆■※＊*正V章默作第卷篇")
_CHAPTER = re.compile(rf"(?:Chapter|CHAPTER|chapter){_GAP}*([0-9]{{1,4}})(?:[:：、.．]{_GAP}*|{_GAP}+|$)")
_CLOSING = "】〗」』》〕]"
_REVERSED = re.compile(
    rf"([卷篇编編])(?:第|之)?({_NUMBER}|[上中下])(?:[（(][上中下][）)])?(?:[:：、.．·]{_GAP}*|{_GAP}+|$)"
)
_POSITION = re.compile(rf"([上中下])([篇卷编編册冊部集])(?:[:：、]{_GAP}*|{_GAP}+|$)")
# 实验一 串口, 任务2：布线, 题三.（40分）: what papers, courses and manuals count.
_COUNTED_WORDS = "试题|题|习题|专题|模块|实验|任务|案例|项目|实训|课题|板块|环节|步骤|问题"
_COUNTED = re.compile(rf"({_COUNTED_WORDS}){_GAP}?({_NUMBER})(?:[:：、.．]{_GAP}*|{_GAP}+|(?=[（(])|$)")
_NAMING_STYLES = frozenset(_COUNTED_WORDS.split("|"))
_COUNTED_OPENINGS = frozenset(word[0] for word in _COUNTED_WORDS.split("|"))
# A number that is all there is of the heading of a part.
BARE = "数"
_MARKS = (
    # 十—、 is what recognised text makes of 十一、
    ("一、", re.compile(rf"([{_CN}]{{1,4}}|[{_CN}]?十[—–―]){_GAP}?[、．.，]{_GAP}*")),
    ("（一）", re.compile(rf"(?:[（(〔]{_GAP}?([{_CN}]{{1,4}}){_GAP}?[）)〕]|([㈠-㈩]))[、．.]?{_GAP}*")),
    ("1.1", re.compile(rf"((?:[A-Z]|[0-9]{{1,2}})(?:[.．][0-9]{{1,2}}){{1,5}})(?![0-9%％亿万千倍℃])[.．、]?{_GAP}*")),
    ("1.", re.compile(rf"(?:([0-9０-９]{{1,3}}){_GAP}?(?:[.．](?![0-9０-９])|、)|([⒈-⒛])){_GAP}*")),
    ("（1）", re.compile(rf"(?:[（(]{_GAP}?([0-9０-９]{{1,3}}){_GAP}?[）)]|([⑴-⒇])){_GAP}*")),
    ("1）", re.compile(rf"([0-9０-９]{{1,3}}){_GAP}?[）)]{_GAP}*")),
    ("①", re.compile(rf"([①-⑳]){_GAP}*")),
    (
        "Ⅰ",
        re.compile(rf"(?:([Ⅰ-Ⅻ]){_GAP}?[、．.]?|([IVX]{{1,5}})(?:[.．]{_GAP}+|、{_GAP}*)(?=[\u4e00-\u9fff])){_GAP}*"),
    ),
    ("001", re.compile(rf"(0[0-9]{{1,3}}|[0-9]{{3,4}})(?:{_GAP}+|[、.．:：])(?=\D)(?![年月日%％元米])")),
    ("1", re.compile(rf"([0-9]{{1,2}}){_GAP}+(?=\D)")),
    ("一 ", re.compile(rf"([{_CN}]{{1,3}}){_GAP}+(?=[^\s、．.])")),
    ("一：", re.compile(rf"([{_CN}]{{1,3}}){_GAP}?[：:]{_GAP}*(?=\S)")),
    ("一", re.compile(rf"([{_CN}]{{1,4}})$")),
)
_OPENS = re.compile(
    rf"[第卷篇编編上中下{_CN}（(〔0-9０-９①-⒛Ⅰ-Ⅻ㈠-㈩【〖「『《\[＃#☆★◎●◆■※＊*正V章默作Cc]|[A-Z][.．][0-9]|[IVX]{{1,5}}[.．、]"
)
# What is counted or measured: 2个月, 3号楼, 5万元; 3项目背景 and 4日本企业 count nothing.
_MEASURED = (
    "年(?![度轻])|日(?![本常志])|号(?!码)|时(?!间)|分(?![析布类级层工])|个(?![人性])|名(?![称词])|人(?![员工机才])|位(?!置)|期(?!望)"
    "|批(?![处量])|项(?!目)|条(?!件)|节(?![点能])|本(?![文章系节])|页(?!面)|卷(?!积)|层(?!次)|元(?![素数])|角(?!色)|度(?!量)|周(?!边)"
    "|级(?!别)|类(?![型别])|种(?!类)|家(?![庭电])|台(?!账)|套(?!接)|组(?![织成件])|队(?!列)|支(?![持撑])|步(?!骤)"
    "|[平立](?=方)|公(?=[里斤分])|[月点秒次届款章件份册楼万千百十倍天岁辆只匹米里吨克斤亩毫厘班张幅枝棵座者至到或和与多余来]"
)
# 2总体设计, as PDFs and manuals have it.
_GLUED = re.compile(f"([0-9]{{1,2}})(?=[\u4e00-\u9fff])(?!{_MEASURED})")
# What follows a number in a row of numbers, or in a formula; × and □ stand for words.
_NO_WORDS = re.compile(r"(?:(?![×＊*□○●])[\W\d])+")

_ARTICLE = re.compile(
    rf"(第{_GAP}?{_NUMBER}{_GAP}?[条條](?:{_GAP}?之{_GAP}?{_NUMBER})?)(?:({_GAP}+|\n|[:：]|、(?!第))|(?=【)|$)"
)
_GLUED_ARTICLE = re.compile(rf"(第{_NUMBER}[条條](?:之{_NUMBER})?)(?=[^\s])")
_ARTICLE_NUMBER = re.compile(rf"第({_NUMBER})")
# What follows the number of an article that is only spoken of; 中 may open a word: 第七十条中标通知书….
_MENTION = re.compile(
    "[所的]|中(?![标標国國央华華外小介间間医醫期级級])|规定|規定|至第|到第|和第|及|与第|或|修改为|改为|是关于"
)
_CLAUSE = re.compile(rf"第{_NUMBER}(?:款|项|項|目)|[、，。]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are headings by themselves, by where they stand in a book.
_NATURE = rf"{_GAP}*[（(](?:规范性|资料性|規範性|資料性|标准的|提示的)(?:附录|附錄)?[）)]"
_REMARK = rf"(?:{_GAP}*[（(][^（()）]{{1,12}}[）)])?"
_APPENDIX = re.compile(
    rf"附{_GAP}*[录錄件](?:{_GAP}*([A-Za-zＡ-Ｚ]|{_NUMBER})(?:{_NATURE}.*|{_REMARK}(?:[:：]?$|(?:[:：、.．]|{_GAP}){_GAP}*\S.*))"
    rf"|{_GAP}+\S.*|$)|附录[:：].+$"
)
_BOOK_WORDS = _words(
    """
    前言 序 序言 序文 自序 代序 总序 總序 原序 再版前言 译者序 譯者序 导读 導讀 凡例 番外 楔子 引子 尾声 尾聲 后记
    後記 跋 编后记 再版后记 译后记 致谢 致謝 鸣谢 参考文献 參考文獻 参考资料 參考資料 主要参考文献 目录 目錄
    目次 总目录 附则 附則 总则 總則 分则 分則 内容提要 内容简介 內容簡介 出版说明 编辑说明 索引 术语表
    """
)
_CHAPTER_WORDS = _words(
    """
    引言 导言 導言 导论 導論 绪论 緒論 绪言 概述 小结 小結 本章小结 结语 結語 结束语 結束語 结论 結論 摘要
    裁判要点 裁判要旨 裁判摘要 相关法条 基本案情 裁判结果 裁判理由 典型意义 争议焦点
    习题 習題 思考题 练习题 注释 註釋 答案 参考答案 答案与解析 参考答案与解析 参考答案及解析 答案解析
    """
)
# Parts of a novel that stand beside its chapters and mostly have a title: 番外一 旧信, 后记：雨停之后.
_PARTS = (
    "前言|序言|自序|序章|序幕|序|楔子|引子|番外篇?|外传|间章|间奏|尾声|后记|终章|最终章|终曲|大结局|跋"
    "|完本感言|完结感言|上架感言|单章|请假条|作者的话|作者有话说"
)
_TITLED_PART = re.compile(
    rf"[【〖☆★※]?(?:{_PARTS})(?:{_NUMBER}|之[{_CN}])?(?:[】〗]|[:：·、.．—-]+|{_GAP}+|之(?=\S)|$){_GAP}*[^，。；,;\n]{{0,24}}$"
)
# What any of these words can open with.
WORD_OPENINGS = (
    frozenset(word[0] for word in _BOOK_WORDS | _CHAPTER_WORDS)
    | frozenset(word[0] for word in _PARTS.split("|"))
    | frozenset("附【〖☆★※")
)
_LONGEST_WORD = 60
_SPACES = re.compile(r"\s+")

_LEADING_NUMERAL = re.compile("[一二三四五六七八九十]|[0-9０-９]+")
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
    "○": 0,
}
_DIGITS |= {character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_DIGITS |= {character: value for value, character in enumerate("甲乙丙丁戊己庚辛壬癸", 1)}
_DIGITS |= dict.fromkeys("—–―", 1) | {"上": 1, "中": 2, "下": 3}
# The rows of numbers that are one character: ①, ⑴, ⒈, Ⅰ, ㈠.
_ROWS = ((0x2460, 0x2473), (0x2474, 0x2487), (0x2488, 0x249B), (0x2160, 0x216B), (0x3220, 0x3229))
_ROMAN = re.compile("[IVX]+")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


class Number(NamedTuple):
    """The number a paragraph opens with.

    Attributes:
        style: name of the style; numbers of one style count the same level. ``第…`` styles carry their division:
            ``第章``.
        value: the number; of ``1.1`` the last part, 0 where it has none that can be counted.
        parent: of ``1.2.3`` what stands before the last part: ``1.2``; else empty.
        end: code points up to the words.
        clear: whether it is a number by itself; 三、四线, 第三集团军, 中部 and 5.1 are so only beside others of their
            kind.
    """

    style: str
    value: int
    end: int
    parent: str = ""
    clear: bool = True


def number(text: str) -> Number | None:
    """Return the number that ``text`` opens with; ``第十二条`` is none of these, see ``article``."""
    if not _OPENS.match(text):
        return _counted(text) if text[:1] in _COUNTED_OPENINGS else None
    if text[0] in _DECORATES and (match := _DECORATED.match(text)):
        return _ordinal(text, match.end())
    if text[0] == "第":
        return _ordinal(text, 0)
    if match := _CHAPTER.match(text):
        return Number("第章", int(match[1]), match.end())
    if match := _REVERSED.match(text) or _POSITION.match(text):
        return _by_position(match)
    for style, pattern in _MARKS:
        if match := pattern.match(text):
            return _marked(text, style, match)
    return None


def glued_number(text: str) -> Number | None:
    """Return the number of 2总体设计, whose words follow at once; it is one only above 2.1, see ``runs``."""
    match = _GLUED.match(text)
    return Number("1", int(match[1]), match.end(), clear=False) if match else None


def _counted(text: str) -> Number | None:
    match = _COUNTED.match(text)
    return Number(match[1], integer(match[2]), match.end(), clear=False) if match else None


def _ordinal(text: str, start: int) -> Number | None:
    match = _ORDINAL.match(text, start)
    if match is None:
        return None
    end = match.end()
    clear = end == len(text) or end > match.end(2) or text[end] in "（(「『《"
    if text[end : end + 1] in _CLOSING and end < len(text):
        end, clear = end + 1, True
    return Number("第" + _TRADITIONAL.get(match[2], match[2]), integer(match[1]), end, clear=clear)


def _by_position(match: re.Match[str]) -> Number:
    by_position = match.re is _POSITION
    division = match[2] if by_position else match[1]
    clear = not (by_position and division == "部")
    return Number("第" + _TRADITIONAL.get(division, division), 0, match.end(), clear=clear)


def _marked(text: str, style: str, match: re.Match[str]) -> Number | None:
    end = match.end()
    if style[0] in "01" and end < len(text) and _NO_WORDS.fullmatch(text, end):
        return None
    if style == "1.1":
        return _decimal(match)
    value = integer(match[match.lastindex or 1])
    # 三、四线城市 and 1、2号楼 count two things, they number none
    glued = _LEADING_NUMERAL.match(text, end) if text[end - 1] == "、" else None
    counts_on = glued is not None and integer(glued[0]) == value + 1
    if style == "1." and counts_on:
        return None
    is_doubtful = (
        style in ("一 ", "一：")
        or text[0] in "IVX"
        or (style == "1." and glued and glued[0].isdecimal())
        or (style == "一、" and (counts_on or "，" in text[:end]))
    )
    return Number("一、" if style == "一：" else style, value, end, clear=not is_doubtful)


def _decimal(match: re.Match[str]) -> Number:
    parts = match[1].replace("．", ".").split(".")
    return Number(f"{len(parts)}级", int(parts[-1]), match.end(), ".".join(parts[:-1]), clear=False)


def article(text: str, bold_until: int = 0) -> tuple[str, int] | None:
    """Return the article number ``text`` opens with (``第十二条之二``) and where the words begin, or None.

    Args:
        text: a paragraph.
        bold_until: end of the bold characters it opens with; a bold number needs no gap after it.
    """
    if not text.startswith("第"):
        return None
    match = _ARTICLE.match(text)
    if match is None:
        if not bold_until:
            return None
        match = _ARTICLE.match(text[:bold_until].rstrip())
        if match is None or match.end() < len(text[:bold_until].rstrip()):
            return None
    if _CLAUSE.match(text, match.end()):
        return None
    return "".join(match[1].split()), match.end()


def glued_article(text: str) -> tuple[str, int] | None:
    """Return what ``article`` does for 第一条为了…, which may as well speak of that article, see ``is_mention``."""
    match = _GLUED_ARTICLE.match(text)
    if match is None or _CLAUSE.match(text, match.end()):
        return None
    return "".join(match[1].split()), match.end()


def is_mention(text: str, end: int) -> bool:
    """Tell whether what follows the number of an article, from ``end`` on, reads as if it only spoke of the article."""
    return _MENTION.match(text, end) is not None


def article_value(name: str) -> int:
    """Return the number of an article, ``第十二条``; of 第十二条之一 it is 12."""
    match = _ARTICLE_NUMBER.match(name)
    return integer(match[1]) if match else 0


def word_rank(text: str) -> str | None:
    """Return ``"appendix"``, ``"book"`` or ``"chapter"`` for a heading that is one by its word, else None."""
    if len(text) > _LONGEST_WORD:
        return None
    text = text.replace("\n", " ")
    if _APPENDIX.match(text):
        return "appendix"
    word = _SPACES.sub("", text)
    if word in _BOOK_WORDS:
        return "book"
    return "chapter" if word in _CHAPTER_WORDS else None


def is_titled_part(text: str) -> bool:
    """Tell ``番外一 旧信``, ``后记 雨停之后``, ``终章``: beside chapters they are headings."""
    return _TITLED_PART.match(text) is not None


def appendix(text: str) -> Number | None:
    """Return the number of ``附件2：…`` or ``附录A``; they count like headings, and a list of them is a list."""
    match = _APPENDIX.match(text.replace("\n", " "))
    if match is None or match[1] is None:
        return None
    digits = unicodedata.normalize("NFKC", match[1])
    return Number("附", ord(digits.upper()) - 64 if digits.isascii() and digits.isalpha() else integer(digits), 0)


def label(heading: str) -> str:
    """Return a heading without its numbering: ``（二）加强监管`` → ``加强监管``; empty for ``第一章``."""
    opened = article(heading)
    return after(heading, opened[1]) if opened else label_of(heading, number(heading))


def label_of(heading: str, found: Number | None) -> str:
    """Return a heading without ``found``, the number it opens with."""
    if found is None or ((found.style == "1" or found.style in _NAMING_STYLES) and found.end == len(heading)):
        return after(heading, 0)
    words = after(heading, found.end)
    return words.rstrip(_CLOSING) if heading[0] in "【〖「『《〔[" else words


def after(heading: str, end: int) -> str:
    """Return the words of a heading from ``end`` on, without marks around them."""
    return heading[end:].strip(" \t\u3000\xa0:：、.．。\n")


def _roman(digits: str) -> int:
    values = [_ROMAN_DIGITS[digit] for digit in digits]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def integer(digits: str) -> int:
    """Return the value of a Chinese, Arabic, circled or Roman number: 二十一, 100, ③, Ⅳ."""
    if digits.isdecimal():
        return int(digits)
    if len(digits) == 1:
        if (value := _DIGITS.get(digits)) is not None:
            return value
        code = ord(digits)
        if first := next((first for first, last in _ROWS if first <= code <= last), 0):
            return code - first + 1
    if _ROMAN.fullmatch(digits):
        return _roman(digits)
    digits = digits.replace("廿", "二十").replace("卅", "三十")
    if _SCALES.keys().isdisjoint(digits):
        return int("".join(str(_DIGITS.get(character, 0)) for character in digits))
    total = 0
    digit = 0
    for character in digits:
        if character in _SCALES:
            total += max(digit, 1) * _SCALES[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit
