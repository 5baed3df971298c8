"""What several test modules need: small analysed corpora, engines by name, and strategies that make them."""

from __future__ import annotations

import os
import signal
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.engines import NAMES, load
from indexer.engines.contract import Engine
from indexer.index.index import Index
from indexer.model import AnalyzedDocument, Document, Kind, Passage, Picture, Role, SectionVector
from indexer.model.manifest import Manifest
from indexer.model.vectors import DIGEST_BYTES
from tests.opensearch_pool import Pool

ROOT = Path(__file__).parent.parent
ANALYZER = Analyzer()
# What an index says of itself whose documents come from no file.
MANIFEST = Manifest(ANALYZER.fingerprint()).dumps()
Make = Callable[..., Index]
# Those that need nothing beside the program; what needs a server has tests of its own (tests/engines/opensearch).
ENGINES = tuple(name for name in NAMES if name != "opensearch")
# What the environment may say to tests: where data beside the project are, and a cluster of OpenSearch to use.
FOR_TESTS = ("XUNZHANG_SHARED", "XUNZHANG_TEST_OPENSEARCH")

# Few characters, so that they meet often; marks of both widths, white space, what takes no room, Latin, digits,
# traditional and rare ones among them.
CHARACTERS = "数据安全税收法条第十二1a5G 　，,。（()）發发〇𠀀\n\u200b"
SECTIONS = (
    (),
    ("第一章 总则",),
    ("第一章 总则", "第一条"),
    ("第一章 总则", "第二条"),
    ("二、数据",),
    ("二、数据", "a/b"),
)
TOPICS = ((), ("总则",), ("数据", "税收"))
DATES = (None, "2020-01-31", "2021-07-02", "2021-12-31")
TAGS = ((), ("法律",), ("法律", "报告"))
WORKS = (None, "数据法典", "税收")
FIELDS = ((), (("密级", "公开"),), (("密级", "内部"), ("来源", "a=b")))


# What the embedder of the tests takes for one and the same: a direction each.
_MEANT_ALIKE = ("出租房东租赁", "押金保证", "数据信息", "安全保护", "税收纳缴", "婚姻离结", "船舶海上")


def embed(texts: Sequence[str], kind: str) -> list[list[float]]:
    """An embedder: the share of characters of each of a few subjects; what has none of them points elsewhere."""
    counts = [[sum(map(text.count, each)) + 0.01 * at for at, each in enumerate(_MEANT_ALIKE)] for text in texts]
    lengths = [sum(each * each for each in row) ** 0.5 for row in counts]
    return [[each / length for each in row] for row, length in zip(counts, lengths, strict=True)]


def paths(index: Index) -> list[str]:
    """The paths of all documents."""
    return [document.path for document in index.documents()]


def write(path: Path, text: str) -> None:
    """Write a file and make the folders around it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Us without the rights of root, who may look everywhere. What is imported later must be imported before."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextmanager
def serving(application: Flask) -> Iterator[str]:
    """The address of a server of its own thread."""
    from waitress.server import create_server

    made = create_server(application, host="127.0.0.1", port=0, threads=4, asyncore_use_poll=True)
    closing = threading.Event()

    def run() -> None:
        try:
            made.run()
        except OSError:  # its sockets are closed under it when it has to end
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.effective_port}"
    closing.set()
    for channel in tuple(made.active_channels.values()):  # a browser keeps its own, for which the thread waits
        channel.will_close = True
    made.close()
    thread.join(timeout=60)


def cluster_urls() -> tuple[str, ...]:
    """The addresses of the OpenSearch that tests may use; without one they are skipped, but in CI they fail."""
    urls = os.environ.get("XUNZHANG_TEST_OPENSEARCH", "")
    if urls:
        return tuple(urls.split(","))
    lacking = "no OpenSearch: make opensearch starts one and prints what to set"
    if os.environ.get("CI"):
        pytest.fail(lacking)
    pytest.skip(lacking)


def make_engine(name: str, folder: Path) -> Engine:
    """A new, empty engine; its folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    if name == "opensearch":
        return opensearch_pool().engine(folder)
    return load(name).create(folder, "")


@cache
def opensearch_pool() -> Pool:
    """The indexes on a cluster that tests of this process share."""
    return Pool(cluster_urls())


