"""Bytes → str, never mojibake: the likeliest reading is taken, if it is valid to the last byte and likely enough.

GBK, Big5 and the encodings of other languages share most byte pairs, and short texts in GBK may be valid as UTF-8, so
validity alone cannot part them. ``language_models`` price every reading in bits. Encodings that are not read compete
too: a file in one of them is refused by its name, not read as rare Chinese.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from indexer.documents.encoding.language_models import ASCII, UNREAD, alphabetic, any_script, chinese, japanese, korean
from indexer.errors import ReadError

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


@dataclass(frozen=True, slots=True)
class _Encoding:
    """An encoding that a file may be in.

    Attributes:
        name: what users call it.
        codec: what Python calls it.
        bits: the model that prices its texts.
        handicap: bits it must be ahead by; less than nothing for one that is met more than others.
        read: whether its files are read; those of others are refused.
    """

    name: str
    codec: str
    bits: Callable[[str], float]
    handicap: float = 0.0
    read: bool = True


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a sample is in an encoding, and how many bits that costs."""

    encoding: _Encoding
    text: str
    bits: float


_UTF8 = _Encoding("UTF-8", "utf-8", any_script, -6.0)
_HZ = _Encoding("HZ", "hz", chinese, 20.0)
_NARROW = (
    _UTF8,
    _Encoding("GB18030（GBK）", "gb18030", chinese),
    _Encoding("Big5", "cp950", chinese),
    _Encoding("Big5", "big5hkscs", chinese, 1.0),
    _Encoding("韩文编码（EUC-KR）", "cp949", korean, 8.0, read=False),
    _Encoding("日文编码（Shift_JIS）", "cp932", japanese, 8.0, read=False),
    _Encoding("日文编码（EUC-JP）", "euc_jp", japanese, 12.0, read=False),
    _Encoding("单字节的外文编码（如 Windows-1252）", "cp1252", alphabetic, 6.0, read=False),
    _Encoding("单字节的外文编码（如 Windows-1251）", "cp1251", alphabetic, 6.0, read=False),
)
_WIDE = tuple(
    _Encoding(codec[:6].upper(), codec, any_script, 8.0)
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
_DECLARABLE = {
    "utf-8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "gb_2312-80": "gb18030", "cp936": "gb18030", "big5": "cp950", "big5-hkscs": "big5hkscs", "x-x-big5": "cp950",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "shift_jis": "cp932", "x-sjis": "cp932", "euc-jp": "euc_jp",
    "windows-1251": "cp1251",
}  # fmt: skip
_META_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_META_REACH = 8192
# Bits that a file's own word for its encoding counts.
_DECLARED = 10.0

_HZ_RUN = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_ISO_2022 = re.compile(rb"\x1b\$[@-C]|\x1b\$[()*][@-H]")
# UTF-8 of three bytes and more to the character does not come about by chance.
_CERTAIN = re.compile("[\u0800-\U0010ffff]")
# Code points, at least, for one control character in a text; backspaces stray into what was typed over them.
_PER_CONTROL, _FEWEST_PER_CONTROL = 100, 20
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LINES_BEYOND_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n?")
_ASCII_BYTES = bytes(range(128))
# Eight characters of three bytes each, which no other encoding gives by chance.
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){8}")
# Bytes beyond ASCII that are judged by themselves, and bits that another encoding must be cheaper by.
_WINDOW = 48
_CLEARLY = 60.0
# Bytes that the encoding is judged by.
_SAMPLE = 1 << 17
# Bits that a character beyond ASCII may cost on average, and a text on top of it. Real texts cost 10 to 13 each.
_DEAREST = 16.5
_ALLOWANCE = 12.0

# How the codecs of Big5 take what they have no character for, and code points, at least, for each such character.
_STRICT = {"cp950": "xunzhang-big5", "big5hkscs": "xunzhang-big5"}
_BIG5_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
_UNKNOWN, _PER_UNKNOWN = "\ufffd", 2_000
_PADDING, _MOST_BEHIND_PADDING = b"\x00" * 4, 16
_CUT = frozenset({"unexpected end of data", "incomplete multibyte sequence", "truncated data"})
_UNREADABLE_HINT = "请确认它是文本，另存为 UTF-8 后再试。"


