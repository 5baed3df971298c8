"""The export as a folder: shards and columns written under a new generation, ``index.json`` last, the old one then."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from indexer.analysis import Analyzer
from indexer.analysis.abbreviations import abbreviations_of
from indexer.analysis.fold import is_han, simplified_forms
from indexer.analysis.wordings import other_wordings
from indexer.engines.contract import Titled
from indexer.errors import IndexBusy, IndexUnavailable, reason
from indexer.index.index import Index
from indexer.model import Document, ExportReport, Role
from indexer.model.ids import permalink
from indexer.search.completion import Completable
from indexer.search.searched_corpus import names_of
from indexer.serialize.objects import passage_to_dict
from indexer.static_export.columns import KINDS, Rows, characters, gather
from indexer.static_export.completions import Completions
from indexer.static_export.dictionary import dictionary_files, folding_table, query_words
from indexer.static_export.own_files import OwnFiles
from indexer.static_export.postings import Postings
from indexer.static_export.shards import compress, cut, signed, table, varint, varints
from indexer.static_export.site_links import SiteLinks

# Raised whenever the files change shape; the JavaScript refuses another one.
FORMAT = 2
# So many blocks of texts share a file of cuts, and of digests.
_BLOCKS_OF_GROUP = 16
# A line of JavaScript that is nothing but (part of) a comment.
_COMMENT = re.compile(r"\s*(?://|/\*\*|\*(?: |/|$))")
ENTRANCE = "index.json"
# What hosts show for a folder, and what keeps them from listing the folders below: it leads to the one above all.
PAGE = "index.html"
_DOOR = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>寻章</title>'
    '<p><a href="{up}">检索 · Search</a></p>\n'
)
# Bytes of a shard before compression, about: words of the dictionary compress better than gaps.
DICTIONARY_SHARD, POSTINGS_SHARD, TEXTS_SHARD, COMPLETIONS_SHARD = 3_000, 4_000, 6_000, 4_000
# What exports of this format did not always have: the JavaScript looks whether it is there.
EXTRAS = ("copies", "digests", "completions")


def export_static(
    index: Index, folder: Path, scripts: Mapping[str, str] | None = None, pages: Mapping[str, str] | None = None
) -> ExportReport:
    """Write ``index`` into ``folder`` as files that any static host serves.

    An export that is there is replaced; pages that were opened before say so and ask to be loaded again.

    Args:
        index: what is to be searched.
        folder: made if need be.
        scripts: name → text of what is written beside the engine, the widget for example.
        pages: likewise, of pages to search and read in. None is written where the folder has an ``index.html`` that no
            export wrote.

    Raises:
        BadParameter: the folder holds something that no export wrote.
        IndexBusy: the index was changed meanwhile.
        IndexUnavailable: the folder cannot be written.
    """
    rows, completables = _read(index)
    return write_export(rows, index.analyzer, folder, scripts, pages, completables=completables)


def write_export(
    rows: Rows,
    analyzer: Analyzer,
    folder: Path,
    scripts: Mapping[str, str] | None = None,
    pages: Mapping[str, str] | None = None,
    *,
    completables: Sequence[Completable] = (),
    links: SiteLinks | None = None,
) -> ExportReport:
    """Write rows as an export, with what may be offered to those who type; ``links`` where they are pages of a site.

    Raises as ``export_static`` does.
    """
    files = dict(_files(rows, completables, analyzer, links))
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    generation = digest.hexdigest()[:12]
    contents = {f"{generation}/{name}": content for name, content in files.items()}
    contents |= {f"engine/{name}": text.encode() for name, text in _engine()}
    contents |= _encoded(scripts or {})
    contents[ENTRANCE] = f"{json.dumps({'format': FORMAT, 'generation': generation})}\n".encode()
    try:
        written = _write(folder, contents, _encoded(pages or {}))
    except OSError as error:
        raise IndexUnavailable(f"目录 {folder} 写不进去：{reason(error)}。", "请检查权限和磁盘空间。") from error
    return ExportReport(
        generation=generation,
        documents=len(rows.documents),
        passages=len(rows.passages),
        files=len(written),
        bytes=sum(map(len, written.values())),
        core=len(files["core"]),
        pages=PAGE in written,
    )


def _read(index: Index) -> tuple[Rows, Sequence[Completable]]:
    """All rows of one commit, and what may be offered to those who type."""
    generation = index.generation
    documents = index.documents()
    rows = gather(((document, index.passages(document.id)) for document in documents), index.analyzer)
    completables = index.completables()
    index.documents()  # takes up whatever was committed meanwhile
    if index.generation != generation:
        raise IndexBusy("导出的时候索引有了新的提交。", "请等建索引的任务结束后再导出。")
    return rows, completables


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items()}


def _write(
    folder: Path, contents: Mapping[str, bytes], pages: Mapping[str, bytes] | None = None
) -> Mapping[str, bytes]:
    """Everything first, then the entrance, which names it, then away with what was there before.

    Returns:
        What was written: with the pages, if the folder's page is not somebody else's, and with one in each folder.
    """
    own = OwnFiles(folder)
    contents = {**contents, **({} if own.is_anothers(PAGE) else pages or {})}
    contents |= {name: door for name, door in _doors(contents).items() if not own.is_anothers(name)}
    beside, before = f"{ENTRANCE}.new", own.names
    own.claim((*contents, beside))
    try:
        for name, content in contents.items():
            path = folder / (beside if name == ENTRANCE else name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / beside).replace(folder / ENTRANCE)
    except OSError:
        with suppress(OSError):
            own.keep_only(before)  # else what was begun would fill the disk that was full
        raise
    own.keep_only(contents)
    return contents


def _doors(names: Iterable[str]) -> dict[str, bytes]:
    """A page for each folder of ours, so that no host lists what is in it."""
    folders = {above for name in names for above in PurePosixPath(name).parents if above.parts}
    return {f"{each}/{PAGE}": _DOOR.format(up="../" * len(each.parts)).encode() for each in folders}


def _engine() -> Iterator[tuple[str, str]]:
    """The JavaScript, without the lines that are comments, and without indentation."""
    return _modules(resources.files("webui").joinpath("static/engine"), "")


def _modules(source: Traversable, below: str) -> Iterator[tuple[str, str]]:
    for module in source.iterdir():
        if module.is_dir():
            yield from _modules(module, f"{below}{module.name}/")
        elif module.name.endswith(".js"):
            code = [line for line in module.read_text("utf-8").splitlines() if not _COMMENT.match(line)]
            yield f"{below}{module.name}", "\n".join(map(str.lstrip, code)) + "\n"


# ── what the files hold ──────────────────────────────────────────────────────────────────────────────────────────────


def _files(
    rows: Rows, completables: Sequence[Completable], analyzer: Analyzer, links: SiteLinks | None
) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file below the generation."""
    firsts: dict[str, list[str]] = {}
    postings = Postings(rows)
    kinds: dict[str, Callable[[], Iterable[tuple[str, bytes]]]] = {
        "pairs": postings.pairs,
        "characters": postings.characters,
        "words": postings.words,
    }
    for kind, entries in kinds.items():
        shards = list(cut(entries(), POSTINGS_SHARD))
        firsts[kind] = [shard[0][0] for shard in shards]
        yield from _numbered(kind, map(table, shards))
    dictionary = dictionary_files(analyzer, DICTIONARY_SHARD)
    firsts["dictionary"] = [first for first, _ in dictionary]
    yield from ((f"dictionary/{number}", content) for number, (_, content) in enumerate(dictionary))
    blocks = _blocks(rows)
    yield from _numbered("texts", (_texts(rows, *block, links) for block in blocks))
    groups = [blocks[at : at + _BLOCKS_OF_GROUP] for at in range(0, len(blocks), _BLOCKS_OF_GROUP)]
    yield from _numbered("cuts", (_cuts(rows, group[0][0], group[-1][1]) for group in groups))
    yield from _numbered("digests", (_digests(rows, group[0][0], group[-1][1]) for group in groups))
    yield "copies", compress(_copies(rows))
    completions = list(cut(Completions(completables, rows).entries(), COMPLETIONS_SHARD))
    yield "completions/firsts", compress(_json([shard[0][0] for shard in completions]))
    yield from _numbered("completions", map(table, completions))
    yield "folding", compress(folding_table())
    yield "regional", compress(_json(other_wordings()))
    yield "core", _core(rows, firsts, [start for start, _ in blocks], analyzer, links)


