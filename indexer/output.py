"""Standard output and error as they are in the world: in an encoding that lacks characters, at a terminal that obeys
control characters, on a disk that is full.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from contextlib import suppress

# C0 and C1 but for tab and line feed: as a picture, else as the character for what cannot be shown.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_CONTROLS |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f]")


def replace_what_is_lacking() -> None:
    """Let characters that the encoding of standard output lacks become question marks; standard error escapes them."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def harmless(text: str) -> str:
    """``text`` with pictures of control characters instead of themselves, which a terminal would obey."""
    return text.translate(_CONTROLS)


def to_json(value: object) -> str:
    """JSON for standard output; where its encoding lacks a character, all of them are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2)
    return _UNSAFE_IN_JSON.sub(lambda control: f"\\u{ord(control[0]):04x}", text)


def discard() -> None:
    """Drop what standard output could not be rid of, or Python would try, and fail, once more at exit."""
    with suppress(OSError):  # what stands in for standard output in tests has no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