def decode(data: bytes, *, declares: bool = False) -> str:
    """Decode a text file: UTF-8, UTF-16 or UTF-32 with or without a mark, GB18030 (GBK, GB2312, HZ), Big5.

    Args:
        data: the whole file.
        declares: whether the format may name its encoding in itself (HTML's ``<meta charset>``).

    Raises:
        ReadError: the bytes are no text, or in no encoding that is read, or wrong at some place.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"这是{name}，不是文本文件。", "请先转换成 HTML、Markdown 或纯文本。")
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], codec, f"文件开头标明了编码 {codec.upper()}"))
    if b"\x00" in (data := _without_padding(data)):
        return _checked(_wide(data))
    if _ISO_2022.search(data):
        raise _foreign("日文或韩文编码（ISO-2022）")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _checked(_likeliest(data, declares=declares))
    is_sure = _CERTAIN.search(text) is not None
    if is_sure or (text.isascii() and not _HZ_RUN.search(data)):
        return _checked(text, is_sure=is_sure)
    if _shows_only_ascii(text) and (not declares or _declared(data) in (None, "utf-8")):
        return _checked(text)
    return _checked(_likeliest(data, declares=declares))


def _without_padding(data: bytes) -> bytes:
    """Return a text without the empty bytes at its end that downloads and book readers leave, and a mark behind them.

    No wide encoding has four in a row.
    """
    end = data.find(b"\x00")
    is_padded = data.startswith(_PADDING, max(end, 0)) and len(data[end:].replace(b"\x00", b"")) <= _MOST_BEHIND_PADDING
    return data[:end] if is_padded else data


def _shows_only_ascii(text: str) -> bool:
    """Tell text whose characters beyond ASCII, some at least, are spaces and marks that nobody sees, which no Chinese
    text is made of.
    """
    beyond = set(_BEYOND_ASCII.findall(text))
    return bool(beyond) and all(each.isspace() or unicodedata.category(each) == "Cf" for each in beyond)


def _checked(text: str, *, is_sure: bool = False) -> str:
    """Refuse a text with so many control characters that it is none; one that is surely Chinese may hold more."""
    if _CONTROL.search(text):
        controls = len(_CONTROL.findall(text))
        if "\x00" in text or controls > max(8, len(text) // (_FEWEST_PER_CONTROL if is_sure else _PER_CONTROL)):
            raise ReadError("文件含有大量控制字符，不是文本文件。", _UNREADABLE_HINT)
    return text


def _wide(data: bytes) -> str:
    """Return the text of data with empty bytes, which only wide encodings have."""
    best = _cheapest(data, _WIDE)
    if "\x00" in best.text or not _is_likely(best):
        raise ReadError("文件含有空字节，不是文本文件。", _UNREADABLE_HINT)
    return _strict(data, best.encoding.codec, f"看来是 {best.encoding.name}")


def _likeliest(data: bytes, *, declares: bool) -> str:
    sample = data if len(data) <= _SAMPLE else b"".join(_LINES_BEYOND_ASCII.findall(data))[:_SAMPLE]
    candidates = (*_NARROW, *_WIDE[:2]) if sample is data else _NARROW
    if _HZ_RUN.search(data):
        candidates = (_UTF8, _HZ)
    best = _cheapest(sample, candidates, _declared(data) if declares else None)
    if best.encoding in _NARROW:
        _require_one_encoding(data, best.encoding)
    if not _is_likely(best):
        known = "UTF-8、UTF-16、GB18030（GBK）或 Big5"
        raise ReadError(f"无法判断文字编码：不像 {known}。", _UNREADABLE_HINT)
    if not best.encoding.read:
        raise _foreign(best.encoding.name)
    return _strict(data, best.encoding.codec, f"看来是 {best.encoding.name}")


def _require_one_encoding(data: bytes, encoding: _Encoding) -> None:
    """Refuse a file some part of which is not in the encoding of most of it, but clearly in another.

    Such a part may be valid in both, and would be read as rare characters that nobody wrote.
    """
    if encoding is not _UTF8 and (run := _UTF8_RUN.search(data)):
        raise _mixed(data, run.start(), encoding, _UTF8)
    for start, end in _windows(data):
        window = data[start:end]
        reading = _read_as(window, encoding)
        if not _is_likely(reading):
            other = _cheapest(window, _NARROW)
            if other.bits + _CLEARLY < reading.bits and _is_likely(other) and other.encoding.read:
                raise _mixed(data, start, encoding, other.encoding)


def _windows(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield ranges of whole lines that hold at least ``_WINDOW`` bytes beyond ASCII, the last maybe fewer."""
    start, held = 0, 0
    for line in _LINES_BEYOND_ASCII.finditer(data):
        start = line.start() if not held else start
        held += len(line.group().translate(None, _ASCII_BYTES))
        if held >= _WINDOW:
            yield start, line.end()
            held = 0
    if held:
        yield start, len(data)