def make_document(
    key: str,
    texts: Sequence[str | tuple[str, tuple[str, ...]]],
    *,
    title: str = "标题",
    date: str | None = None,
    tags: tuple[str, ...] = (),
    kinds: Sequence[Kind] = (),
) -> AnalyzedDocument:
    """A document whose passages are texts, or pairs of text and section; bodies unless ``kinds`` says otherwise."""
    pairs = [(text, ()) if isinstance(text, str) else text for text in texts]
    passages = [
        Passage(key, ordinal, text, section, kind=kinds[ordinal] if kinds else Kind.BODY)
        for ordinal, (text, section) in enumerate(pairs)
    ]
    return ANALYZER.analyze(Document(key, f"corpus/{key}.md", title, date=date, tags=tags), passages)


def make_index(name: str, folder: Path, documents: Sequence[AnalyzedDocument]) -> Index:
    """An index over documents that come from no file."""
    engine = make_engine(name, folder)
    engine.apply(documents, MANIFEST)
    return Index(folder, engine, ANALYZER)


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[tuple[object, ...]]:
    """The arguments of all calls of a function or method from now on, which does what it did."""
    calls: list[tuple[object, ...]] = []
    original = getattr(owner, name)

    def counted(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        return original(*arguments, **named)

    monkeypatch.setattr(owner, name, counted)
    return calls


def maker(engine: str, folder: Path) -> Make:
    """What makes indexes on an engine, each in a folder of its own below ``folder``."""
    numbers = count(1)

    def index(*documents: AnalyzedDocument) -> Index:
        return make_index(engine, folder / f"index{next(numbers)}", documents)

    return index


texts = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=30)


@st.composite
def documents(draw: st.DrawFn, key: str | None = None) -> AnalyzedDocument:
    """An analysed document of up to four passages."""
    key = key or draw(st.sampled_from("abc"))
    passages = [
        Passage(
            document_id=key,
            ordinal=ordinal,
            text=draw(texts | st.sampled_from(["数据安全", "數據 安全", "税收"])),
            section=draw(st.sampled_from(SECTIONS)),
            topics=draw(st.sampled_from(TOPICS)),
            kind=draw(st.sampled_from(Kind)),
            role=draw(st.sampled_from(Role)),
            emphasis=draw(st.sampled_from([(), (), ((0, 1),)])),
            pictures=draw(st.sampled_from([(), (), (Picture(1, "图/a.png", "图", alone=True), Picture(1, "b.svg"))])),
        )
        for ordinal in range(draw(st.integers(0, 4)))
    ]
    document = Document(
        id=key,
        path=draw(st.sampled_from((f"corpus/{key}.md", "corpus/数据.md", f"corpus/旧/{key}.PDF"))),
        title=draw(st.sampled_from(("数据安全法", "税收", "a1"))),
        date=draw(st.sampled_from(DATES)),
        tags=draw(st.sampled_from(TAGS)),
        work=draw(st.sampled_from(WORKS)),
        fields=draw(st.sampled_from(FIELDS)),
    )
    return replace(ANALYZER.analyze(document, passages), vectors=draw(section_vectors(len(passages))))


# Directions in a plane: few, so that some are alike.
directions = st.sampled_from([(3, 4), (4, 3), (100, -7), (-1, 0), (0, 0), (127, 127)]).map(
    lambda pair: struct.pack("bb", *pair)
)


@st.composite
def section_vectors(draw: st.DrawFn, passages: int) -> tuple[SectionVector, ...]:
    """Vectors of all passages, each of one or a few in a row, some of which have two; or none at all."""
    if not passages or draw(st.booleans()):
        return ()
    ends = sorted(draw(st.sets(st.integers(1, passages))) | {passages})
    ranges = [(first, end - 1) for first, end in zip([0, *ends], ends, strict=False)]
    windows = [pair for pair in ranges for _ in range(draw(st.integers(1, 2)) if pair[0] == pair[1] else 1)]
    return tuple(SectionVector(*pair, bytes([at] * DIGEST_BYTES), draw(directions)) for at, pair in enumerate(windows))


def tiers(index: Index, query: str, **options: object) -> dict[int, str]:
    """Ordinal → tier of every hit."""
    results = index.search(query, limit=100, **options)  # type: ignore[arg-type]
    return {hit.passage.ordinal: hit.tier.value for hit in results.hits}


def marked(index: Index, query: str) -> list[str]:
    (hit, *_) = index.search(query).hits
    return [hit.passage.text[start:end] for start, end in hit.highlights]


def obey_interrupts() -> None:
    """In a new process, before its program: let Ctrl-C end it, also where tests run in a background that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
