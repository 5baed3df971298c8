"""Which classes of a book's stylesheets are bold or centred, and pages whose elements say so themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\s*[\w-]*\.([\w-]+)\s*")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.I)
_CLASSES = re.compile(r"""(<[A-Za-z][^<>]*?\sclass\s*=\s*)("[^"<>]*"|'[^'<>]*')""")


def shown_classes(stylesheets: Iterable[str]) -> Mapping[str, str]:
    """Return class → how its elements look, in the words that ``formats.html`` knows: ``bold``, ``center``.

    Only selectors of one class are looked at.
    """
    looks: dict[str, set[str]] = {}
    for sheet in stylesheets:
        for selectors, declarations in _RULE.findall(_COMMENT.sub("", sheet)):
            words = {word for word, look in (("bold", _BOLD), ("center", _CENTERED)) if look.search(declarations)}
            for selector in selectors.split(",") if words else ():
                if match := _CLASS.fullmatch(selector):
                    looks.setdefault(match[1], set()).update(words)
    return {name: " ".join(sorted(words)) for name, words in looks.items()}


def with_looks(page: str, looks: Mapping[str, str]) -> str:
    """Return a page whose elements have, beside their classes, those that say how they look."""

    def classes(match: re.Match[str]) -> str:
        names = match[2][1:-1].split()
        words = dict.fromkeys(word for name in names for word in looks.get(name, "").split())
        return f'{match[1]}"{" ".join([*names, *words])}"' if words else match[0]

    return _CLASSES.sub(classes, page) if looks else page
