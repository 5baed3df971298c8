"""Documents, permalinks and suggestions of an export are those of the index it was made from."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import indexer
from indexer.analysis.fold import fold
from indexer.index.index import Index
from indexer.model import Passage
from indexer.static_export import export_static
from indexer.static_export.completions import MOST
from tests.static_export.asking import ask, needs_node
from tests.support import ANALYZER, ROOT, make_document, make_index
from webui.api.operations import complete_query

pytestmark = needs_node
# What is spelt in pinyin is looked up by the program alone, and so is what such letters are parted by.
SPELT = re.compile("[a-zü '’]")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Path]]:
    """The handbook and a text of many equal paragraphs, and their export."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "重复.md").write_text("# 重复\n\n" + "同样的一段。\n\n另一段，**加粗**。![图](图.png)\n\n" * 4, "utf-8")
    with indexer.create_index(folder / "index") as index:
        index.update([ROOT / "docs", folder / "重复.md"])
        export_static(index, folder / "export")
        yield index, folder / "export"


def calls(folder: Path, call: str, *given: list[Any]) -> list[Any]:
    return [said["answer"] for said in ask(folder, [{"call": call, "given": each} for each in given])]


def as_json(value: object) -> Any:
    return json.loads(json.dumps(value))


def test_documents_have_their_outlines_and_passages(built: tuple[Index, Path]) -> None:
    index, folder = built
    documents = index.documents()
    (listed,) = calls(folder, "documents", [])
    assert [(each["id"], each["passages"]) for each in listed["documents"]] == [
        (document.id, len(index.passages(document.id))) for document in documents
    ]
    layouts = calls(folder, "layout", *([document.id] for document in documents))
    read = calls(folder, "passages", *([document.id, 0, 10_000] for document in documents))
    for document, layout, told in zip(documents, layouts, read, strict=True):
        passages = index.passages(document.id)
        assert layout["outline"] == as_json(indexer.document_outline(document, passages)["outline"])
        assert [each["permalink"] for each in layout["passages"]] == list(map(indexer.permalink, passages))
        assert [each["level"] for each in layout["passages"]] == [len(passage.section) for passage in passages]
        shown = [{key: value for key, value in each.items() if key != "recognized"} for each in told["passages"]]
        assert shown == as_json(list(map(indexer.passage_to_dict, passages)))
    assert any(each["emphasis"] for each in read[-1]["passages"])
    assert [each["source"] for each in read[-1]["passages"][2]["pictures"]] == ["图.png"]


def test_the_files_of_a_text_begin_where_it_says(built: tuple[Index, Path]) -> None:
    index, folder = built
    longest = max(index.documents(), key=lambda document: len(index.passages(document.id)))
    (layout,) = calls(folder, "layout", [longest.id])
    bounds = [*layout["blocks"], len(layout["passages"])]
    assert bounds[0] == 0
    assert bounds == sorted(set(bounds))
    assert len(bounds) > 2
    parts = calls(folder, "passages", *([longest.id, *pair] for pair in pairwise(bounds)))
    texts = [passage["text"] for part in parts for passage in part["passages"]]
    assert texts == [passage.text for passage in index.passages(longest.id)]


def test_a_permalink_leads_to_its_text_or_nowhere(built: tuple[Index, Path]) -> None:
    index, folder = built
    (document,) = (each for each in index.documents() if each.title == "重复")
    passages = index.passages(document.id)
    digest = indexer.permalink(passages[1]).rpartition(".")[2]
    wanted = [
        *map(indexer.permalink, passages),
        passages[2].id,
        f"{document.id}-4.{digest}",  # of another text by now: the nearest with this one
        f"{document.id}-9999.{digest}",
        f"{document.id}-1.000000",
        f"{document.id}-9999",
        "nobody-1",
        "",
    ]
    for each, said in zip(wanted, calls(folder, "find", *([each] for each in wanted)), strict=True):
        try:
            expected = {"permalink": indexer.permalink(index.passage(each))}
        except indexer.errors.NotFound:
            assert said["error"]["code"] == "not_found", each
        else:
            assert said == expected, each


def test_a_document_that_is_not_there_is_told(built: tuple[Index, Path]) -> None:
    for said in (*calls(built[1], "layout", ["nobody"]), *calls(built[1], "passages", ["nobody", 0, 9])):
        assert said["error"]["code"] == "not_found"


# ── suggestions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def suggested(index: Index, query: str, limit: int) -> list[dict[str, Any]]:
    return [
        {
            "text": text,
            "kind": each.kind,
            "count": each.count,
            "value": each.value,
            "completed": each.text,
            "matched": list(each.matched),
        }
        for text, each in complete_query(index, query, limit)
    ]


