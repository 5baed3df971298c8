"""What Chromium shows of the text of pages, and strings cut from it."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Page

# Where each generator puts the text, and what it shows in it that is no part of it.
TEXTS = {
    "mkdocs": "article",
    "sphinx": "[role=main]",
    "vitepress": ".vp-doc",
    "docusaurus": "main article",
    "hugo": "main",
}
_TOOLS = (
    ".headerlink, .header-anchor, .hash-link, .md-source-file, .md-content__button, .theme-doc-footer, nav, button,"
    ".theme-doc-toc-mobile, .lang, .line-numbers-wrapper, .linenos, iframe"
)
_SHOWN = """([selector, tools]) => {
  const text = document.querySelector(selector) ?? document.body;
  for (const tool of text.querySelectorAll(tools)) tool.style.display = "none";
  return text.innerText;
}"""
_HAN = re.compile(r"[\u3400-\u9fff]")


def shown(page: Page, generator: str) -> str:
    """Return the text of a page as it is shown, in lower case."""
    text: str = page.evaluate(_SHOWN, [TEXTS[generator], _TOOLS])
    return text.casefold()


def cut_strings(texts: Mapping[str, str], count: int, seed: int) -> list[str]:
    """Cut strings of 2 to 8 characters, with Chinese in each, out of the lines of pages."""
    chosen = random.Random(seed)
    lines = [line for text in texts.values() for line in map(str.strip, re.split(r"[\n\t]+", text)) if len(line) >= 2]
    found: dict[str, None] = {}
    for _ in range(100 * count):
        line = chosen.choice(lines)
        size = chosen.randint(2, 8)
        start = chosen.randrange(max(1, len(line) - size + 1))
        string = line[start : start + size]
        if len(string) >= 2 and string == string.strip() and _HAN.search(string) and '"' not in string:
            found[string] = None
        if len(found) == count:
            break
    return list(found)


def counts(texts: Mapping[str, str], strings: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return string → page → how many times Ctrl+F counts it there."""
    return {string: {path: n for path, text in texts.items() if (n := text.count(string))} for string in strings}
