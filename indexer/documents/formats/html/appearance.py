"""How an element of a page looks by its name and attributes: heading, bold, centred."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_TAGS = frozenset({"b", "strong"})
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:(bold|bolder|[6-9]00)|(normal|lighter|[1-5]00))", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(?:(center|-webkit-center)|(\w+))", re.I)
_BOLD_CLASS = re.compile(r"(?:^|[\s_-])(?:bold|strong)(?:$|[\s_-])", re.I)
_CENTER_CLASS = re.compile(r"(?:^|[\s_-])(?:center|centered|aligncenter)(?:$|[\s_-])", re.I)


def is_bold(name: str, attributes: Mapping[str, object], outer: bool) -> bool:
    """Tell whether the text of an element is bold, ``outer`` being so around it."""
    if attributes:
        weight = _WEIGHT.search(str(attributes.get("style", "")))
        if weight:
            return weight[1] is not None
        is_cms_bold = "strong-bold" in str(attributes.get("cms-style", "")).lower()
        if is_cms_bold or _BOLD_CLASS.search(_classes(attributes)):
            return True
    return outer or name in _BOLD_TAGS


def is_centered(name: str, attributes: Mapping[str, object], outer: bool) -> bool:
    """Tell whether the paragraphs of an element are centred, ``outer`` being so around it."""
    if attributes:
        align = _ALIGN.search(str(attributes.get("style", "")))
        if align:
            return align[1] is not None
        # align on a table places the table, not the text in it
        if name != "table" and "align" in attributes:
            return str(attributes["align"]).lower() == "center"
        if _CENTER_CLASS.search(_classes(attributes)):
            return True
    return outer or name == "center"


def _classes(attributes: Mapping[str, object]) -> str:
    value = attributes.get("class", "")
    return " ".join(value) if isinstance(value, list) else str(value)
