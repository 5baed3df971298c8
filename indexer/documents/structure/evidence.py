"""What one block shows by itself of being a heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.documents.structure import numbering
from indexer.documents.structure.code_lines import is_code
from indexer.documents.structure.numbering import Number
from indexer.model import Block, Kind, Range

_LONGEST_STRONG = 60
_LONGEST_WEAK = 42
_LONGEST_PLAIN = 36
_AMOUNT = r"[0-9],[0-9]{3}(?:\.[0-9]+)?[）)]?$"
_CLOSED = re.compile(rf"[。；;，,、！!…]$|{_AMOUNT}")
_OPEN = re.compile(r"[：:]$")
_PHRASE = re.compile(r"[^，。；：！？,;:!?\n]+。|[^。；！？;!?\n]+[！!]")
_INNER = re.compile(r"[。；！!]")
_QUOTED = re.compile(r"[“\"‘「『《〈(（].*")
_ENDS_OPEN = re.compile(rf"[。；;，,、！!？?…：:]$|(?<=[a-z])\.$|{_AMOUNT}")
_OPENINGS = numbering.WORD_OPENINGS | frozenset("【《")
_BRACKETED = re.compile(r"【[^【】\n]{1,20}】|《[^《》\n]{1,24}》")
# What stands under the questions of an exam.
_ANSWER = re.compile(r"【(?:(?:参考|标准)?答案|解析|详解|分析|解答|点评|点拨|点睛|考点|专题|难度|题干|知识点)】")
_CHAPTERS = frozenset({"第章", "第回", "第话", "第节"})
_TITLED = re.compile(r"(?:[^。；;\n]|[。；](?=[^“”「」\n]*[”」])){1,42}")
_LONGEST_GIVEN = 120
# 一、选择题（共10小题，每小题3分。只有一个选项是对的）
_EXAM_REMARK = re.compile(r"(?<=题)[（(][^（）()\n]{1,60}[）)]$")
# A number alone, closed as if words followed: 一、
_COUNT = re.compile("[一二三四五六七八九十]{1,3}、")
_LONGEST_COUNT = 4
# Clauses that close like a sentence, and code points from which on they are one and no name.
_CLAUSES = re.compile(r"[^\n]*[，。][^\n]*。")
_LEAST_SENTENCE = 24
# Share of the headings that the format gives which are sentences by mistake, and how many are whatever the share.
_MOST_STRAYS, _FEW_STRAYS = 0.25, 2
_INNER_SENTENCE = re.compile(r"[。！？；](?=.)|(?<=[a-z)]{3})[.?!] (?=[A-Z])")
_MOST_BREAKS = 2
# Words of a bold line that warn or label, and name nothing: 注意, 请勿倒置; the rest of a title: ——试行办法.
_WARNING = re.compile(
    r"(?:注意|提示|警告|重要|危险|说明|备注|提醒|小贴士|友情提示|温馨提示|重要提示|特别提示|注意事项)?$"
    r"|(?:(?:参考|正确|标准)?答案|解析|[答解]|考点|难度|作者|来源|编号|[^，。：]{0,4}(?:时间|日期|地点|期限))[：:]"
    r"|(?:请|严禁|禁止|切勿|不要|不得|务必|注意[：:，])"
    r"|[-—–―─]{1,4}\s?[\u4e00-\u9fff]"
)
# A bold line that fills in a form, 供方（乙方）：某某公司, is a remark in brackets, leaves a blank for a date, or
# stands on the cover of a standard.
_FILLED_IN = re.compile(
    r"[^\s，。；：:]{0,6}(?:[甲乙丙丁]\s?方|[供需买卖][方家]|[出承][租包借]方|[委受]托[方人]|发包[方人]|转让方|受让方|名称|编号"
    r"|地\s?址|邮\s?编|电\s?话|传\s?真|微\s?信|邮\s?箱|账\s?[号户]|帐\s?号|开户行|用\s?途|[招投]标[人方]|采购[人方]|代理机构|联系人|汇报人|姓\s?名|学\s?号|班\s?级|年\s?级|学\s?院|院\s?[（(]?系[）)]?|系|专\s?业|题\s?目|导\s?师|教\s?师|单\s?位|签[名字章])(?:[（(][^（()）]{1,12}[）)])?\s*[：:].*"
    r"|[（(][甲乙丙]\s?方[）)].*|[（(][^（()）]*[）)]"
    r"|[_＿×\s]*年[_＿×\s]*月[_＿×\s]*日\s*"
    r"|.{4,}[局部会厅]\s?(?:联合)?发\s?布(?:.{4,}[局部会厅])?|[0-9]{4}\D[0-9]{1,2}\D[0-9]{1,2}日?\s?(?:发布|实施).*"
    r"|\S{0,8}(?:国家|行业|地方|团体|企业)标准"
    r"|[\[［][0-9]{1,5}[\]］]"  # the number of a paragraph of a patent
    r"|[A-Z]{1,5}[0-9]{0,4}(?:/[A-Z]{1,2})?[\s0-9.]+[-—–－]+\s?[0-9]{2,4}"
)
# What the front page of a patent labels, but for (57) 摘要.
_PATENT_LABEL = re.compile(
    r"[（(](?!57)[1-9][0-9][）)]\s?(?:\S{0,8}国家知识产权局|发明专利|实用新型|外观设计|Int|申请|专利|发明人|发明名称|优先权)"
)
# ● 用户：管理员 is an item of a list, ■ 公司概况 may be a heading.
_LABELLED_ITEM = re.compile(r"[•●⚫○▪■◆➢✓√]\s?[^：:]{1,12}[：:]\s?\S")
_NAMES = re.compile(r"[^\W_]")
# A bold line without Han that is a command, code or a formula: mkdir /srv/水车, struct point {, f(x) = ax (2-3).
_CODE = re.compile(
    r"(?=[^\u3400-\u9fff]+$)"
    r"(?:[a-z#$./<{}*&-]\S*[ /\\(<].*|.*[{}=\uf020-\uf0ff∑∫√≤≥].*|.*\([0-9]+[-.–][0-9]+\))"
)
_SUBTITLE = re.compile(r"[—–―─]{2}\s?[\u4e00-\u9fff]")
SENTENCE_END = re.compile('[。！？…][”’」』）)"]*$')
# The line above a table of contents.
CONTENTS = re.compile(r".{0,20}(?:目\s*[录錄次]|Contents|CONTENTS)[：:]?")
_LONGEST_LINE = 160
CLAUSE_END = re.compile("[。！？；：…][”’」』）)]*$")
# A page number behind the words of an entry.
ENDS_PAGE = re.compile(r"(?<=[^件录錄.…·\s])[.…·\s]+[0-9]{1,4}$")
_WORDS = re.compile(r"[^\W_]+")
# Styles that also number list items, so that a single one proves nothing.
ITEM_STYLES = frozenset({"1.", "（1）", "1）", "①", "1", "001", "Ⅰ"})
# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
BODY = Kind.BODY


@dataclass(slots=True)
class Evidence:
    """What one block shows by itself. Not frozen, since that makes it thrice as slow to make; nobody changes one.

    Attributes:
        given: the format says it is a heading.
        number: the number it opens with.
        article: name of the article it opens and where its words begin.
        word: it is a heading by its word (前言, 附录).
        strong: all of it is bold, or it is centred.
        short: it is short and no sentence.
        plain: it could be a heading although it has no number: short, all bold, no mark at its end.
        titled: a chapter's number and a short title, whatever mark closes it: 第二章 对岸！
        part: it is named like a part of a novel beside the chapters: 番外一 旧信.
        bracket: its brackets where it is nothing but a title in such: ``【】`` or ``《》``.
        run: it is a heading by the run it is in.
        opener: name of the section it opens with its text, and where that begins: 一、会议时间：….
        below: what it is called, where it is a number and its name is the next block: 3.1, then 术语.
    """

    given: bool = False
    number: Number | None = None
    article: tuple[str, int] | None = None
    word: bool = False
    strong: bool = False
    short: bool = False
    plain: bool = False
    titled: bool = False
    part: bool = False
    bracket: str = ""
    run: bool = False
    opener: tuple[str, int] | None = None
    below: str = ""


# Of most blocks.
NOTHING = Evidence()


def gather_evidence(block: Block) -> Evidence:
    """Gather the evidence of a block for which the format gave no level."""
    text = block.text
    if text[0] in "（(" and _PATENT_LABEL.match(text):
        return NOTHING
    article = numbering.article(text, block.bold[0][1] if block.bold and block.bold[0][0] == 0 else 0)
    if article:
        return Evidence(article=article)
    number = numbering.number(text) or numbering.glued_number(text)
    if number is not None and number.style in ITEM_STYLES:
        if number.end == len(text):
            number = None  # counts what follows in blocks of its own, and names nothing
        elif is_code(text):
            return NOTHING
    if number is None and not block.bold and not block.centered and text[0] not in _OPENINGS:
        return NOTHING
    strong = block.centered or _is_all_bold(text, block.bold, number)
    word = number is None and numbering.word_rank(text) is not None
    return Evidence(
        number=numbering.appendix(text) if word else number,
        word=word,
        strong=strong,
        short=_is_short(_one_line(text.rstrip("：:") if word else text, number), strong=strong)
        or (strong and number is not None and _is_bold_phrase(text)),
        plain=number is None and bool(block.bold) and strong and is_plain(text),
        titled=number is not None and _is_titled_chapter(text, number),
        part=number is None and len(text) <= _LONGEST_WEAK and numbering.is_titled_part(text),
        bracket=bracket(text) if text[0] in "【《" and not _ANSWER.fullmatch(text) else "",
    )


def _is_titled_chapter(text: str, number: Number) -> bool:
    return number.clear and number.style in _CHAPTERS and _TITLED.fullmatch(text) is not None


def given_evidence(block: Block) -> Evidence:
    """Gather the evidence of a block that the format says is a heading."""
    is_heading = len(block.text) <= _LONGEST_GIVEN or not _INNER_SENTENCE.search(block.text)
    is_heading = is_heading and not _SUBTITLE.match(block.text)
    name = block.text.lstrip("\u200b\u2060\ufeff")
    number = numbering.number(name) or numbering.glued_number(name)
    return Evidence(given=is_heading, number=number if is_heading else None)


def is_sentence(text: str) -> bool:
    """Tell a sentence of several clauses, or more than one, from the name of a section that closes like one."""
    return len(text) >= _LEAST_SENTENCE and _CLAUSES.fullmatch(text) is not None


def are_strays(sentences: int, headings: int) -> bool:
    """Tell whether sentences among so many headings took their style from one above: guides have nothing but rules."""
    return sentences < headings and sentences <= max(_FEW_STRAYS, _MOST_STRAYS * headings)


def bracket(text: str) -> str:
    """Return the brackets of a text that is nothing but a title in such: ``【】`` or ``《》``; else nothing."""
    match = _BRACKETED.fullmatch(text)
    return text[0] + text[-1] if match else ""


def _one_line(text: str, number: Number | None) -> str:
    """Return a heading set in several lines as one: 3.1 above its term, 附录A above its nature and title."""
    if "\n" not in text:
        return text
    is_bare_number = number is not None and not text[number.end :].split("\n")[0].strip() and text.count("\n") == 1
    if is_bare_number or (text[0] == "附" and text.count("\n") <= _MOST_BREAKS and numbering.appendix(text)):
        return text.replace("\n", " ")
    return text


def _is_all_bold(text: str, bold: Sequence[Range], number: Number | None) -> bool:
    if not bold:
        return False
    covered = sum(end - begin for begin, end in bold)
    if covered == len(text):
        return True
    position = 0
    loose = []
    for begin, end in bold:
        loose.append(text[position:begin])
        position = end
    loose.append(text[position:])
    if number is not None and len(loose[0]) <= number.end:
        loose[0] = ""
    return not "".join(loose).strip()


def _is_short(text: str, *, strong: bool) -> bool:
    if "\n" in text or _CLOSED.search(text):
        return len(text) <= _LONGEST_COUNT and _COUNT.fullmatch(text) is not None
    text = _EXAM_REMARK.sub("", text)
    if strong:
        return len(text) <= _LONGEST_STRONG and not _INNER.search(_QUOTED.sub("", text))
    return len(text) <= _LONGEST_WEAK and not _INNER.search(text) and not _OPEN.search(text)


def _is_bold_phrase(text: str) -> bool:
    """Tell a bold paragraph that only closes like a sentence, （一）主要成绩。 or 三、加油！, from a bold sentence."""
    return len(text) <= _LONGEST_PLAIN and _PHRASE.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Tell whether a bold line could be a heading by its words: short, without a mark at its end, and no warning."""
    if len(text) > _LONGEST_PLAIN or _WARNING.match(text) or is_label(text) or not _NAMES.search(text):
        return False
    if text[0] < "\u3000" and _CODE.fullmatch(text):
        return False
    return not _INNER.search(text) and not _ENDS_OPEN.search(text)


def is_line(block: Block) -> bool:
    """Tell a line, as a table of contents has them, from running text."""
    return len(block.text) <= _LONGEST_LINE and CLAUSE_END.search(block.text) is None


def entry(text: str, number: Number | None) -> str:
    """Return what two ways to write a heading have in common: its number, and its words without marks and page."""
    words = ENDS_PAGE.sub("", text) if text[-1].isdecimal() else text
    if number is not None and number.end < len(words):
        words = f"{number.style}{number.parent}.{number.value} {words[number.end :]}"
    return "".join(_WORDS.findall(unicodedata.normalize("NFKC", words)))


def is_label(text: str) -> bool:
    """Tell a line of a form that is filled in, and a labelled item: they name nothing however they are set."""
    return _FILLED_IN.fullmatch(text) is not None or _LABELLED_ITEM.match(text) is not None


def without_number(block: Block, seen: Evidence) -> Evidence:
    """Return what a block shows where its number turns out to be none: bold, it may be a heading still."""
    plain = not seen.given and bool(block.bold) and seen.strong and is_plain(block.text)
    return replace(seen, number=None, plain=plain)
