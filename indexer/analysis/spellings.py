"""A run as other writers write it: expansion on the query's side, never of the index. All on folded text.

    numbers, dates   第12条 → 第十二条, 2020年 → 二〇二〇年, 2021.03.05 → 2021年3月5日 (``number_spellings``)
    telephones       138-0013-8000 → 13800138000
    names            海伦凯勒 → 海伦·凯勒, and back
    full stops       安全.数据 → 安全。数据, and back
    dashes           between letters and digits: 7714-2015 → 7714—2015
    spaces           where Han, letters and digits meet: 图3 → 图 3, gb18030 → gb 18030; joined ones first

Steps are taken one after the other, each on all that came of those before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import product

from indexer.analysis.fold import HAN, KANA, fold_key
from indexer.analysis.number_spellings import number_spellings
from indexer.analysis.tables import entries

# Spellings of a run, at most; how many runs have more is said (``has_more``).
LIMIT = 64

# Letters and digits of scripts that part their words by spaces.
_LETTER = rf"(?![{HAN}{KANA}])[^\W\d_]"
_LATIN = rf"(?![{HAN}{KANA}])[^\W_]"
# Where spaces are optional: Han beside any of these, a digit after a letter, a letter after a digit.
_SEAMS = (
    re.compile(rf"(?<=[{HAN}]) ?(?={_LATIN})|(?<=[^\W_])(?<![{HAN}{KANA}]) ?(?=[{HAN}])"),
    re.compile(rf"(?<=[^\W\d_])(?<![{HAN}{KANA}]) ?(?=\d)"),
    re.compile(rf"(?<=\d) ?(?={_LETTER})"),
)

# Hyphens, dashes, the minus and the swung dash, as folding leaves them.
_DASHES = ("-", "—", "–", "~", "−", "‐", "‒", "―", "〜", "——", "--")
_DASH = re.compile(rf"(?<=[^\W_])(?<![{HAN}{KANA}])(?:{'|'.join(sorted(_DASHES, key=len, reverse=True))})(?={_LATIN})")

_TELEPHONE = re.compile(
    r"(?<![\d-])(?:(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})|(0\d{2,3})[- ]?(\d{7,8})|([48]00)[- ]?(\d{3})[- ]?(\d{4}))"
    r"(?![\d-])",
    re.ASCII,
)
_FULL_STOP = re.compile(rf"(?<=[{HAN}])\.(?!\w)|(?<=[{HAN}])\.(?=[{HAN}])")
_DOT = re.compile(rf"(?<=[{HAN}])·(?=[{HAN}])")
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
    return any(match.group() for seam in _SEAMS for match in seam.finditer(run))


@lru_cache(maxsize=1_000)
def _spellings(run: str) -> tuple[str, ...]:
    spellings = dict.fromkeys([run])
    for step in _STEPS:
        spellings |= dict.fromkeys(fold_key(other) for spelling in [*spellings] for other in step(spelling))
    return tuple(spellings)


def _telephones(run: str) -> Iterator[str]:
    for mark in ("", "-", " "):
        yield _TELEPHONE.sub(lambda match, mark=mark: mark.join(filter(None, match.groups())), run)  # type: ignore[misc]


def _names(run: str) -> Iterator[str]:
    """Yield a foreign name without its dots, and with one wherever it may have one."""
    yield _DOT.sub("", run)
    if match := _name().search(run):
        yield from (f"{run[:at]}·{run[at:]}" for at in range(match.start() + 1, match.end()))


def _full_stops(run: str) -> Iterator[str]:
    yield _FULL_STOP.sub("。", run)
    yield run.replace("。", ".")


def _dashes(run: str) -> Iterator[str]:
    if _DASH.search(run):
        yield from (_DASH.sub(dash, run) for dash in _DASHES)


def _spaces(run: str) -> Iterator[str]:
    """Yield a run with spaces and without, seam by seam."""
    seams = [seam for seam in _SEAMS if seam.search(run)]
    for spaces in product(("", " "), repeat=len(seams)):
        spelling = run
        for seam, space in zip(seams, spaces, strict=True):
            spelling = seam.sub(space, spelling)
        yield spelling


_STEPS: tuple[Callable[[str], Iterator[str]], ...] = (
    number_spellings,
    _telephones,
    _names,
    _full_stops,
    _dashes,
    _spaces,
)


def transliteration_characters() -> str:
    """Return the characters that foreign names are written with."""
    return "".join(entries("transliteration.txt"))


@cache
def _name() -> re.Pattern[str]:
    """Return what matches a row of characters that foreign names are written with."""
    characters = transliteration_characters()
    return re.compile(rf"(?<![{characters}])[{characters}]{{{_SHORTEST_NAME},{_LONGEST_NAME}}}(?![{characters}])")