def _numbered(kind: str, contents: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, content in enumerate(contents):
        yield f"{kind}/{number}", compress(content)


def _blocks(rows: Rows) -> list[tuple[int, int]]:
    """Ranges of rows whose texts go into one file."""
    blocks, start, size = [], 0, 0
    for row, passage in enumerate(rows.passages):
        added = len(passage.text.encode("utf-8", "replace"))
        if size and size + added > TEXTS_SHARD:
            blocks.append((start, row))
            start, size = row, 0
        size += added
    if rows.passages:
        blocks.append((start, len(rows.passages)))
    return blocks


def _texts(rows: Rows, start: int, end: int, links: SiteLinks | None) -> bytes:
    """JSON: the texts, the digests that end their permalinks, of those that have any what is bold and the pictures,
    and in a site what leads to them on their pages.
    """
    passages = rows.passages[start:end]
    texts = [passage.text.encode("utf-8", "replace").decode() for passage in passages]
    emphasis = {at: passage.emphasis for at, passage in enumerate(passages) if passage.emphasis}
    spots = [spot.as_json() for spot in links.spots[start:end]] if links else []
    pictures = {at: passage_to_dict(passage)["pictures"] for at, passage in enumerate(passages) if passage.pictures}
    extras = {"emphasis": emphasis, "pictures": pictures, "spots": spots}
    told = {name: value for name, value in extras.items() if value}
    return _json({"texts": texts, "digests": _digests(rows, start, end).hex(), **told})


def _digests(rows: Rows, start: int, end: int) -> bytes:
    """For each row the digest that ends its permalink."""
    return bytes.fromhex("".join(permalink(passage).rpartition(".")[2] for passage in rows.passages[start:end]))


def _cuts(rows: Rows, start: int, end: int) -> bytes:
    """For each row the number of its pieces and their lengths."""
    return varints([n for lengths in rows.lengths[start:end] for n in (len(lengths), *lengths)])[0]


def _copies(rows: Rows) -> bytes:
    """For each row whose text an earlier row has the gap to it, and how far before it the first such row is."""
    gaps = np.diff(list(rows.copies), prepend=0).tolist()
    return varints(
        [n for gap, (row, first) in zip(gaps, rows.copies.items(), strict=True) for n in (gap, row - first)]
    )[0]


def _core(
    rows: Rows, firsts: dict[str, list[str]], blocks: list[int], analyzer: Analyzer, links: SiteLinks | None
) -> bytes:
    """A JSON object, its size before it, and the columns after it, whose sizes it holds."""
    known = sorted(filter(is_han, characters(rows)))  # what folds them is here; other Han characters need ``folding``
    numbers = {**_columns(rows, blocks), **_topics(rows), "known": np.diff(list(map(ord, known)), prepend=0)}
    columns = {name: varints(values)[0] for name, values in numbers.items()}
    about: dict[str, Any] = {
        "kinds": [kind.value for kind in KINDS],
        "pages": {row: [one.page, one.page_end] for row, one in enumerate(rows.passages) if one.page is not None},
        "roles": {row: one.role.value for row, one in enumerate(rows.passages) if one.role is not Role.BODY},
        "documents": list(map(_document, rows.documents)),
        "names": list(rows.names),
        "titles": _titles(rows),
        "topics": [None if _is_heading(topics, rows) else topics for topics in rows.topic_sets],
        "forms": [[char, form] for char, form in simplified_forms().items() if char in known or not is_han(char)],
        "firsts": firsts,
        "extras": list(EXTRAS),
        "query": query_words(analyzer),
        "columns": {name: len(values) for name, values in columns.items()},
        **({"site": {"root": links.root, "addresses": links.addresses}} if links else {}),
    }
    head = _json(about)
    return compress(b"".join((varint(len(head)), head, *columns.values())))


def _document(document: Document) -> list[Any]:
    """What the browser knows of a document, in the order in which ``corpus.js`` reads it."""
    about = document.id, document.title, document.path, document.url, document.date, document.tags
    recognized = [document.recognized_pages] if document.recognized_pages else []
    return [*about, document.work, document.fields, *recognized]


def _titles(rows: Rows) -> dict[str, list[int]]:
    """What documents are called, and the numbers of those that are."""
    numbers = {document.id: number for number, document in enumerate(rows.documents)}
    told = abbreviations_of((passage.text for passage in rows.passages), rows.chars)
    names = names_of(map(Titled.of, rows.documents), (each for _, each in told)).documents
    return {name: [numbers[each] for each in ids] for name, ids in sorted(names.items())}


def _is_heading(topics: tuple[str, ...], rows: Rows) -> bool:
    """Whether a row's topics are one that ends a heading, as most do."""
    return len(topics) == 1 and topics[0] in rows.labels


def _topics(rows: Rows) -> dict[str, Any]:
    """For topics that end a heading the number of that heading (gaps), and where in it the topic begins."""
    found = [rows.labels[topics[0]] for topics in rows.topic_sets if _is_heading(topics, rows)]
    names = np.array([name for name, _ in found], dtype=np.int64)
    return {
        "topics": _gaps(rows.topics),
        "topic_names": _gaps(names),
        "topic_starts": [start for _, start in found],
    }


def _gaps(values: Any) -> Any:
    """The differences between numbers that follow each other."""
    return signed(np.diff(np.array(values, dtype=np.int64), prepend=0))


def _columns(rows: Rows, blocks: list[int]) -> dict[str, Any]:
    """Columns of numbers that are not negative."""
    sizes = np.array(list(map(len, rows.chars)), dtype=np.int64)
    words = np.array(list(map(len, rows.words)), dtype=np.int64)
    return {
        "first_rows": np.diff(rows.first_rows, prepend=0),
        "nodes": _gaps(rows.nodes),
        "kinds": [KINDS.index(passage.kind) for passage in rows.passages],
        "characters": sizes,
        # How many words so many characters are is nearly known: those of rows of the same size, one after the other,
        # compress best.
        "words": words[np.argsort(sizes, kind="stable")],
        "parents": [node - parent for node, parent in enumerate(rows.parents)],
        "headings": list(_headings(rows.headings)),
        "blocks": np.diff(blocks, prepend=0),
    }


def _headings(numbers: Iterable[int]) -> Iterator[int]:
    """0 for a heading that is new, whose number is the next; else the distance from the last one that was not."""
    new = last = 0
    for number in numbers:
        if number == new:
            new += 1
            yield 0
        else:
            yield 1 + int(signed(number - last))
            last = number


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
