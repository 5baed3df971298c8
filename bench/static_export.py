"""``python -m bench.static_export``: what a search of the static export moves and takes, beside Pagefind.

Both are run in Node on files from the disk, so that milliseconds hold no network. Every search is the first of a visit
unless it says otherwise. Pagefind gets one page for each section (article); it is used if ``--pagefind`` names a folder
with its npm package. Recall is over pieces of passages: of the sections that hold one literally, how many are found.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import indexer
from bench import ROOT, SHARED
from indexer.analysis.fold import fold_key
from indexer.index.index import Index
from indexer.static_export import export_static

TYPICAL = [
    "数据安全",
    "未成年人 网络保护",
    "劳动合同解除",
    "个人信息",
    "第十二条",
    "违约责任",
    "离婚 财产分割",
    "环境影响评价",
    "数据安全监督管理",
    "食品安全 处罚",
    "试用期最长多久",
    "公司破产清算的程序",
    "刑事责任年龄",
    "消费者 七日 退货",
    "土地承包经营权",
]
SHOWN = 10
DRIVER = ROOT / "tests" / "static_export" / "driver.mjs"
PAGEFIND_DRIVER = Path(__file__).with_suffix(".mjs")
_PIECES = 100


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=SHARED / "corpora" / "just-laws")
    parser.add_argument("--pagefind", type=Path, help="folder in which npm installed pagefind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with indexer.create_index(folder / "index") as index:
            index.update([options.corpus if options.corpus.is_dir() else ROOT / "docs"])
            _ours(index, folder / "export")
            if options.pagefind:
                _pagefind(index, folder / "site", options.pagefind)


def _ours(index: Index, folder: Path) -> None:
    report = export_static(index, folder)
    code = [file.read_bytes() for file in (folder / "engine").rglob("*.js")]
    print(
        f"export: {report.files} files, {report.bytes / 1e6:.1f} MB, {report.passages} passages; core {report.core} B"
    )
    print(f"code: {sum(map(len, code))} B in {len(code)} modules, {sum(map(_zipped, code))} B gzipped")
    first = _ask(DRIVER, folder, [{"q": query, "limit": SHOWN, "reopen": True} for query in TYPICAL])
    _print("first search", first)
    later = _ask(DRIVER, folder, [{"q": query, "limit": SHOWN} for query in TYPICAL])
    bytes_after = [each["moved"]["bytes"] for each in later]
    for before, each in zip([0, *bytes_after], later, strict=False):
        each["moved"]["bytes"] -= before
    _print("later searches", later[1:])
    pieces = list(_pieces(index))
    answers = _ask(
        DRIVER, folder, [{"q": f'"{piece}"', "match": "exact", "limit": 0, "facets": []} for piece in pieces]
    )
    folded = list(_folded(index))
    truth = [sum(piece in text for text in folded) for piece in pieces]
    found = [answer["answer"]["total"] for answer in answers]
    print(f"recall of {len(pieces)} pieces of 2 to 4 characters: {_share(found, truth):.3f} of passages")


def _print(name: str, answers: Sequence[dict[str, Any]]) -> None:
    moved = [answer["moved"]["bytes"] / 1e3 for answer in answers]
    taken = [answer["milliseconds"] for answer in answers]
    print(
        f"{name}: median {statistics.median(moved):.0f} kB, worst {max(moved):.0f} kB;"
        f" median {statistics.median(taken):.0f} ms, worst {max(taken):.0f} ms"
    )


def _zipped(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def _ask(driver: Path, folder: Path, requests: Sequence[dict[str, Any]], *arguments: str) -> list[dict[str, Any]]:
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    command = ["node", str(driver), str(folder), *arguments]
    run = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


# ── Pagefind ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pagefind(index: Index, site: Path, package: Path) -> None:
    pages = _write_pages(index, site)
    subprocess.run([package / "node_modules" / ".bin" / "pagefind", "--site", site], check=True, capture_output=True)
    files = [file for file in (site / "pagefind").rglob("*") if file.is_file()]
    print(
        f"Pagefind: {len(pages)} pages, {len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB"
    )
    answers = _ask(PAGEFIND_DRIVER, site, [{"q": query} for query in TYPICAL], str(SHOWN))
    _print("Pagefind, first search", answers)
    for query, answer in zip(TYPICAL, answers, strict=True):
        print(f"  {query}: {answer['total']} pages, {answer['moved']['bytes'] / 1e3:.0f} kB")
    pieces = list(_pieces(index))
    for name, form in (("plain", "{}"), ("quoted", '"{}"')):
        answers = _ask(PAGEFIND_DRIVER, site, [{"q": form.format(piece), "all": True} for piece in pieces], "0")
        truth, found, said = [], [], 0
        for piece, answer in zip(pieces, answers, strict=True):
            holding = {f"/{page}.html" for page, text in pages.items() if piece in text}
            truth.append(len(holding))
            found.append(len(holding.intersection(answer["urls"])))
            said += len(answer["urls"])
        precision = sum(found) / max(1, said)
        print(f"Pagefind, {name}: recall {_share(found, truth):.3f} of sections, precision {precision:.3f}")


def _write_pages(index: Index, site: Path) -> dict[str, str]:
    """One page for each section of each document; name → folded text of its passages, parted by line breaks."""
    site.mkdir()
    pages: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for number, document in enumerate(index.documents()):
        names: dict[tuple[str, ...], str] = {}
        for passage in index.passages(document.id):
            name = names.setdefault(passage.section, f"{number}-{len(names)}")
            pages.setdefault(name, []).append(passage.text)
            titles[name] = " ".join((document.title, *passage.section))
    for name, texts in pages.items():
        body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
        page = f'<html lang="zh-cn"><head><title>{html.escape(titles[name])}</title></head><body>{body}</body></html>'
        (site / f"{name}.html").write_text(page, "utf-8")
    return {name: "\n".join(map(fold_key, texts)) for name, texts in pages.items()}


# ── recall ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pieces(index: Index) -> Iterator[str]:
    """Pieces of body texts, of Han characters only, folded."""
    choices = random.Random(11)
    texts = list(_folded(index))
    wanted = _PIECES
    while wanted:
        text, size = choices.choice(texts), choices.randint(2, 4)
        start = choices.randrange(max(1, len(text) - size + 1))
        piece = text[start : start + size]
        if len(piece) == size and all("\u4e00" <= char <= "\u9fff" for char in piece):
            wanted -= 1
            yield piece


def _folded(index: Index) -> Iterator[str]:
    for document in index.documents():
        yield from (fold_key(passage.text) for passage in index.passages(document.id))


def _share(found: Sequence[int], truth: Sequence[int]) -> float:
    return sum(map(min, found, truth)) / sum(truth)


if __name__ == "__main__":
    main()
