"""What the tags of site generators show: Hexo and Jekyll (``{% … %}``), Hugo (``{{< … >}}`` and ``{{% … %}}``)."""

from __future__ import annotations

import re

TAG = re.compile(r"\{%-?[ \t]*(?P<liquid>[^%{}\n]*?)[ \t]*-?%\}|\{\{[<%][ \t]*(?P<hugo>[^{}\n]*?)[ \t]*/?[%>]\}\}")
# Tags around text that is shown as typed.
_VERBATIM = frozenset({"codeblock", "code", "raw", "highlight"})
_PROGRAM = frozenset(
    {
        *("if", "elsif", "else", "unless", "case", "when", "for", "set", "assign", "capture", "include", "extends"),
        *("block", "macro", "import", "tabs", "tag"),
    }
)
_SHOWN_KEYS = ("text", "title", "caption", "label", "summary", "content")
_ATTRIBUTE = re.compile(r"""([\w-]+)[ ]*[=:][ ]*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"',]+)""")
_HAN = re.compile("[\u3400-\u9fff]")
_ADDRESS = re.compile(r"/|\.\w{2,5}$")


def shown(tag: re.Match[str]) -> str:
    """Return the words that a tag, a match of ``TAG``, shows to a reader: its title or text; mostly none."""
    name, _, rest = _inner(tag).partition(" ")
    if name in _PROGRAM or name.startswith(("end", "/")):
        return ""
    attributes = {match[1]: match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(rest)}
    keys = (*_SHOWN_KEYS, "name") if name.startswith("tab") else _SHOWN_KEYS
    titled = next((attributes[key] for key in keys if attributes.get(key)), "")
    return titled or _shown_words(name, _ATTRIBUTE.sub(" ", rest))


def verbatim_end(tag: re.Match[str]) -> re.Pattern[str] | None:
    """Return the pattern of the tag that ends what is shown as typed after ``tag``; None where it opens no such."""
    name = _inner(tag).partition(" ")[0]
    if name not in _VERBATIM:
        return None
    return re.compile(rf"\{{%-?[ \t]*end{name}[ \t]*-?%\}}|\{{\{{[<%][ \t]*/[ \t]*{name}[ \t]*[%>]\}}\}}")


def _inner(tag: re.Match[str]) -> str:
    return (tag["liquid"] if tag["liquid"] is not None else tag["hugo"]).strip()


def _shown_words(name: str, rest: str) -> str:
    words = [match[1] or match[2] or match[3] or "" for match in _WORD.finditer(rest)]
    if name == "heading":
        return " ".join(words)
    return " ".join(word for word in words if _HAN.search(word) and not _ADDRESS.search(word))
