"""Whether the text of a PDF is what its pages show: fonts without their Unicode give signs at random."""

from __future__ import annotations

import re

_CJK = re.compile("[\u3400-\u9fff]")
_SIGN = re.compile("[!-/:-@[-`{-~\xa1-\xbf\u2000-\u2bff]")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
# What codes of other fonts look like in Latin ones, and what no text in a script of East Asia or Europe holds.
_ACCENTED = re.compile("[\xa1-\xff\u0152-\u0192\u02c6-\u02dd\u2018-\u203a\u2044\u2202-\u2265\ufb01\ufb02]")
_ELSEWHERE = re.compile(
    "[^\\x00-\u04ff\u1e00-\u1fff\u2000-\u2bff\u2e80-\u30ff\u3100-\u33ff\u4e00-\u9fff\uac00-\ud7af\ue000-\uffff"
    "\U00010000-\U0010ffff]"
)
# Letters of Africa and of phonetics, but for those that Vietnamese and pinyin are written with.
_PHONETIC = re.compile("[\u0180-\u019f\u01a2-\u01ae\u01b1-\u01cc\u01dd-\u0250\u0252-\u0260\u0262-\u02af]")
# Code points from which on a share says something, and the shares that no text has.
_ENOUGH = 200
_MOST_SIGNS, _MOST_UNKNOWN, _MOST_ACCENTED, _MOST_ELSEWHERE, _MOST_PHONETIC = 0.4, 0.3, 0.2, 0.1, 0.15
# Blocks of 256 code points that what is elsewhere comes from, where it is no script but chance.
_LEAST_BLOCKS = 8


def is_legible(text: str) -> bool:
    """Tell text from what a font without its Unicode gives; of a few characters it cannot be told.

    Args:
        text: without white space.
    """
    size = len(text)
    if size < _ENOUGH:
        return True
    if len(_UNKNOWN.findall(text)) > _MOST_UNKNOWN * size:
        return False
    if len(_PHONETIC.findall(text)) > _MOST_PHONETIC * size:
        return False
    elsewhere = _ELSEWHERE.findall(text)
    if len(elsewhere) > _MOST_ELSEWHERE * size and len({ord(one) >> 8 for one in elsewhere}) >= _LEAST_BLOCKS:
        return False
    if _CJK.search(text):
        return True
    return len(_SIGN.findall(text)) <= _MOST_SIGNS * size and len(_ACCENTED.findall(text)) <= _MOST_ACCENTED * size