def _mixed(data: bytes, at: int, first: _Encoding, second: _Encoding) -> ReadError:
    line = data.count(10, 0, at) + 1
    elsewhere = f"别处是 {first.name}" if first.read else "别处不是"
    return ReadError(
        f"文件里混着几种编码：第 {line} 行前后是 {second.name}，{elsewhere}。",
        "请把各部分都转成 UTF-8，再合成一个文件。",
    )


def _cheapest(sample: bytes, candidates: Iterable[_Encoding], declared: str | None = None) -> _Reading:
    def bits(reading: _Reading) -> float:
        return reading.bits - (_DECLARED if reading.encoding.codec == declared else 0.0)

    return min((_read_as(sample, encoding) for encoding in candidates), key=bits)


def _read_as(sample: bytes, encoding: _Encoding) -> _Reading:
    # handlers of our own are called for every byte that is wrong; only GBK needs one
    text = sample.decode(encoding.codec, "xunzhang-replace" if encoding.codec == "gb18030" else "replace")
    return _Reading(encoding, text, encoding.bits(text) + encoding.handicap + UNREAD * text.count("\ufffd"))


def _is_likely(reading: _Reading) -> bool:
    beyond = len(reading.text) - len(reading.text.encode("ascii", "ignore"))
    return reading.bits - ASCII * (len(reading.text) - beyond) <= _DEAREST * beyond + _ALLOWANCE


def _strict(data: bytes, codec: str, claim: str) -> str:
    """Return the text, if it is valid to the last byte; ``claim`` says why this codec is expected."""
    try:
        return _decoded(data, codec)
    except UnicodeDecodeError as error:
        if error.reason in _CUT and error.end >= len(data):
            raise ReadError("文件在一个字符的中间断开，可能没有传完。", "请重新取得完整的文件。") from None
        position = f"第 {error.start + 1} 个字节（第 {data.count(10, 0, error.start) + 1} 行）"
        raise ReadError(f"{claim}，但{position}解不出来。", "请改正后另存为 UTF-8，或换一份完好的文件。") from None


def _decoded(data: bytes, codec: str) -> str:
    text = data.decode(codec, _STRICT.get(codec, "xunzhang-strict"))
    is_bad = codec in _STRICT and text.count(_UNKNOWN) * _PER_UNKNOWN > len(text)
    return data.decode(codec) if is_bad else text


def _foreign(name: str) -> ReadError:
    return ReadError(f"看来是{name}，现在不能读。", "请另存为 UTF-8 后再试。")


def _declared(data: bytes) -> str | None:
    match = _META_CHARSET.search(data, 0, _META_REACH)
    return _DECLARABLE.get(match.group(1).decode("ascii").lower()) if match else None


def _euro(error: UnicodeError) -> tuple[str | bytes, int]:
    if _is_euro(error):
        return "€", error.start + 1
    raise error


def _euro_or_replacement(error: UnicodeError) -> tuple[str | bytes, int]:
    """Never raise: a codec has one error for all places, to which each raising adds, in time and memory."""
    return ("€", error.start + 1) if _is_euro(error) else codecs.replace_errors(error)


def _of_own_making(error: UnicodeError) -> tuple[str | bytes, int]:
    """Read what a codec of Big5 has no character for: by the other codec, or as one that somebody made for himself."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = bytes(error.object[error.start : error.start + 2])
    if not _BIG5_PAIR.fullmatch(pair):
        raise error
    other = "cp950" if "hkscs" in error.encoding else "big5hkscs"
    return pair.decode(other, "replace")[:1], error.start + 2


def _is_euro(error: UnicodeError) -> TypeGuard[UnicodeDecodeError]:
    """Tell what Windows writes for the euro sign in GBK, 0x80, which Python's codecs refuse."""
    return isinstance(error, UnicodeDecodeError) and error.encoding == "gb18030" and error.object[error.start] == 0x80


codecs.register_error("xunzhang-strict", _euro)
codecs.register_error("xunzhang-big5", _of_own_making)
codecs.register_error("xunzhang-replace", _euro_or_replacement)
