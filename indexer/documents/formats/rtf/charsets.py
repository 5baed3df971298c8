r"""Which characters the bytes of an RTF file are: by the font they are set in, else by the code page of the file.

``\fcharset`` numbers are those of Windows (RTF specification 1.9.1, "Font table").
"""

from __future__ import annotations

SYMBOLS = 2
_CODECS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_PAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 10008: "gb18030", 10002: "cp950"}
_WIDE = frozenset({"gb18030", "cp950", "cp932", "cp949", "utf-8"})
# Dashes, quotation marks and dots of cp1252, two of which would be a rare character of China's.
_MARKS = frozenset((0x85, *range(0x91, 0x98)))
# What a file is written in that names no code page, if its bytes are such.
_LIKELY = "gb18030"


def page_codec(page: int | None) -> str:
    r"""Return the codec of a code page (``\ansicpg``); of none, or one unknown, the one that is likely."""
    if page is None:
        return _LIKELY
    return _PAGES.get(page, f"cp{page}" if 1250 <= page <= 1258 else _LIKELY)


def decode(content: bytes, charset: int | None, page: str) -> str:
    """Return bytes as characters, those of a picture font as U+F000–F0FF.

    Args:
        content: some bytes of text.
        charset: of the font they are set in; None where it has none.
        page: the codec of the file's code page.
    """
    if charset == SYMBOLS:
        return "".join(chr(0xF000 + byte) if byte > 0x20 else " " for byte in content)
    if content.isascii():
        return content.decode("ascii")
    codec = _CODECS.get(charset if charset is not None else -1, page)
    are_marks = codec == "cp1252" and all(byte < 0x80 or byte in _MARKS for byte in content)
    if codec in _WIDE or page not in _WIDE or are_marks:
        return content.decode(codec, "replace")
    try:  # fonts without Han in files of China: their bytes are Chinese nevertheless, if they can be
        return content.decode(page)
    except UnicodeDecodeError:
        return content.decode(codec, "replace")
