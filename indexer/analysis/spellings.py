"""A run as other writers write it: expansion on the query's side, never of the index. All on folded text.

    quotations       「一飯之恩」 → 一飯之恩: these marks are no operators, as “” are
    numbers, dates   第12条 → 第十二条, 2020年 → 二〇二〇年, 2021.03.05 → 2021年3月5日 (``number_spellings``)
    telephones       138-0013-8000, +8613800138000 → 13800138000
    names            海伦凯勒 → 海伦·凯勒, and back
    full stops       安全.数据 → 安全。数据, and back
    equations        式2.10 → 式(2.10), and back
    separators       图3-1 → 图3.1; 2019至2021年 → 2019-2021年; 9001:2015 → 9001-2015; 〔2009〕5号 → (2009)5号
    branches         第84条之1 → 第84-1条, and back
    dashes           between letters and digits: 7714-2015 → 7714—2015; between letters left out: wi-fi → wifi; a minus
    seams            where Han, letters and digits meet a space: 图3 → 图 3, gb18030 → gb 18030, or between a letter and
                     a digit a hyphen: gb-18030; joined ones first

Steps are taken one after the other, each on all that came of those before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby, product

from indexer.analysis.fold import HAN, KANA, fold_key, is_han
from indexer.analysis.number_spellings import has_numeral, number_spellings
from indexer.analysis.numerals import to_chinese
from indexer.analysis.patterns import lazy
from indexer.analysis.tables import entries

# Spellings of a run, at most; how many runs have more is said (``has_more``).
LIMIT = 64

# Letters and digits of scripts that part their words by spaces.
_LETTER = rf"(?![{HAN}{KANA}])[^\W\d_]"
_LATIN = rf"(?![{HAN}{KANA}])[^\W_]"
# Where spaces are optional: Han beside any of these, a digit after a letter, a letter after a digit.
_SEAMS = (
    lazy(rf"(?<=[{HAN}]) ?(?={_LATIN})|(?<=[^\W_])(?<![{HAN}{KANA}]) ?(?=[{HAN}])"),
    lazy(rf"(?<=[^\W\d_])(?<![{HAN}{KANA}])[ -]?(?=\d)"),
    lazy(rf"(?<=\d) ?(?={_LETTER})"),
)
# What may stand at each of them.
_AT_SEAMS = (("", " "), ("", " ", "-"), ("", " "))

# Hyphens, dashes, the minus and the swung dash, as folding leaves them.
_DASHES = ("-", "—", "–", "~", "−", "‐", "‒", "―", "〜", "——", "--")
_DASH = lazy(rf"(?<=[^\W_])(?<![{HAN}{KANA}])(?:{'|'.join(sorted(_DASHES, key=len, reverse=True))})(?={_LATIN})")

_MINUS = lazy(r"(?<![^\W_])[-−–](?=\d)")
_INNER_DASH = lazy(r"(?<=[a-z])-(?=[a-z])")

# Numbers of figures, years from and to, numbers of standards and of documents with their year: what may stand between.
_SEPARATED = (
    (lazy(r"(?<=[图表式例])( ?\d+)[-–—.](?=\d+(?![\d.]))", re.ASCII), (r"\1-", r"\1.")),
    (lazy(r"(?<!\d)(\d{4})年?(?:至|到|-|—|–|~)(?=\d{4}年)", re.ASCII), (r"\1-", r"\1至", r"\1年至", r"\1年-")),
    (lazy(r"(?<=\d)():(?=\d{4}(?!\d))", re.ASCII), ("-",)),
    (lazy(r"(?<=\d{4})()-(?=\d{4}(?![\d年]))", re.ASCII), (":",)),
    (
        lazy(
            rf"(?<=[{HAN}]) ?(?:[〔\[(【〈]((?:19|20)\d\d)[〕\])】〉]|((?:19|20)\d\d)[ 年]) ?第?(\d{{1,4}}) ?号",
            re.ASCII,
        ),
        (r"〔\1\2〕\3号", r"(\1\2)\3号", r"[\1\2]\3号", r"【\1\2】\3号", r"〔\1\2〕第\3号"),
    ),
)

# 公式2.10, 由式(2.10), but no 方式2.
_EQUATION = lazy(
    rf"(?:公式|(?<![{HAN}])式|(?<=[见由将把在和与及对从入令])式) ?"
    r"(?:\((\d+(?:[-.]\d+)?)\)|(\d+(?:[-.]\d+)?)(?![\d.-]))",
    re.ASCII,
)
_QUOTED = lazy("「([^「」]+)」|『([^『』]+)』")
# An article that was put in after another, as the mainland and as Taiwan call it.
_BRANCH = lazy(r"第 ?(\d{1,4}) ?条 ?之 ?(\d{1,2})(?!\d)", re.ASCII)
_HYPHENED = lazy(r"第 ?(\d{1,4})-(\d{1,2}) ?条", re.ASCII)

_TELEPHONE = lazy(
    r"(?<![\d-])(?:(?:\+|00)86[- ]?)?(?:(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})|(0(?:10|2\d)|0[3-9]\d{2})[- ]?(\d{7,8})"
    r"|([48]00)[- ]?(\d{3})[- ]?(\d{4}))"
    r"(?![\d-])",
    re.ASCII,
)
_FULL_STOP = lazy(rf"(?<=[{HAN}])\.(?!\w)|(?<=[{HAN}])\.(?=[{HAN}])")
_DOT = lazy(rf"(?<=[{HAN}])·(?=[{HAN}])")
# Characters of a name that may have a dot in it, from and to.
_SHORTEST_NAME, _LONGEST_NAME = 4, 12


@lru_cache(maxsize=1_000)
def expand(run: str) -> tuple[str, ...]:
    """Return ``run`` and its other spellings, itself first, at most ``LIMIT``."""
    return _spellings(run)[:LIMIT]


def has_more(run: str) -> bool:
    """Tell whether ``run`` has more spellings than ``LIMIT``."""
    return len(_spellings(run)) > LIMIT


def is_parted(run: str) -> bool:
    """Tell whether a space stands in ``run`` where it might be left out."""
    return " " in run and any(" " in match.group() for seam in _SEAMS for match in seam.finditer(run))


@lru_cache(maxsize=1_000)
def _spellings(run: str) -> tuple[str, ...]:
    """Return the spellings that count, and one more where there are any: what is found first stays first."""
    spellings = {run}
    in_order = [run]
    # of Han characters without a number only a name may be spelled otherwise
    for step in (_names,) if all(map(is_han, run)) and not has_numeral(run) else _STEPS:
        for other in (other for spelling in [*in_order] for other in step(spelling)):
            if other not in spellings and (folded := fold_key(other)) not in spellings:
                spellings.add(folded)
                in_order.append(folded)
            if len(in_order) > LIMIT:
                return tuple(in_order)
    return tuple(in_order)


def _quotations(run: str) -> Iterator[str]:
    if match := _QUOTED.fullmatch(run):
        yield match[1] or match[2]


def _telephones(run: str) -> Iterator[str]:
    for mark in ("", "-", " ") if _TELEPHONE.search(run) else ():
        yield _TELEPHONE.sub(lambda match, mark=mark: mark.join(filter(None, match.groups())), run)  # type: ignore[misc]


def _names(run: str) -> Iterator[str]:
    """Yield a foreign name without its dots, and with one wherever it may have one."""
    if "·" in run:
        yield _DOT.sub("", run)
    yield from (f"{run[:at]}·{run[at:]}" for at in _foreign_name(run)[1:])


def _foreign_name(run: str) -> range:
    """Return where the first row of characters stands that is as long as a foreign name; an empty range without any."""
    start = 0
    for is_name, chars in groupby(run, _name_characters().__contains__):
        row = range(start, start + len([*chars]))
        if is_name and _SHORTEST_NAME <= len(row) <= _LONGEST_NAME:
            return row
        start = row.stop
    return range(0)


def _full_stops(run: str) -> Iterator[str]:
    if "." in run:
        yield _FULL_STOP.sub("。", run)
    if "。" in run:
        yield run.replace("。", ".")


def _equations(run: str) -> Iterator[str]:
    if "式" in run and _EQUATION.search(run):
        yield from (_EQUATION.sub(other, run) for other in (r"式(\1\2)", r"式\1\2"))


def _separators(run: str) -> Iterator[str]:
    for pattern, others in _SEPARATED:
        if pattern.search(run):
            yield from (pattern.sub(other, run) for other in others)


def _branches(run: str) -> Iterator[str]:
    """Yield a run with the articles in it called the other way."""
    if _BRANCH.search(run):
        yield _BRANCH.sub(r"第\1-\2条", run)
    if _HYPHENED.search(run):
        yield _HYPHENED.sub(r"第\1条之\2", run)
        yield _HYPHENED.sub(lambda match: "第{}条之{}".format(*map(to_chinese, map(int, match.groups()))), run)


def _dashes(run: str) -> Iterator[str]:
    if _DASH.search(run):
        yield from (_DASH.sub(dash, run) for dash in _DASHES)
    if _INNER_DASH.search(run):
        yield from (_INNER_DASH.sub(other, run) for other in ("", " "))
    if _MINUS.search(run):
        yield from (_MINUS.sub(minus, run) for minus in ("-", "−", "–"))


def _seams(run: str) -> Iterator[str]:
    """Yield a run with what may stand at its seams, seam by seam."""
    found = [(seam, choices) for seam, choices in zip(_SEAMS, _AT_SEAMS, strict=True) if seam.search(run)]
    for marks in product(*(choices for _, choices in found)):
        spelling = run
        for (seam, _), mark in zip(found, marks, strict=True):
            spelling = seam.sub(mark, spelling)
        yield spelling


_STEPS: tuple[Callable[[str], Iterable[str]], ...] = (
    _quotations,
    number_spellings,
    _telephones,
    _names,
    _full_stops,
    _equations,
    _separators,
    _branches,
    _dashes,
    _seams,
)


def transliteration_characters() -> str:
    """Return the characters that foreign names are written with."""
    return "".join(entries("transliteration.txt"))


@cache
def _name_characters() -> frozenset[str]:
    return frozenset(transliteration_characters())
