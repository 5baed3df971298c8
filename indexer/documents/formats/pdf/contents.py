"""Tables of contents, whose entries stand in the document once more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.documents.formats.pdf.paragraphs import Paragraph

_TITLE = re.compile(r"目[录錄次]|contents|tableofcontents", re.IGNORECASE)
# What leads from an entry to its page.
_LEADER = re.compile(r"[.…·．。]{2,}[0-9ivxIVX]*$|[.…·．]*[0-9]{1,4}$")
# An entry has no more code points, and so many that stand nowhere else may come between two that do.
_LONGEST = 80
_MOST_OTHERS = 3
_LEAST_ENTRIES = 3
# Entries of a list that has no title.
_LEAST_UNTITLED = 8
# An entry with a leader and its page; a line between two, its rest, has no more code points.
_ENTRY = re.compile(r"(?:(?:[.…·．。⋯]\s?){4,}|-{8,}|\u3000|  )\s*([0-9]{1,4})\s*$")
_LED = re.compile(r"(?:[.…·．。⋯]\s?){4,}|-{8,}")
_SHORT = 40


def without_contents(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Return the paragraphs without tables of contents, and the texts of these.

    One begins at 目录 and goes on as long as what its lines say, without leader and page, comes again further on.
    Entries one after the other that leaders lead from to pages that do not go back are one whatever it is called; so is
    a list at the beginning, all of which comes again as headings.
    """
    keys = [_key(one.text) for one in paragraphs]
    out = {*_led(paragraphs), *_repeated(paragraphs, keys)}
    for index, key in enumerate(keys):
        if _TITLE.fullmatch(key) and (end := _end(keys, index + 1)) > index + _LEAST_ENTRIES:
            out.update(range(index, end))
    kept = [one for index, one in enumerate(paragraphs) if index not in out]
    return kept, [paragraphs[index].text for index in sorted(out)]


def _led(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """Yield the indexes of entries with leaders, where several follow each other, and of the title above them."""
    run: list[int] = []
    last = 0
    for index in range(len(paragraphs) + 1):
        match = _ENTRY.search(paragraphs[index].text) if index < len(paragraphs) else None
        page = int(match[1]) if match else -1
        if match and page >= last and not paragraphs[index].lines[0].cells:
            run.append(index)
            last = page
        elif not run or index == len(paragraphs) or index - run[-1] > 1 or len(paragraphs[index].text) > _SHORT:
            if sum(1 for each in run if _LED.search(paragraphs[each].text)) >= max(_LEAST_ENTRIES, len(run) / 2):
                yield from range(run[0] - _has_title(paragraphs, run[0]), run[-1] + 1)
            run, last = ([index], page) if match else ([], 0)


def _repeated(paragraphs: Sequence[Paragraph], keys: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of a list that opens the document, all of which comes again in its order, larger or bold."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        places[key].append(index)
    first = next((index for index, key in enumerate(keys) if len(places[key]) > 1), len(keys))
    named: dict[int, int] = {}
    last = first
    for index in range(first, len(keys)):
        found = next((place for place in places[keys[index]] if place > max(last, index)), None)
        if found is None or len(keys[index]) > _SHORT or index in named.values():
            break
        named[index] = last = found
    prominent = sum(_stands_out(paragraphs[found], paragraphs[index]) for index, found in named.items())
    if first <= _MOST_OTHERS and len(named) >= _LEAST_UNTITLED and 2 * prominent > len(named):
        yield from named


def _stands_out(heading: Paragraph, entry: Paragraph) -> bool:
    larger = heading.lines[0].size > entry.lines[0].size
    return larger or (bool(heading.bold) and not entry.bold)


def _has_title(paragraphs: Sequence[Paragraph], index: int) -> bool:
    return index > 0 and _TITLE.fullmatch(_key(paragraphs[index - 1].text)) is not None


def _key(text: str) -> str:
    return _LEADER.sub("", "".join(text.split()))


def _end(keys: Sequence[str], start: int) -> int:
    """Where the entries that begin at ``start`` end."""
    last_of = {key: index for index, key in enumerate(keys)}
    first_named: int | None = None
    end = others = 0
    for index in range(start, len(keys)):
        key = keys[index]
        if first_named is not None and index >= first_named:
            break
        if key and len(key) <= _LONGEST and last_of[key] > index:
            first_named = first_named or _next(keys, key, index)
            end, others = index + 1, 0
        else:
            others += 1
            if others > _MOST_OTHERS:
                break
    return end


def _next(keys: Sequence[str], key: str, index: int) -> int:
    return next(other for other in range(index + 1, len(keys)) if keys[other] == key)
