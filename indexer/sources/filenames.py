"""Names of files, which are bytes, as text."""

from __future__ import annotations

import os
import unicodedata

# What Office leaves beside a file that is open in it: its owner's name, under the ending of the file.
_HIDDEN = (".", "~$")


def is_hidden(name: str) -> bool:
    """Tell a file or folder that is none of its user's: hidden, or a mark of Office that another file is open."""
    return name.startswith(_HIDDEN)


def suffix(name: str) -> str:
    """Return the ending of a name, in lower case and with its dot, as ``PurePath.suffix`` tells it; there is no ending
    where nothing stands before or after the dot.
    """
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def readable(name: str) -> str:
    r"""Return the name of one file or folder in NFC.

    Its bytes are read as UTF-8, else as GB18030 (archives made on Chinese Windows leave such names); what is neither is
    kept as ``\xff`` escapes, so that different names stay different.
    """
    return unicodedata.normalize("NFC", decoded_name(os.fsencode(name)))


def decoded_name(raw: bytes) -> str:
    """Return a name of which only the bytes are known as ``readable`` does, not normalised."""
    text = _decoded(raw, "utf-8") or _decoded(raw, "gb18030")
    return raw.decode("utf-8", "backslashreplace") if text is None else text


def readable_path(path: str | os.PathLike[str]) -> str:
    """Return a path of several names, ``/`` between them."""
    return "/".join(map(readable, os.fspath(path).split(os.sep)))  # noqa: PTH206 - an empty first name means the root


def exact(path: str | os.PathLike[str]) -> str:
    """Escape everything in a path that ``readable`` does not keep as it is: tells those apart that look alike."""
    raw = os.fsencode(path)
    text = raw.decode("utf-8", "backslashreplace")
    return "".join(
        character
        if unicodedata.normalize("NFC", character) == character and not unicodedata.combining(character)
        else character.encode("ascii", "backslashreplace").decode()
        for character in text
    )


def _decoded(raw: bytes, codec: str) -> str | None:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    return text if codec == "utf-8" or text.isprintable() else None
