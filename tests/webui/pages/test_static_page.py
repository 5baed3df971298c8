"""The files of an export's pages: whole, small, with every sentence they may say, and nothing from elsewhere."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from bs4 import BeautifulSoup

import indexer
from indexer.serialize import shapes
from webui import strings
from webui.pages import static_page
from webui.rendering.bundle import bundle

# Bytes of what a visit reads before the index: page, sheets, scripts and one language; compressed, as nearly all hosts
# send them. What a query asks for is read by the page itself: paragraphs of articles and Latin words took 2 kB.
LARGEST = 104_000
WHOLE = bundle(static_page.STATIC, static_page.ENTRANCE)
OWN = [name for name in (*WHOLE.modules, *sorted(WHOLE.late)) if name.startswith("page/")]


@pytest.fixture(scope="module")
def files(index: indexer.Index) -> dict[str, str]:
    return static_page.files(index)


@pytest.mark.parametrize("name", static_page.PAGES)
def test_a_page_is_whole(files: dict[str, str], name: str) -> None:
    soup = BeautifulSoup(files[name], "html.parser")
    named = [tag.get("src") or tag.get("href") for tag in soup.select("script, link")]
    assert set(named) <= set(files)
    assert soup.select("script:not([src]), style, [style], [onload]") == []
    policy = soup.select("meta[http-equiv]")[0]["content"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert soup.html["data-page"] == name.removesuffix(".html")  # type: ignore[index]
    assert len(soup.select("noscript [lang=en]")) == 1


def test_nothing_is_fetched_from_elsewhere(files: dict[str, str]) -> None:
    """Addresses of XML and of examples are names, and lead nowhere."""
    for name, text in files.items():
        hosts = set(re.findall(r"https?://(?!\$)([\w.-]+)", text)) - {"www.w3.org", "127.0.0.1"}
        assert hosts == set(), name
        if name.endswith(".js"):
            assert not re.search(r"innerHTML\b\s*=|insertAdjacentHTML|document\.write|\beval\(", text), name


def test_everything_of_the_page_is_bundled() -> None:
    there = {f"page/{path.name}" for path in (static_page.STATIC / "page").glob("*.js")}
    assert there == set(OWN)


def test_what_is_loaded_late_is_there(files: dict[str, str]) -> None:
    for name in (name for name in files if name.endswith(".js")):
        for target in re.findall(r'(?:from |import\()"([^"]+)"', files[name]):
            assert any(each.endswith(target.lstrip("./")) for each in files), (name, target)


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_every_sentence_is_there(files: dict[str, str], language: str) -> None:
    said = json.loads(files[f"page/{language}.json"])
    assert set(said) < set(strings.table(language))
    for name in OWN:
        source = (static_page.STATIC / name).read_text("utf-8")
        for literal in re.findall(r'\bsay\(\s*"([^"]+)"', source):
            assert literal in said, (name, literal)
        for beginning in re.findall(r"\bsay\(`([a-z_]+)\$\{", source):
            assert any(key.startswith(beginning) for key in said), (name, beginning)
    for kind in shapes.KindName.__args__:
        assert f"kind_{kind}" in said
    for code in ("index_missing", "index_unavailable", "index_changed", "index_damaged", "index_mismatch"):
        assert {f"static_{code}", f"static_{code}_hint"} <= set(said)


def test_it_is_small(files: dict[str, str]) -> None:
    for page, sheets in static_page.PAGES.items():
        read = [page, *(f"page/{name}" for name in sheets), static_page.ENTRANCE, "js/theme.js", "page/en.json"]
        assert sum(len(gzip.compress(files[name].encode(), 6)) for name in read) <= LARGEST


def test_examples_are_queries_that_find_something(files: dict[str, str], index: indexer.Index) -> None:
    examples = json.loads(files["page/examples.json"])
    assert examples
    assert all(index.search(each["query"]).total for each in examples)
