"""What a single line cannot settle, settled by its company: which numbers count, which lines open sections.

第三集团军 has no second 集 beside it, 1.4亿人 no 1.3; 番外 旧信 stands among chapters; 第一条为了 is followed by
第二条; questions of an exam are numbered and no headings.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.documents.structure import numbering
from indexer.documents.structure.counted_lines import find_counted_lines
from indexer.documents.structure.evidence import ITEM_STYLES, NOTHING, SENTENCE_END, Evidence, bracket, is_plain
from indexer.documents.structure.named_lines import find_named_lines
from indexer.documents.structure.numbering import BARE, Number
from indexer.model import Block, Kind

# Asking an enumeration for a member takes several times as long as asking for a name, and every block is asked.
_BODY = Kind.BODY
# Divisions that are measure words too (第三集团军, 第一节课), against those that only number.
_ONLY__DIVISIONS = frozenset({"第章", "第编", "第分编"})
_ANSWER = re.compile(r"[（(]?[AＡ][）)]?[．.、\s]|(?:答|解|答案|参考答案)[：:]")
_GAP_TO_FILL = re.compile(r"[（(][\s\u3000]*[）)]\s*[。.]?$|_{2,}|＿{2,}")
_LEAST_ARTICLES = 3
_LEAST_TITLED = 2
_LEAST_NUMBERS = 3
_BARE_NUMBER = re.compile(r"0?[1-9][0-9]{0,2}\.?")
_LONGEST_BARE = 5
_NAME_BELOW = re.compile(r"(?=.*[^\W\d_])[^。；：，！？,;:!?<>\n]{1,40}")
_PARTIES = ("甲方", "乙方")
# What a contract is called, in its first lines; 合同法 and 合同管理办法 are none.
_CONTRACT = re.compile(r"[^，。；：]{0,30}(?:合同|协议|协定|契约)书?(?:[（(][^（()）]{1,16}[）)])?")
_CONTRACT_REACH = 3
# What 第一条 房屋基本情况 is called; a sentence has marks in it.
_ARTICLE_TITLE = re.compile(r"[\s\u3000、【\[（(]*[^\s\d，。；：！？,;:!?][^，。；：！？,;:!?\n]{1,23}[。：:]?")
_CHAPTERS = frozenset({"第章", "第回", "第话"})
# What novels have above their chapters, and those.
_DIVISIONS = _CHAPTERS | {"第卷", "第部", "第篇", "第集", "第册", "第辑"}
# A label is a name; 将第二条修改为： and 有下列情形之一的： are none.
_NO_NAME = "(?:问|答|注|例)[：:]|[将把能凡]|增加|删[去除]|修改|根据|按照|应当|可以|不得|如果|经"
_NAME_ENDS = "(?<![为下的])(?<!各项)(?<!包括)(?<!之一)[：:]"
_LABELLED = re.compile(rf"(?!{_NO_NAME})[^，。；：:？！\s]{{1,20}}{_NAME_ENDS}")
# In a run of labels one may be longer: 供方对质量负责的条件，以及期限：…
_LONG_LABEL = re.compile(rf"(?!{_NO_NAME})[^。；：:？！\n]{{1,30}}{_NAME_ENDS}")
_SAYS_NOTHING = re.compile(r"(?:(?:参考|标准)?答案|解析|解答?)[：:]")
# Members from which on a run goes over a number that was left out or used twice.
_STEADY = 3
_LEAST_BRACKETED = 2
# 静夜思 above 李白, 〔唐〕李白 or 作者：李白, above lines of verse, each of three to nine characters and a mark.
_TITLE_AND_POET = re.compile(
    r"(《?[^\s，。！？；：、,.:!?《》]{1,14}(?:[ \u3000·][^\s，。！？；：、,.:!?《》]{1,10})?》?)[ \u3000]*\n[ \u3000]*"
    r"(?:作者[:：][ \u3000]*)?(?:[〔（(\[【]?[\u4e00-\u9fff]{1,2}[〕）)\]】·][ \u3000]*)?"
    r"[\u4e00-\u9fff]{2,4}(?:[（(][\u4e00-\u9fff]{1,2}[）)])?"
)
_VERSES = re.compile(r"(?:[^，。！？；：、\s“”]{3,9}[，。！？；：、][ \u3000]*\n?){2,}")
_VERSE_MARK = re.compile("[，。！？；：、]")
_LEAST_POEMS = 2
_LEAST_LINES = 2
_LONGEST_POEM = 600
# What opens the headings of classics and novels in plain text; a label, ○时间：, is an item.
_HEADING_MARKS = frozenset("○◎●△◇□☆★◆※")
_MARKED_NAME = re.compile(r".[、.．]?[ \u3000]?[^\W\d_][^。！？；：:，,!?;\n]{0,29}")
_LEAST_MARKED, _MARKED_SHARE = 3, 0.7
_QUESTION = re.compile(r"[^。！；\n]{2,40}[？?]")
_LEAST_QUESTIONS = 2
# 问：…？ and 答：…, each in a paragraph of its own, in code points on average.
_ASKED = re.compile(r"(?:[问問]|[Qq])\s?[0-9]{0,3}\s?[：:、.．]\s?[^\n]{2,80}[？?]")
_ANSWERED = re.compile(r"(?:答|[Aa])\s?[0-9]{0,3}\s?[：:、.．]")
_LEAST_ANSWER = 16
_LONGEST_APPENDIX = 8
_NATURE = re.compile("[（(](?:规范性|资料性)(?:附录)?[）)]")
_TAGGED = re.compile(r"(<[\u4e00-\u9fff]{1,6}>)[^<>\n，。；]{1,40}$")
_LEAST_TAGGED = 3
# One in so many members of a labelled run may be a sentence, as the last clauses of a contract are.
_MOST_SENTENCES = 3


def settle(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence as all of it together shows it."""
    settled = _without_lone_numbers(blocks, evidence)
    _forget_questions(blocks, settled)
    _find_glued_articles(blocks, settled)
    _find_titled_articles(blocks, settled)
    _find_titled_parts(blocks, settled)
    _find_bracketed(blocks, settled)
    _find_tagged(blocks, settled)
    _find_marked(blocks, settled)
    _find_poems(blocks, settled)
    _find_labelled(blocks, settled)
    _find_names_below(blocks, settled)
    _find_bare_numbers(blocks, settled)
    find_counted_lines(blocks, settled)
    _find_bold_questions(blocks, settled)
    _find_asked(blocks, settled)
    _find_titles_of_appendices(blocks, settled)
    find_named_lines(blocks, settled)
    _forget_bold_leads(settled)
    return settled


