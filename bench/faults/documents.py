"""Documents that are broken: mutated, pathological, unreadable. The rest is committed, and each failure has a sentence.

Each trial indexes a broken file between two sound ones, which must be found afterwards, and reads it alone: a file that
is neither in the index nor among the failures was lost without a word.
"""

from __future__ import annotations

import itertools
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import indexer
from bench.faults import Trial, fault, too_dear
from indexer.documents import FORMATS

# Seconds of CPU that a mutated file of some kB, or one piece repeated, may take: many times what it needs.
_LONGEST = 20.0
_REPEATED = 20_000

_TEXT = "为了保障数据安全，促进数据开发利用，制定本法。国家建立数据安全审查制度，依法作出的决定为最终决定。"
_LINES = (
    "第一章　总则",
    f"第一条　{_TEXT}",
    "一、背景",
    f"（一）{_TEXT}",
    "图1　变化情况",
    "数据来源：统计局",
    "1.1 方法",
    _TEXT,
)
_FRONT = "---\ntitle: 数据安全\ndate: 2021-06-10\ntags: [法律, 数据]\nauthor: 某某\n---\n"
_SEEDS = {
    "html": (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>题</title><meta name=author content=某></head><body>'
        "<h1>题</h1>"
        + "".join(f"<p><strong>{line[:4]}</strong>{line[4:]}</p>" for line in _LINES)
        + "<table><tr><th>年</th><td>一<br>二</td></tr><tr><td>2021</td>"
        "<td><table><tr><td>内</td></tr></table></td></tr>"
        "</table><ul><li>甲<ul><li>乙</ul></ul><dl><dt>词<dd>义</dl><ruby>汉<rt>han</ruby><pre>a\n\n b</pre><!-- 注 -->"
        "<script>var a = '<p>'</script><div class=\"share\">分享</div></body></html>",
    ),
    "markdown": (
        _FRONT
        + "# 题\n\n"
        + "\n\n".join(f"## {line}\n\n**{line[:3]}** {line}" for line in _LINES)
        + "\n\n- 甲\n  - 乙\n\n1. 一\n2. 二\n\n> 引\n> > 再引\n\n| 年 | 数 |\n| - | -: |\n| 2021 | 5 |\n"
        "\n```py\nx = 1\n```\n\n"
        '[链](http://example.org/a "题") ![图](x.png) `码` ~~删~~ <b>粗</b> &amp; [^1]\n'
        "\n[^1]: 注\n\n::: tip 提示\n内\n:::\n",
    ),
    "csv": (
        '年份,地区,数值\n2021,北京,5\n2022,上海,"6,5"\n' + "".join(f"{line[:4]},{line[4:]},1\n" for line in _LINES),
    ),
    "mail": (
        "Subject: 题\nFrom: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\n"
        + "\n".join(_LINES)
        + "\n--b\nContent-Type: text/html\n\n<p>段</p>\n--b--\n",
    ),
    "text": (
        "　　　　　　题\n\n" + "\n".join(f"　　{line}" for line in _LINES) + "\n\n" + "\n".join(_LINES) + "\n",
        _FRONT + _TEXT,
    ),
}
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "cp950", "utf-16", "utf-16-le", "utf-32")
_JUNK = (
    *(b"\x00", b"\xff", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b[2J", b"\r", b"\x0c", b"\x1a", b"\x1e", b"\x85"),
    *("\u202e".encode(), "\u2028".encode(), "\ufffe".encode(), b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf", "ﷺ".encode()),
    *(b"<", b">", b"<!--", b"-->", b"<![CDATA[", b"<?", b"&#0;", b"&#x110000;", b"&#xD800;", b"</p>", b"<table><tr>"),
    *(
        b"---\n",
        b"...\n",
        b"*a: &a [*a]\n",
        b"- !!python/object:os.system\n",
        b"[",
        b"**",
        b"```",
        b"\n\n",
        b"\t",
        b"> " * 50,
    ),
    *("第一条".encode(), "（一）".encode(), "〇".encode() * 99, b"9" * 5000, "字".encode() * 3000, b"<b>" * 300),
)


def _mutated(random: Random, format_name: str) -> bytes:
    data = bytearray(random.choice(_SEEDS[format_name]).encode(random.choice(_ENCODINGS), "ignore"))
    for _ in range(random.choice((1, 1, 2, 4, 16, 64))):
        random.choice(_MUTATIONS)(random, data)
    return bytes(data)


def _flip(random: Random, data: bytearray) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _insert(random: Random, data: bytearray) -> None:
    at = random.randint(0, len(data))
    data[at:at] = random.choice(_JUNK)


def _repeat(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    piece = data[start : start + random.randint(1, 40)]
    data[start:start] = piece * random.choice((2, 9, 200))


def _delete(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    del data[start : start + random.choice((1, 2, 40, 400))]


def _move(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    piece = data[start : start + random.randint(1, 200)]
    del data[start : start + len(piece)]
    at = random.randint(0, len(data))
    data[at:at] = piece


def _truncate(random: Random, data: bytearray) -> None:
    if random.random() < 0.3:
        del data[random.randint(0, len(data)) :]


def _append_other(random: Random, data: bytearray) -> None:
    data += random.choice(_SEEDS["text"]).encode(random.choice(_ENCODINGS), "ignore")


_MUTATIONS: tuple[Callable[[Random, bytearray], None], ...] = (
    *(_flip, _insert, _insert, _repeat, _delete, _move, _truncate, _append_other),
)


class _Corpus:
    """An index with two sound documents, one before and one after the broken one."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "文"
        self.files.mkdir()
        for name in ("a前", "z后"):
            (self.files / f"{name}.txt").write_text(f"{name}，完好的一段。", "utf-8")
        self.index = indexer.create_index(folder / "index")
        self._numbers = itertools.count()

    def try_file(self, name: str, put: Callable[[Path], None], *, workers: int | None = None) -> str:
        """Index the folder with such a file in it; what was lost or wrong."""
        file = self.files / f"m{next(self._numbers)}{name}"
        put(file)
        for sound in self.files.glob("[az]*.txt"):  # read again each time, beside the broken one
            sound.write_text(f"{sound.stem}，完好的一段，第 {next(self._numbers)} 次。", "utf-8")
        started = time.process_time()
        try:
            report = self.index.update([self.files], prune=True, workers=workers)
        finally:
            file.unlink()
        seconds = time.process_time() - started
        return self._wrong(f"文/{file.name}", report, seconds)

    def _wrong(self, path: str, report: indexer.UpdateReport, seconds: float) -> str:
        if too_dear(seconds, _LONGEST):
            return f"took {seconds:.0f} s of CPU"
        if self.index.search("完好的一段", match="exact").total < 2:
            return "a sound document is lost"
        reasons = [failure.reason for failure in report.failed if failure.path == path]
        if reasons:
            return _badly_said(reasons[0])
        if path not in (*report.added, *report.updated, *report.renamed, *report.unchanged):
            return "neither read nor reported"
        return "a failure without a file" if report.failed else ""

    def close(self) -> None:
        self.index.close()


def _badly_said(sentence: str) -> str:
    """What is wrong with the reason of a failure: it must be sentences for the user, not an error of ours."""
    if not re.search("[\u4e00-\u9fff]", sentence) or not sentence.endswith("。") or "程序出了错" in sentence:
        return f"badly said: {sentence}"
    return ""


def _mutations(format_name: str, suffix: str) -> Callable[[Path], Iterator[Trial]]:
    def prepare(folder: Path) -> Iterator[Trial]:
        corpus = _Corpus(folder)

        def trial(random: Random) -> str:
            content = _mutated(random, format_name)
            return corpus.try_file(suffix, lambda file: _write(file, content))

        yield trial
        corpus.close()

    return prepare


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


# Those of text; of zipped ones a changed byte mostly ends at a checksum, so their tests change what is inside.
for _format in (entry for entry in FORMATS if entry.name in _SEEDS):
    fault(f"mutated documents: {_format.name}", short=30, faults=400, endurance=2000)(
        _mutations(_format.name, _format.suffixes[0])
    )


# Each repeated so often that whatever is quadratic in it hangs.
_PIECES = {
    ".html": (
        *(
            "<p>x",
            "<b>x",
            "<div>x",
            "<li>x",
            "<ul><li>x",
            "<table><tr><td>x",
            "<td>x",
            "<dt>x",
            "<dl><dd>x",
            "<a href=x>x",
        ),
        *(
            "<br>x",
            "<br>",
            "<!--x",
            "<ruby>x<rt>y",
            "<h1>x",
            "<h2>第一章 x",
            "<script>",
            "<p>第一条 x",
            "<pre>x\n\n",
            "&",
            "<",
        ),
        *("<x y='", "<p style='font-weight:bold'>x", "<nav>x", "</p>", "<select><option>x", "<meta name=a content=b>"),
    ),
    ".md": (
        *(
            "<p>x",
            "x\n",
            "x\n\n",
            "# x\n",
            "- x\n",
            "> ",
            "- ",
            "**x",
            "_x",
            "`x",
            "[x](",
            "![x](",
            "|x|y|\n|-|-|\n",
            "1. x\n",
        ),
        *("<b>", "&x", "\\", "~~x", "```\n", "    x\n", "第一条 x\n", "[^1]: x\n", "[x]: y\n", "===\nx\n", ":::\n"),
    ),
    ".txt": (
        "x\n",
        "x",
        "字",
        "第一条 x\n",
        "（一）x\n",
        "　　x\n",
        " ",
        "\n",
        "图1 x\n",
        "---\n",
        "x\t",
        "1.1 x\n",
        "“x",
        "（",
    ),
}


@fault("one piece repeated 20,000 times", short=4, faults=50, endurance=200)
def repeated_pieces(folder: Path) -> Iterator[Trial]:
    """Files that are one piece over and over, of which real attacks on parsers consist."""
    corpus = _Corpus(folder)
    every = [(suffix, piece) for suffix, pieces in _PIECES.items() for piece in pieces]

    def trial(random: Random) -> str:
        suffix, piece = random.choice(every)
        said = corpus.try_file(suffix, lambda file: _write(file, (piece * _REPEATED).encode()))
        return said and f"{piece!r} in {suffix}: {said}"

    yield trial
    corpus.close()


@fault("files that are none, too large, or too long without a break", short=9, faults=36, endurance=180)
def hostile_files(folder: Path) -> Iterator[Trial]:
    """Pipes, links out of the folder, sparse files, unbroken runs, huge titles; some must be read, the others named."""
    corpus = _Corpus(folder)
    (folder / "外.txt").write_text("不该进索引的秘密。", "utf-8")
    turns = itertools.count()

    def sparse(file: Path) -> None:
        with file.open("wb") as stream:
            stream.truncate(3 << 30)

    hostile: tuple[tuple[str, Callable[[Path], None], bool], ...] = (
        (".txt", os.mkfifo, False),
        (".txt", lambda file: file.symlink_to(folder / "外.txt"), False),
        (".d", lambda file: file.symlink_to("/etc"), False),
        (".txt", lambda file: file.symlink_to("/dev/zero"), False),
        (".txt", sparse, False),
        (".txt", lambda file: _write(file, b"x" * 0x110000), True),
        (".md", lambda file: _write(file, ("# " + "题" * 1_700_000).encode()), True),
        (".md", lambda file: _write(file, ("---\ntitle: " + "题" * 1_700_000 + "\n---\n文").encode()), True),
        (".html", lambda file: _write(file, ("<title>" + "7" * 1_200_000 + "</title><p>文").encode()), True),
    )

    def trial(random: Random) -> str:
        suffix, put, readable = hostile[next(turns) % len(hostile)]
        workers = random.choice((None, None, 2))
        before = corpus.index.stats().documents
        said = corpus.try_file(suffix, put, workers=workers)
        if not said and corpus.index.search("不该进索引的秘密").total:
            return "a link was followed out of the folder"
        if not said and before == 2 and readable != (corpus.index.stats().documents == 3):
            return f"{suffix} was {'refused' if readable else 'read'}"
        corpus.index.update([corpus.files], prune=True)
        return said

    yield trial
    corpus.close()
