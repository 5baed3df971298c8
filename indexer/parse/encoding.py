"""Bytes → str, never mojibake: a reading is taken only when it is valid to the last byte and looks like Chinese.

GBK and Big5 share most byte pairs, so validity alone cannot part them. What does: read in the wrong encoding, common
characters become rare ones. Every reading is scored by how common its characters are, and the best one must be good.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from indexer.errors import ReadError
from indexer.parse.frequent import FREQUENT

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that are often mistaken for text, and what to call them.
_SIGNATURES = (
    (b"%PDF-", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文档（ZIP）"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文档"),
    (b"\x89PNG\r\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"Rar!\x1a", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x7fELF", "可执行程序"),
    (b"MZ\x90\x00", "可执行程序"),
)
_META_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_META_REACH = 8192
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030", "gb_2312-80": "gb18030",
    "cp936": "gb18030", "hz-gb-2312": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs", "x-x-big5": "cp950",
}  # fmt: skip
_LEGACY = ("gb18030", "cp950", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 20_000
# Mean scores of real texts are 1.7–2.4 (short ones 0.9 and more), of Korean or Japanese read as Chinese up to 1.25.
_PLAUSIBLE = 1.3
_PLAUSIBLE_SHORT = 0.75
_SHORT = 40
_DECLARED_BONUS = 0.3

_UNREADABLE_HINT = "请确认它是文本，另存为 UTF-8 后再试。"


def decode(data: bytes, *, declares: bool = False) -> str:
    """Decodes a text file: UTF-8, UTF-16 or UTF-32 with or without a mark, GB18030 (GBK, GB2312), Big5.

    Args:
        data: the whole file.
        declares: whether the format may name its encoding in itself (HTML's ``<meta charset>``).

    Raises:
        ReadError: the bytes are no text, or none of these encodings gives a plausible one.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"这是{name}，不是文本文件。", "请先转换成 HTML、Markdown 或纯文本。")
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], codec, "文件开头标明了编码"))
    if b"\x00" in data:
        return _best(data, _WIDE)
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _best(data, _LEGACY + _WIDE[:2], declared=_declared(data) if declares else None, utf8_error=error)


def _strict(data: bytes, codec: str, claim: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{claim} {codec.upper()}，但第 {error.start + 1} 个字节起无法解码。", _UNREADABLE_HINT
        ) from None


def _checked(text: str) -> str:
    """Refuses a text with so many control characters that it is none."""
    if _CONTROL.search(text):
        controls = len(_CONTROL.findall(text))
        if "\x00" in text or controls > max(8, len(text) // 100):
            raise ReadError("文件含有大量控制字符，不是文本文件。", _UNREADABLE_HINT)
    return text


def _declared(data: bytes) -> str | None:
    match = _META_CHARSET.search(data, 0, _META_REACH)
    if match is None:
        return None
    return _CODECS.get(match.group(1).decode("ascii").lower())


def _best(
    data: bytes,
    candidates: tuple[str, ...],
    *,
    declared: str | None = None,
    utf8_error: UnicodeDecodeError | None = None,
) -> str:
    """The most plausible valid reading."""
    best, best_score = None, _PLAUSIBLE_SHORT if len(data) < 2 * _SHORT else _PLAUSIBLE
    for codec in candidates:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = plausibility(text) + (_DECLARED_BONUS if codec == declared else 0.0)
        if score > best_score:
            best, best_score = text, score
    if best is not None:
        return _checked(best)
    raise _undecodable(data, utf8_error)


def _undecodable(data: bytes, utf8_error: UnicodeDecodeError | None) -> ReadError:
    if utf8_error is None:
        return ReadError("文件含有空字节，不是文本文件。", _UNREADABLE_HINT)
    broken_end = utf8_error.reason == "unexpected end of data"
    if broken_end and utf8_error.start >= len(data) - 3:
        return ReadError("文件在一个字符的中间断开，可能没有传完。", "请重新取得完整的文件。")
    return ReadError(
        "无法判断文字编码：既不是 UTF-8、UTF-16，也不像 GB18030 或 Big5"
        f"（按 UTF-8 读到第 {utf8_error.start + 1} 个字节出错）。",
        _UNREADABLE_HINT,
    )


def plausibility(text: str) -> float:
    """How much a text looks like Chinese: the mean score of its characters beyond ASCII, about 2 for real text.

    Pure ASCII without NUL is plausible; anything with a NUL is not.
    """
    if "\x00" in text:
        return -10.0
    sample = "".join(_BEYOND_ASCII.findall(text))[:_SAMPLE]
    if not sample:
        return 2.0
    counts = Counter(sample)
    return sum(_commonness(character) * count for character, count in counts.items()) / len(sample)


def _commonness(character: str) -> float:
    if character in FREQUENT:
        return 3.0
    code = ord(character)
    if 0x3000 <= code <= 0x3017 or 0xFF01 <= code <= 0xFF5E or character in "“”‘’—…·":
        return 1.0
    if 0x4E00 <= code <= 0x9FFF:
        return 1.0 if _is_first_level(character) else -2.0
    if code < 0x250 or 0x2000 <= code <= 0x27BF or 0x1F300 <= code <= 0x1FAFF:
        return -0.5
    return -3.0


def _is_first_level(character: str) -> bool:
    """Whether it stands in the first, common level of GB 2312 (rows 16–55) or of Big5 (A440–C67E)."""
    for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= character.encode(codec)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