def beginnings(index: Index, number: int) -> list[str]:
    """Pieces of headings, titles and texts, whole and cut short, some after something else."""
    choose = random.Random(5)
    passages = [passage for document in index.documents() for passage in index.passages(document.id)]
    texts = [*(heading for passage in passages for heading in passage.section), *(each.text for each in passages)]
    texts += [document.title for document in index.documents()]
    found = ["", " ", "鱻龘", "数据 ", "1", "第", "（", "𠀀", "字" * 51]
    while len(found) < number:
        text = choose.choice(texts)
        start = choose.choice((0, 0, choose.randrange(len(text))))
        piece = text[start : start + choose.randint(1, 8)].replace("\n", "")
        found.append(choose.choice(("", "", "数据 ", "数据　检")) + piece)
    return [each for each in found if not SPELT.search(fold(each.rstrip().rpartition(" ")[2]).text)]


def test_suggestions_are_those_of_the_program(built: tuple[Index, Path]) -> None:
    index, folder = built
    typed = beginnings(index, 400)
    limits = [each % MOST + 1 for each in range(len(typed))]
    requests = [{"call": "suggest", "q": each, "limit": limit} for each, limit in zip(typed, limits, strict=True)]
    answered = 0
    for each, limit, said in zip(typed, limits, ask(folder, requests), strict=True):
        expected = suggested(index, each, limit)
        assert said["answer"] == {"query": each, "suggestions": expected}, each
        answered += bool(expected)
    assert len(typed) / 3 < answered < len(typed)


def test_many_texts_that_begin_alike_are_all_reached(tmp_path: Path) -> None:
    titles = [f"数据{'安全' * (number % 3)}第{number:02}号办法" for number in range(60)]
    documents = [
        ANALYZER.analyze(
            indexer.Document(f"{at:x}", f"{at}.md", title),
            [Passage(f"{at:x}", 0, "数据安全" * (at % 4 + 1), (title,), (title,))],
        )
        for at, title in enumerate([*titles, titles[0], titles[0]])
    ]
    index = make_index("memory", tmp_path / "index", documents)
    export_static(index, tmp_path / "export")
    typed = [title[:size] for title in titles[::7] for size in range(1, len(title) + 1)]
    requests = [{"call": "suggest", "q": each, "limit": MOST} for each in typed]
    for each, said in zip(typed, ask(tmp_path / "export", requests), strict=True):
        assert said["answer"]["suggestions"] == suggested(index, each, MOST), each


def test_a_text_that_goes_on_so_at_two_places_is_matched_at_the_first(tmp_path: Path) -> None:
    section = ("值多少，费多少",)
    document = ANALYZER.analyze(indexer.Document("a", "a.md", "说明"), [Passage("a", 0, "正文", section)])
    index = make_index("memory", tmp_path / "index", [document])
    export_static(index, tmp_path / "export")
    (said,) = ask(tmp_path / "export", [{"call": "suggest", "q": "多少", "limit": MOST}])
    assert said["answer"]["suggestions"] == suggested(index, "多少", MOST)
    assert said["answer"]["suggestions"][0]["matched"] == [1, 3]


def test_what_cannot_be_suggested_is_refused(built: tuple[Index, Path]) -> None:
    bad = [{"q": "数", "limit": 0}, {"q": "数", "limit": MOST + 1}, {"q": "数", "limit": "1"}, {"q": "字" * 1001}]
    codes = [said["answer"]["error"]["code"] for said in ask(built[1], [{"call": "suggest"} | each for each in bad])]
    assert codes == ["bad_parameter"] * 3 + ["query_too_long"]


# ── exports of earlier programs ──────────────────────────────────────────────────────────────────────────────────────


def test_an_export_from_before_is_searched_and_says_what_it_lacks(tmp_path: Path) -> None:
    """Earlier programs of this format wrote no copies, completions or digests, and did not say so."""
    index = make_index("memory", tmp_path / "index", [make_document("a", ["数据安全。", "数据安全。"])])
    folder = tmp_path / "export"
    export_static(index, folder)
    without_extras(folder)
    requests = [
        {"q": "数据"},
        {"q": "数据", "collapse": "section"},
        {"q": "数据", "collapse": "text"},
        {"call": "suggest", "q": "数"},
        {"call": "layout", "given": ["a"]},
        {"call": "find", "given": ["a-1"]},
    ]
    whole, folded, *refused = (said["answer"] for said in ask(folder, requests))
    assert whole["total"] == folded["total"] == 2
    assert [each["error"]["code"] for each in refused] == ["bad_parameter"] * 4


def without_extras(folder: Path) -> None:
    """Make an export as it was before there were any."""
    import zlib

    from indexer.static_export.shards import varint

    core = next(folder.glob("*/core"))
    raw = zlib.decompress(core.read_bytes())
    size = shift = at = 0
    while True:
        byte = raw[at]
        size |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            break
    about = json.loads(raw[at : at + size])
    del about["extras"]
    head = json.dumps(about, ensure_ascii=False).encode()
    core.write_bytes(zlib.compress(varint(len(head)) + head + raw[at + size :]))
    (core.parent / "copies").unlink()
    for name in ("completions", "digests"):
        shutil.rmtree(core.parent / name)