# ── numbers that need company ────────────────────────────────────────────────────────────────────────────────────────


def _without_lone_numbers(blocks: Sequence[Block], evidence: Sequence[Evidence]) -> list[Evidence]:
    doubtful = [index for index, seen in enumerate(evidence) if seen.number is not None and not seen.number.clear]
    settled = list(evidence)
    if not doubtful:
        return settled
    counted = _Counted(blocks, evidence)
    for index in doubtful:
        if not counted.has_company(index):
            settled[index] = _without_number(blocks[index], evidence[index])
    return settled


def _without_number(block: Block, seen: Evidence) -> Evidence:
    plain = not seen.given and bool(block.bold) and seen.strong and is_plain(block.text)
    return replace(seen, number=None, plain=plain)


class _Counted:
    """The numbers of a document, to ask which of them stand beside others."""

    def __init__(self, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> None:
        self._blocks, self._evidence = blocks, evidence
        # for every number, what opens a text so numbered, and what follows its number
        self._openings: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self._followers: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        self._whole: set[str] = set()
        self._parents: set[str] = set()
        for index, seen in enumerate(evidence):
            if seen.number is not None:
                number = seen.number
                key = (number.style, number.parent, number.value)
                text = blocks[index].text
                self._openings[key].add(text[0])
                self._followers[key].add(text[number.end : number.end + 1])
                self._parents.add(number.parent)
                self._whole.add(f"{number.parent}.{number.value}" if number.parent else str(number.value))

    def has_company(self, index: int) -> bool:
        """Tell whether the number of a block counts with others."""
        number = self._evidence[index].number
        assert number is not None
        if number.style.endswith("级"):
            return number.parent in self._whole or number.parent.isalpha() or self._has_neighbour(number)
        if number.style == "第部" and not number.value:
            return len(self._openings[number.style, "", 0]) > 1
        if number.style == "1":
            seen = self._evidence[index]
            return str(number.value) in self._parents and (seen.short or seen.given)
        if number.style.startswith("第"):
            return number.style in _ONLY__DIVISIONS or self._counts_on(index, number)
        return self._has_neighbour(number)

    def _has_neighbour(self, number: Number) -> bool:
        return any((number.style, number.parent, number.value + step) in self._openings for step in (-1, 1))

    def _counts_on(self, index: int, number: Number) -> bool:
        """Tell 第一部总论, 第二部分论 from 第二回合, 第三回合: words follow, not the same one each time."""
        own = {self._blocks[index].text[number.end : number.end + 1]}
        return any(self._followers.get((number.style, "", number.value + step), own) - own for step in (-1, 1))


# ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _forget_questions(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take the numbers of an exam's questions for what they are; where a third asks, all of that style do."""
    by_style: dict[str, list[int]] = defaultdict(list)
    for index, seen in enumerate(settled):
        if seen.number is not None and not seen.given and seen.number.style in ITEM_STYLES:
            by_style[seen.number.style].append(index)
    for members in by_style.values():
        asking = sum(1 for index in members if _asks(blocks, index))
        if 3 * asking >= len(members):
            for index in members:
                settled[index] = _without_number(blocks[index], settled[index])


def _asks(blocks: Sequence[Block], index: int) -> bool:
    text = blocks[index].text
    if _GAP_TO_FILL.search(text):
        return True
    return index + 1 < len(blocks) and _ANSWER.match(blocks[index + 1].text) is not None


# ── articles ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _find_glued_articles(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 第一条为了… for an article where they count from the first, each at the opening of a paragraph."""
    places = [index for index, block in enumerate(blocks) if block.text.startswith("第") and not block.code]
    glued = {index: found for index in places if (found := _glued_article(blocks[index], settled[index]))}
    if len(glued) < _LEAST_ARTICLES:
        return
    opened = {index: found for index in places if (found := settled[index].article or glued.get(index))}
    mentions = [index for index in glued if numbering.is_mention(blocks[index].text, glued[index][1])]
    sure = [index for index in opened if index not in mentions]
    # 第七十条中标通知书… between 第六十九条 and 第七十一条 speaks of no article
    places = sorted([*sure, *(index for index in mentions if _fills_a_gap(index, sure, opened))])
    values = [numbering.article_value(opened[index][0]) for index in places]
    for at, index in enumerate(places):
        follows = values[at] == (values[at - 1] + 1 if at else 1)
        goes_on = at + 1 == len(places) or values[at + 1] == values[at] + 1
        if index in glued and follows and goes_on:
            settled[index] = Evidence(article=glued[index])


def _fills_a_gap(index: int, sure: Sequence[int], opened: Mapping[int, tuple[str, int]]) -> bool:
    """Tell whether the articles before and after, of which nothing else speaks, miss the one that a block opens."""
    at = bisect(sure, index)
    if not 0 < at < len(sure):
        return False
    before, value, after = (numbering.article_value(opened[each][0]) for each in (sure[at - 1], index, sure[at]))
    return (before + 1, after - 1) == (value, value)


def _glued_article(block: Block, seen: Evidence) -> tuple[str, int] | None:
    if seen.article or seen.given or block.kind is not _BODY:
        return None
    return numbering.glued_article(block.text)


def _find_titled_articles(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 第一条 房屋基本情况 for a heading where most articles of a contract have such a title, with text under it.

    The articles of a law are known by their numbers alone, whatever title they have.
    """
    opened = [index for index, seen in enumerate(settled) if seen.article is not None]
    titled = [index for index in opened if _is_titled_article(blocks, settled, index)]
    if len(titled) < _LEAST_TITLED or 2 * len(titled) < len(opened) or not _is_contract(blocks):
        return
    for index in titled:
        settled[index] = replace(settled[index], run=True)


def _is_contract(blocks: Sequence[Block]) -> bool:
    """Tell a contract by its title, or by its parties."""
    if any(_CONTRACT.fullmatch("".join(block.text.split())) for block in blocks[:_CONTRACT_REACH]):
        return True
    return all(any(party in block.text for block in blocks) for party in _PARTIES)


def _is_titled_article(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    found = settled[index].article
    assert found is not None
    text = blocks[index].text
    if text[-1] == "；" or index + 1 == len(blocks) or settled[index + 1].article is not None:
        return False
    return _ARTICLE_TITLE.fullmatch(text, found[1]) is not None


# ── parts of novels, titles in brackets, labels of minutes ───────────────────────────────────────────────────────────


def _find_titled_parts(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 番外一 旧信 and 后记 雨停之后 for headings where there are chapters beside them."""
    styles = [seen.number.style if seen.number is not None else "" for seen in settled]
    if not any(style in _CHAPTERS for style in styles):
        return
    goes_on = ""  # the style of the next chapter, where no volume begins before it
    for index in reversed(range(len(settled))):
        seen = settled[index]
        if styles[index] in _DIVISIONS:
            goes_on = styles[index] if styles[index] in _CHAPTERS else ""
        if not seen.part or seen.given or seen.word:
            continue
        # 上架感言 between two chapters of a volume stands in the volume
        number = Number(goes_on, 0, 0) if goes_on and _has_volume_before(styles, index) else None
        settled[index] = replace(seen, word=number is None, short=True, number=number, run=number is not None)


def _has_volume_before(styles: Sequence[str], index: int) -> bool:
    return any(style in _DIVISIONS and style not in _CHAPTERS for style in styles[:index])


def _find_bracketed(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 【春】 and 《采茶》, alone on their lines, for titles where there are several, each with text under it."""
    if any(seen.given for seen in settled):  # where the format gives headings, 【待填写】 is text
        _forget_brackets(settled, range(len(settled)))
        return
    by_style: dict[str, list[int]] = defaultdict(list)
    times = Counter(blocks[index].text for index, seen in enumerate(settled) if seen.bracket)
    for index, seen in enumerate(settled):
        if not seen.bracket:
            continue
        # a work named again and again is where the texts are from
        is_source = seen.bracket == "《》" and times[blocks[index].text] > 1
        if is_source or _is_listed(blocks, index):
            _forget_brackets(settled, [index])
        else:
            by_style[seen.bracket].append(index)
    numbered = sum(1 for seen in settled if seen.number is not None and seen.short)
    for members in by_style.values():
        # 【注释】 below each tale of a collection, and none but such, names no tale
        says_one_thing = len({blocks[index].text for index in members}) == 1 and 2 * numbered < len(members)
        if len(members) < _LEAST_BRACKETED or says_one_thing:
            _forget_brackets(settled, members)


def _forget_brackets(settled: list[Evidence], indexes: Iterable[int]) -> None:
    for index in indexes:
        if settled[index].bracket:
            settled[index] = replace(settled[index], bracket="")


def _is_listed(blocks: Sequence[Block], index: int) -> bool:
    """Tell an entry of a list of names: it has no text of its own, or the line above it announces it."""
    own = _bracket_of(blocks, index)
    is_last = index + 1 == len(blocks)
    return (
        is_last or own in (_bracket_of(blocks, index - 1), _bracket_of(blocks, index + 1)) or _announces(blocks, index)
    )


def _announces(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].text.endswith(("：", ":"))


def _bracket_of(blocks: Sequence[Block], index: int) -> str:
    return bracket(blocks[index].text) if 0 <= index < len(blocks) else ""


def _find_tagged(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take <篇名>论脉, as exports of books write their headings, for one where the same mark opens several lines."""
    by_mark: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.text[0] == "<" and block.kind is _BODY and not block.code and (match := _TAGGED.match(block.text)):
            by_mark[match[1]].append(index)
    tagged = {index: mark for mark, members in by_mark.items() if len(members) >= _LEAST_TAGGED for index in members}
    for mark, members in by_mark.items():
        if len(members) < _LEAST_TAGGED:
            continue
        # <目录>卷一 right above <篇名>论脉 is a division
        above = sum(1 for index in members if tagged.get(index + 1, mark) != mark)
        number = Number("第卷" if 2 * above > len(members) else "第章", 0, 0)
        name = ""
        for index in members:
            if number.style == "第章" or blocks[index].text != name:  # a division is named anew above each of its parts
                settled[index] = Evidence(number=number, bracket=mark, short=True)
            name = blocks[index].text


def _find_marked(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take ○修水车 and ☆、初见, as plain texts of classics and novels mark headings, where text is below most."""
    by_mark: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.text[0] in _HEADING_MARKS:
            by_mark[block.text[0]].append(index)
    if not by_mark or any(seen.given for seen in settled):
        return
    for mark, members in by_mark.items():
        named = [index for index in members if _is_marked_name(blocks, settled, index, mark)]
        if len(named) >= _LEAST_MARKED and _MARKED_SHARE * len(members) <= len(named):
            for index in named:
                settled[index] = Evidence(bracket=mark, short=True)


def _is_marked_name(blocks: Sequence[Block], settled: Sequence[Evidence], index: int, mark: str) -> bool:
    """Tell a name after a mark, with a sentence below it, from the item of a list."""
    block = blocks[index]
    is_text = block.kind is _BODY and block.level is None and not block.code and not block.item and not block.bold
    if not is_text or settled[index].number is not None or not _MARKED_NAME.fullmatch(block.text):
        return False
    below = blocks[index + 1].text if index + 1 < len(blocks) else mark
    return below[0] not in _HEADING_MARKS and SENTENCE_END.search(below) is not None


def _find_poems(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take the line above a poet and a poem for its title, where several poems are so headed.

    Title and poet stand on two lines of one paragraph, or are two paragraphs.
    """
    found: dict[int, Evidence] = {}
    for index in range(1, len(blocks)):
        if not _is_line(blocks[index], settled[index]) or not _is_verse(blocks[index].text):
            continue
        above = blocks[index - 1]
        if _is_line(above, settled[index - 1]) and (match := _TITLE_AND_POET.fullmatch(above.text)):
            found[index - 1] = Evidence(opener=(match[1], match.end(1)))
        elif _is_titled_poem(blocks, settled, index):
            found[index - 2] = replace(settled[index - 2], short=True, run=True)
    if len(found) >= _LEAST_POEMS:
        for index, seen in found.items():
            settled[index] = seen


def _is_verse(text: str) -> bool:
    """Tell lines of verse: of one length, or each on a line of its own."""
    if not _VERSES.fullmatch(text):
        return False
    lengths = {len(clause.strip()) for clause in _VERSE_MARK.split(text) if clause.strip()}
    return len(lengths) == 1 or text.count("\n") >= _LEAST_LINES


def _is_titled_poem(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    lines = range(index - 2, index)
    return (
        index > 1
        and all(_is_line(blocks[each], settled[each]) for each in lines)
        and _TITLE_AND_POET.fullmatch("\n".join(blocks[each].text for each in lines)) is not None
    )


def _is_line(block: Block, seen: Evidence) -> bool:
    is_open = seen.number is None and seen.article is None and not seen.given
    return is_open and block.kind is _BODY and len(block.text) <= _LONGEST_POEM and not block.code


def _find_labelled(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 一、会议时间：… in a run of its like for a section by the name before the colon."""
    for members in _runs(settled, "一、"):
        labels = _labels_of(members, blocks, settled, _LABELLED)
        if not labels or not _is_labelled(members, labels, settled):
            continue
        labels |= _labels_of([index for index in members if index not in labels], blocks, settled, _LONG_LABEL)
        sentences = [index for index in members if index not in labels and not settled[index].short]
        if _MOST_SENTENCES * len(sentences) > len(members):
            continue
        for index in members:
            if not settled[index].strong:
                settled[index] = _labelled(blocks[index], settled[index], labels.get(index, 0))


def _labels_of(
    members: Iterable[int], blocks: Sequence[Block], settled: Sequence[Evidence], pattern: re.Pattern[str]
) -> dict[int, int]:
    """Return where the label of each member that has one ends."""
    open_members = (index for index in members if not settled[index].strong)
    return {index: end for index in open_members if (end := _label_end(blocks[index], settled[index], pattern))}


def _is_labelled(members: Sequence[int], labels: Mapping[int, int], settled: Sequence[Evidence]) -> bool:
    """Tell a run of which half has labels, or a longer one of which others are headings by themselves."""
    if 2 * len(labels) >= len(members):
        return len(members) > 1
    return len(members) > _STEADY and any(settled[index].short for index in members)


def _labelled(block: Block, seen: Evidence, end: int) -> Evidence:
    assert seen.number is not None
    if end and block.text[end:].strip():
        begin = seen.number.end
        if _SAYS_NOTHING.fullmatch(block.text, begin, end):
            return replace(seen, opener=(_number_alone(block, seen.number), begin))
        return replace(seen, opener=(block.text[: end - 1], end))
    if not end and not seen.short:  # 六、本合同一式两份… has no name but its number
        return replace(seen, opener=(_number_alone(block, seen.number), seen.number.end))
    return replace(seen, run=True)


def _number_alone(block: Block, number: Number) -> str:
    return block.text[: number.end].rstrip("、．.， \u3000")


def _label_end(block: Block, seen: Evidence, pattern: re.Pattern[str]) -> int:
    """Return where the label of 一、会议时间：… ends, its colon included; 0 where there is none."""
    assert seen.number is not None
    match = pattern.match(block.text, seen.number.end)
    return match.end() if match else 0


def _runs(settled: Sequence[Evidence], style: str) -> Iterator[list[int]]:
    """Yield the indexes of numbers of a style that count up from 1, in a long run past one left out or used twice."""
    run: list[int] = []
    last = 0
    for index, seen in enumerate(settled):
        if seen.number is None or seen.number.style != style or seen.given:
            continue
        value = seen.number.value
        if value != last + 1 and not (len(run) >= _STEADY and value in (last, last + 2)):
            if run:
                yield run
            run, last = [], 0
        if run or value == 1:
            run.append(index)
            last = value
    if run:
        yield run


def _find_names_below(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Call 3.1, or 第一章, alone in its block, by the short one below it, where several are so called and explained."""
    alone = [index for index in range(len(blocks) - 2) if _is_number_alone(blocks, settled, index)]
    found = [index for index in alone if _is_above_name(blocks, settled, index)]
    chapters = [index for index in alone if settled[index].number.style in _CHAPTERS]  # type: ignore[union-attr]
    if len(set(chapters) - set(found)) * 3 > len(chapters):
        found = [index for index in found if index not in chapters]
    if len(found) >= _LEAST_TITLED:
        for index in found:
            settled[index] = replace(settled[index], below=blocks[index + 1].text)
            settled[index + 1] = NOTHING
    if len(set(found) - set(chapters)) < _LEAST_TITLED:
        for index in set(alone) - set(chapters):
            settled[index] = NOTHING  # 6.1 is a figure


def _is_number_alone(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    number = settled[index].number
    if number is None or settled[index].given or settled[index].strong or number.end < len(blocks[index].text):
        return False
    return number.style.endswith("级") or number.style in _CHAPTERS


def _is_above_name(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    name, after = blocks[index + 1].text, settled[index + 1]
    is_named = after.number is None and after.article is None and not after.given and not after.word
    is_explained = settled[index + 2].number is None and blocks[index + 2].kind is _BODY
    return is_named and is_explained and _NAME_BELOW.fullmatch(name) is not None


def _find_bare_numbers(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 1, 2, 3, each alone in its block, for the parts of a story where sentences follow each."""
    short = [index for index, block in enumerate(blocks) if len(block.text) <= _LONGEST_BARE]
    alone = [index for index in short if _is_bare_number(blocks[index], settled[index])]
    runs: list[list[int]] = []
    last = 0
    for at, index in enumerate(alone):
        value = int(blocks[index].text.rstrip("."))
        if value == 1:
            runs.append([])
        elif not runs or not (value == last + 1 or (value == last + 2 and len(runs[-1]) >= _STEADY)):
            return  # a row of numbers, not a count
        last = value
        end = alone[at + 1] if at + 1 < len(alone) else len(blocks)
        if not _is_story(blocks[index + 1 : end]) or _interrupts(blocks, settled, index):
            return
        runs[-1].append(index)
    if sum(map(len, runs)) >= _LEAST_NUMBERS and all(len(run) > 1 for run in runs):
        for index in alone:
            value = int(blocks[index].text.rstrip("."))
            settled[index] = Evidence(number=Number(BARE, value, len(blocks[index].text)), short=True, run=True)


def _find_bold_questions(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take bold questions for headings where several stand alone, each with its answer below."""
    found = [index for index in range(len(blocks) - 1) if _is_bold_question(blocks[index], settled[index])]
    answered = [index for index in found if not settled[index + 1].strong and not settled[index + 1].given]
    if len(answered) < _LEAST_QUESTIONS or len(answered) < len(found):
        return
    for index in answered:
        settled[index] = replace(settled[index], plain=True)


def _find_titles_of_appendices(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take a centred line right below 附件1, or its nature （资料性）, for its title, bold or not."""
    for index, seen in enumerate(settled[:-1]):
        if not (seen.word and seen.short and _is_named_appendix(blocks[index].text)):
            continue
        below = index + 2 if _NATURE.fullmatch(blocks[index + 1].text) and index + 2 < len(blocks) else index + 1
        found = settled[below]
        is_name = blocks[below].centered and found.number is None and not found.word and not found.given
        if is_name and is_plain(blocks[below].text):
            settled[below] = replace(found, run=True)


def _is_named_appendix(text: str) -> bool:
    return numbering.word_rank(text) == "appendix" and len(text) <= _LONGEST_APPENDIX


def _find_asked(blocks: Sequence[Block], settled: list[Evidence]) -> None:
    """Take 问：… above 答：… for headings where each is so answered, and not in a word as in an interrogation."""
    asked = [index for index, block in enumerate(blocks) if _is_asked(block, settled[index])]
    answered = [index for index in asked if index + 1 < len(blocks) and _ANSWERED.match(blocks[index + 1].text)]
    if len(answered) < _LEAST_QUESTIONS or len(answered) < len(asked):
        return
    if sum(len(blocks[index + 1].text) for index in answered) < _LEAST_ANSWER * len(answered):
        return
    for index in answered:
        settled[index] = replace(settled[index], number=None, short=True, run=True)


def _is_asked(block: Block, seen: Evidence) -> bool:
    is_text = block.kind is _BODY and not block.code and not block.item and not seen.given
    return is_text and block.text[0] in "问問Qq" and _ASKED.fullmatch(block.text) is not None


def _is_bold_question(block: Block, seen: Evidence) -> bool:
    is_bold = seen.strong and bool(block.bold) and not seen.given and seen.number is None
    return is_bold and _QUESTION.fullmatch(block.text) is not None


def _is_bare_number(block: Block, seen: Evidence) -> bool:
    is_text = block.kind is _BODY and block.level is None and not block.code and not block.item
    return is_text and seen.number is None and _BARE_NUMBER.fullmatch(block.text) is not None


def _interrupts(blocks: Sequence[Block], settled: Sequence[Evidence], index: int) -> bool:
    """Tell the number of a page, which stands in the midst of a text, from that of a part."""
    before, after = blocks[index - 1 : index] if index else (), blocks[index + 1]
    is_at_page_end = after.page is not None and after.page != blocks[index].page
    is_first = blocks[index].text.rstrip(".") in ("1", "01")
    return is_at_page_end or any(
        not (is_first or settled[index - 1].short or SENTENCE_END.search(block.text)) for block in before
    )


def _is_story(blocks: Sequence[Block]) -> bool:
    """Tell paragraphs that are sentences from the entries of a form or a list."""
    sentences = sum(1 for block in blocks if SENTENCE_END.search(block.text))
    return sentences > 0 and 2 * sentences >= len(blocks)


def _forget_bold_leads(settled: list[Evidence]) -> None:
    """Take a bold line above the first heading that the format gives for text, where most of the text is below it.

    On a page whose only given heading is that of the comments, those of the text are bold lines.
    """
    first = next((index for index, seen in enumerate(settled) if seen.given), 0)
    for index in range(first if 2 * first <= len(settled) else 0):
        if settled[index].plain:
            settled[index] = Evidence()
