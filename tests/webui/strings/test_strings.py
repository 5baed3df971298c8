"""What the page says in each of its languages: nothing missing, nothing left over."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from indexer import errors
from indexer.model.documents import Role
from tests.webui.browsing import page
from webui import strings
from webui.api.openapi import FAULTS
from webui.api.operations import OPERATIONS
from webui.pages.documents import SORTS
from webui.pages.download import COLUMNS
from webui.rendering.templates import SCRIPT_WORDS

ROOT = Path(webui.__file__).parent
FILES = (*ROOT.rglob("*.py"), *ROOT.glob("templates/*.html"), *ROOT.glob("static/page/*.js"))
SOURCES = "".join(path.read_text("utf-8") for path in FILES)
HAN = re.compile("[\u4e00-\u9fff]")


def composed() -> set[str]:
    """Keys that are put together from names: of tiers, kinds, facets, codes …"""
    codes = [kind.code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "code")]
    parser = "".join(path.read_text("utf-8") for path in Path(indexer.__file__).parent.rglob("*.py"))
    warnings = re.findall(r"""(?:QueryWarning|_warn)\(\s*"(\w+)\"""", parser)
    browser = "".join(path.read_text("utf-8") for path in (ROOT / "static" / "engine").rglob("*.js"))
    static = re.findall(r"""["'](index_\w+)["']""", browser)
    return {
        *(f"static_{code}" for code in static),
        *(f"static_{code}_hint" for code in static),
        *(f"warning_{code}" for code in re.findall(r"""\bwarning\(\s*"(\w+)\"""", browser)),
        *(f"tier_{name}_note" for name in ("some", "near")),
        *(f"tier_{tier.value}" for tier in indexer.Tier),
        *(f"help_tier_{tier.value}" for tier in indexer.Tier),
        *(f"kind_{kind.value}" for kind in indexer.Kind),
        *(f"facet_{name}" for name in indexer.FACETS),
        *(f"sort_{name}" for name in ("label", *indexer.CHOICES["sort"])),
        *(f"match_{name}" for name in ("label", *indexer.CHOICES["match"])),
        *(f"collapse_{name}" for name in ("label", *indexer.CHOICES["collapse"])),
        *(f"documents_sort_{name}" for name in SORTS),
        *(f"size_{name}" for name in ("small", "usual", "large")),
        *(f"year_{name}" for name in ("from", "to")),
        *(f"role_{role.value}" for role in Role if role is not Role.BODY),
        *(f"script_{name}" for name in SCRIPT_WORDS),
        *(f"example_{name}" for name in ("words", "quotation", "article", "near", "chapter")),
        *(
            f"help_{part}_{name}"
            for part in ("example", "meaning")
            for name in ("words", "phrase", "or", "not", "near", "glob", "field", "year")
        ),
        *(f"export_{name}" for name in COLUMNS),
        *(f"api_{operation.name}" for operation in OPERATIONS),
        *(f"api_param_{each.name}" for operation in OPERATIONS for each in operation.parameters),
        *(f"api_{status}" for status in (*FAULTS, "404")),
        *(f"{key}_hint" for key in ("bad_host", "bad_method", "bad_request", "too_long")),
        *(f"error_{code}" for code in codes),
        *(f"error_{code}_hint" for code in codes),
        *(f"warning_{code}" for code in warnings),
    }


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_every_sentence_exists_and_is_used(language: str) -> None:
    table = set(strings.table(language))
    said = {key for key in re.findall(r"""say\(["']([\w-]+)["']""", SOURCES) if not key.endswith("_")}
    assert (said | composed()) - table == set()
    quoted = set(re.findall(r"""["']([\w-]+)["']""", SOURCES))
    assert table - quoted - composed() == set()


def test_the_same_names_are_filled_in() -> None:
    first, *others = map(strings.table, strings.LANGUAGES)
    for key, sentence in first.items():
        names = filled_in(sentence)
        for other in others:
            assert filled_in(other[key]) <= names, key


def filled_in(sentence: str) -> set[str]:
    return {name.partition("?")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("total", [0, 1, 2])
def test_english_counts_one_passage_and_two_passages(client: FlaskClient, total: int) -> None:
    with client.application.test_request_context():
        strings.speak("en")
        assert strings.say("result_count", total=total) == f"{total} {'passage' if total == 1 else 'passages'}"
        strings.speak("zh")


@pytest.mark.parametrize(
    "path", ["/", "/?q=数据 OR", "/?q=鱻龘&tag=x", "/help", "/documents", "/nothing", "/?sort=x&q=y"]
)
def test_english_pages_hold_chinese_only_where_they_say_so(client: FlaskClient, path: str) -> None:
    soup = page(client, path + ("&" if "?" in path else "?") + "lang=en", client.get(path).status_code)
    for tag in soup.select("[lang^=zh], title, .seal"):
        tag.decompose()
    assert HAN.findall(soup.get_text()) == []
    attributes = [
        str(tag[name]) for tag in soup.select("main *, header *") for name in ("title", "aria-label", "placeholder")
        if tag.has_attr(name)
    ]  # fmt: skip
    assert [text for text in attributes if HAN.search(text)] == []
