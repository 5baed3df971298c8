"""Standard output and error as they are in the world: in an encoding that lacks characters, at a terminal that obeys
control characters, on a disk that is full.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
from contextlib import suppress

from indexer.errors import ReadError

# C0 and C1 but for tab and line feed: as a picture, else as the character for what cannot be shown.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_CONTROLS |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# What turns the direction of the text around it, so that a name looks like another; and what ends a line unseen.
_CONTROLS |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)
_IN_ONE_LINE = {ord("\t"): 0x2409, ord("\n"): 0x240A}
_CONTROLS_BUT_CR = {code: shown for code, shown in _CONTROLS.items() if code != 0x0D}
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f]")


def replace_what_is_lacking() -> None:
    """Let characters that the encoding of standard output lacks become question marks; standard error escapes them."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def read_input() -> str:
    """Standard input to its end as text, the last line ending aside.

    Raises:
        ReadError: it is not UTF-8.
    """
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise ReadError("标准输入不是 UTF-8 文本。", "请先转成 UTF-8，例如 iconv -f GB18030 -t UTF-8。") from error


def harmless(text: str) -> str:
    """``text`` with pictures of control characters instead of themselves, which a terminal would obey."""
    return text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """As ``harmless``, of what is to stay in its line: names, titles, errors."""
    return harmless(text).translate(_IN_ONE_LINE)


def print_text(text: str) -> None:
    """Text to standard output, harmless."""
    sys.stdout.write(harmless(text))


def print_table(table: str) -> None:
    """CSV to standard output, with the mark by which spreadsheets know UTF-8 where no person looks at it."""
    sys.stdout.flush()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")  # the lines of CSV end in CR and LF everywhere
    if not sys.stdout.isatty() and codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8":
        sys.stdout.write("\ufeff")
    print_rows(table)


def print_rows(rows: str) -> None:
    """More rows of a table that was begun."""
    sys.stdout.write(rows.translate(_CONTROLS_BUT_CR))


def print_json_line(value: object) -> None:
    """A value to standard output as one line of JSON."""
    sys.stdout.write(_to_json(value, indent=None) + "\n")


def print_json(value: object) -> None:
    """A value to standard output as JSON; where its encoding lacks a character, all of them are escaped."""
    sys.stdout.write(_to_json(value) + "\n")


def _to_json(value: object, indent: int | None = 2) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda control: f"\\u{ord(control[0]):04x}", text)


def discard() -> None:
    """Drop what standard output could not be rid of, or Python would try, and fail, once more at exit."""
    with suppress(OSError):  # what stands in for standard output in tests has no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
