"""The widget's script: one module, small, made of the page's own code, for allowed origins, fresh after an upgrade."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import indexer
import webui
from webui.embed import widget

ORIGIN = "https://a.example"
LARGEST = 15_000  # bytes, gzip
WORDS = (Path(webui.__file__).parent / "static" / "widget" / "words.js").read_text("utf-8")


@pytest.fixture
def embedded(index: indexer.Index) -> FlaskClient:
    return webui.create_app(index, allow_origins=[ORIGIN]).test_client()


def test_it_is_small(client: FlaskClient) -> None:
    sent = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(sent.data) <= LARGEST
    assert gzip.decompress(sent.data) == client.get("/widget.js").data


def test_it_is_one_module_without_anything_from_elsewhere(client: FlaskClient) -> None:
    response = client.get("/widget.js")
    assert response.mimetype == "text/javascript"
    text = response.text
    assert not re.search(r"^\s*(import|export)\b", text, re.M)
    assert re.findall(r"https?://(?!\$)[\w.]+", text) == []
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|setAttribute\(.style", text)


def test_it_is_made_of_what_the_page_uses() -> None:
    assert set(widget.modules()) >= {"js/combobox.js", "js/latest.js", "js/typing.js"}
    of_the_widget = {f"widget/{path.name}" for path in (widget.STATIC / "widget").glob("*.js")}
    assert of_the_widget == {name for name in widget.modules() if name.startswith("widget/")}


@pytest.mark.parametrize(
    "statement", ['import x from "./a.js";', 'import { y } from "https://a.example/b.js";', "export default 1;"]
)
def test_what_the_bundle_cannot_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "element.js").write_text(f"{statement}\nconst a = 1;\n", "utf-8")
    monkeypatch.setattr(widget, "STATIC", tmp_path)
    with pytest.raises(ValueError, match=re.escape(statement)):
        widget.script.__wrapped__()


def test_only_allowed_origins_may_load_it(embedded: FlaskClient, client: FlaskClient) -> None:
    for path in ("/widget.js", "/index.json"):
        allowed = embedded.get(path, headers={"Origin": ORIGIN})
        assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Origin" in allowed.headers["Vary"]
        for answer in (
            embedded.get(path, headers={"Origin": "https://b.example"}),
            client.get(path, headers={"Origin": ORIGIN}),
        ):
            assert answer.status_code == 200
            assert "Access-Control-Allow-Origin" not in answer.headers


def test_that_there_is_a_server_is_told_only_where_others_may_search(
    embedded: FlaskClient, client: FlaskClient
) -> None:
    policy = "Cross-Origin-Resource-Policy"
    assert embedded.get("/index.json").headers[policy] == "cross-origin"
    assert embedded.get("/widget.js").headers[policy] == "same-origin"
    assert client.get("/index.json").headers[policy] == "same-origin"
    assert "format" not in client.get("/index.json").json


def test_it_is_sent_again_only_when_it_changed(client: FlaskClient) -> None:
    first = client.get("/widget.js")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    changed = client.get("/widget.js", headers={"If-None-Match": '"another"'})
    assert changed.status_code == 200


def test_both_languages_say_the_same_things() -> None:
    chinese, english = WORDS.split("  en: {")
    pattern = re.compile(r'\b(\w+): "((?:[^"\\]|\\.)*)"')
    sentences = [dict(pattern.findall(part)) for part in (chinese, english)]
    assert sentences[0].keys() == sentences[1].keys() > {"nothing", "away", "slow"}
    for key, sentence in sentences[0].items():
        assert set(re.findall(r"\{\w+\}", sentence)) == set(re.findall(r"\{\w+\}", sentences[1][key])), key
