"""What stands for a compound that stands nowhere: the words inside it, else its characters close to each other.

``盗窃罪`` counts by ``盗窃``; ``醉驾``, in which there is no other word, by 醉 and 驾 a few characters apart. One
whose last character always begins another word (侮辱**罪犯**) stands nowhere too, where it is all that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from indexer.analysis import Analyzer
from indexer.analysis.analyzer import is_han_word, uninformative_words
from indexer.model import And, Glob, Literal, Within
from indexer.model.records import record
from indexer.query.corpus import Corpus

# Characters of a compound at least.
_SHORTEST = 2
# Characters between two that stand for a word; and passages that hold both at most, beyond which they say nothing.
_GAP = 6
_MOST = 2_000
# Characters of a compound that may end in another word at least, and passages that hold it at most.
_SHORTEST_ENDED = 3
_MOST_ENDED = 200
# Characters that name the sort of thing a compound is, each with the words that say no more than it, so that a compound
# goes on into them without another sense: 律师费 in 律师|费用. What ends in another is half typed (个人信息保).
SAME_SORT = {
    "人": ("人员", "人士"),
    "物": ("物品", "物资"),
    "费": ("费用",),
    "权": ("权利", "权益", "权限"),
    "罪": ("罪名", "罪行"),
    "税": ("税款", "税收"),
    "款": ("款项",),
    "期": ("期限", "期间"),
    "证": ("证书", "证件"),
    "价": ("价格", "价款"),
    "案": ("案件",),
    "法": ("法律", "法规"),
}


@record
class Parts:
    """What stands for a compound: words in it, or if there are none pairs of its characters close to each other.

    Attributes:
        suffix: its last character if the words make up all the rest: what sort of thing it is (盗窃**罪**).
    """

    words: tuple[str, ...] = ()
    close: tuple[Within, ...] = ()
    suffix: str = ""


def parts_of(word: str, analyzer: Analyzer, corpus: Corpus, *, alone: bool = False) -> Parts:
    """What stands for a compound that stands nowhere; nothing for what does, or is none.

    Args:
        word: folded.
        analyzer: of the corpus.
        corpus: what is searched.
        alone: whether the word is all that is asked for, so that it counts where the word stands.
    """
    if len(word) < _SHORTEST or not is_han_word(word):
        return Parts()
    if corpus.count(Literal((word,))) and not (alone and runs_on(word, analyzer, corpus)):
        return Parts()
    covered = list(_inner_words(word, analyzer, corpus))
    if not covered:
        return Parts(close=tuple(_close(word, corpus)))
    reached = {at for start, end in covered for at in range(start, end)}
    words = tuple(dict.fromkeys(word[start:end] for start, end in covered))
    return Parts(words, suffix=word[-1] if reached == set(range(len(word) - 1)) else "")


def runs_on(word: str, analyzer: Analyzer, corpus: Corpus) -> bool:
    """Tell whether the last character of a compound, wherever that stands, begins another word of the text that says
    something else: ``侮辱罪`` in 侮辱|罪犯, but not ``律师费`` in 律师|费用.
    """
    head, literal = word[:-1], Literal((word,))
    if len(word) < _SHORTEST_ENDED or word[-1] not in SAME_SORT or not is_han_word(word):
        return False
    if not analyzer.knows(head):
        return False
    found = corpus.count(literal)
    if not 0 < found <= _MOST_ENDED or corpus.count(Glob((word,), ends_word=True)):
        return False
    if corpus.count(Literal(tuple(head + same for same in SAME_SORT[word[-1]]))):
        return False
    return corpus.count(And((literal, Glob((head,), ends_word=True)))) == found


def _inner_words(word: str, analyzer: Analyzer, corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Where the words of ``word`` are that the dictionary and the corpus hold, but for those inside a longer one."""
    covered_to = [0] * len(word)  # from each character on, by words that are found
    for length in range(min(len(word) - 1, analyzer.segmenter.longest), 1, -1):
        for start in range(len(word) - length + 1):
            end = start + length
            inner = word[start:end]
            if covered_to[start] >= end or inner in uninformative_words() or not analyzer.segmenter.knows(inner):
                continue
            if corpus.count(Literal((inner,))):
                covered_to[start:end] = [max(end, before) for before in covered_to[start:end]]
                yield start, end


def _close(word: str, corpus: Corpus) -> Iterator[Within]:
    for one, other in pairwise(word):
        if one == other or {one, other} & uninformative_words():
            continue
        left, right = Literal((one,)), Literal((other,))
        if 0 < corpus.count(And((left, right))) <= _MOST:
            yield Within(left, right, _GAP)
