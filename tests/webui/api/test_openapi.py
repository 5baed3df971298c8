"""The API's description: valid, the same as what is answered, and pinned, since it is a promise."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

import indexer
from tests.support import ROOT
from tests.webui.browsing import page, texts
from webui.api.operations import OPERATIONS

GOLDEN = ROOT / "tests" / "golden" / "api_v1.json"


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    response = client.get("/api/v1/openapi.json")
    assert response.content_type == "application/json"
    body: dict[str, Any] = response.get_json()
    return body


def strictly(described: dict[str, Any], name: str) -> Draft202012Validator:
    """A validator of a component by which no key may be missing or unknown, unless it is one that may be left out."""
    components = deepcopy(described["components"])
    for schema in components["schemas"].values():
        schema["additionalProperties"] = False
    hit = components["schemas"]["Hit"]
    hit["required"] = list(hit["properties"])
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})


def test_it_is_valid_openapi(described: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1")


def test_every_route_of_the_api_is_described(client: FlaskClient, described: dict[str, Any]) -> None:
    rules = {rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    assert rules - {"/api/v1/openapi.json"} == set(described["paths"]) - {"/healthz"}


def asked(index: indexer.Index) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, component and parameters of requests that between them bring out every key there is."""
    document = index.document("语料/报告.md")
    passage = index.passages(document.id)[3]
    return [
        ("search", "Results", {"q": "数据安全 保障 OR", "chapters": 9, "collapse": "text"}),
        ("search", "Results", {"q": "数据", "group": "document", "scope": "section", "facets": "kind,year"}),
        ("search", "Results", {"q": "数剧安权"}),
        ("search", "Results", {"q": ""}),
        ("facets", "Facets", {"q": "数据", "facet_depth": 1, "facet_limit": 1}),
        ("suggest", "Suggestions", {"q": "数字"}),
        ("diagnose", "Diagnosis", {"q": "数据 鱻", "tag": "报告"}),
        ("verify", "Verification", {"quote": "数据安全得到保障"}),
        ("verify", "Verification", {"quote": "數據安全得到保障"}),
        ("verify", "Verification", {"quote": "数据安全没有保障"}),
        ("verify", "Verification", {"quote": "鱻龘"}),
        ("passage", "PassageInContext", {"id": indexer.permalink(passage), "before": 2}),
        ("cite", "Cited", {"id": passage.id}),
        ("document", "WholeDocument", {"id": document.path, "limit": 2}),
        ("outline", "Outlines", {}),
    ]


def test_every_answer_is_as_described(client: FlaskClient, index: indexer.Index, described: dict[str, Any]) -> None:
    tried = set()
    for path, name, parameters in asked(index):
        answer = described["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]
        assert answer["content"]["application/json"]["schema"] == {"$ref": f"#/components/schemas/{name}"}
        response = client.get(f"/api/v1/{path}", query_string=parameters)
        assert response.status_code == 200, response.text
        strictly(described, name).validate(response.get_json())
        tried.add(path)
    assert tried == {operation.name for operation in OPERATIONS}
    strictly(described, "Health").validate(client.get("/healthz").get_json())


@pytest.mark.parametrize("path", ["search?limit=x", "passage?id=x-1", "nothing", "verify", "search?fields=size"])
def test_every_error_is_as_described(client: FlaskClient, described: dict[str, Any], path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code in (400, 404)
    strictly(described, "Error").validate(response.get_json())


def tree(described: dict[str, Any]) -> dict[str, Any]:
    """What v1 promises: parameters and keys with their types, statuses; words aside."""
    operations = {path: methods["get"] for path, methods in described["paths"].items()}
    return {
        "parameters": {
            path: {each["name"]: each["schema"] for each in operation.get("parameters", ())}
            for path, operation in operations.items()
        },
        "statuses": {path: sorted(operation["responses"]) for path, operation in operations.items()},
        "shapes": {name: schema["properties"] for name, schema in described["components"]["schemas"].items()},
    }


def test_nothing_that_was_promised_changes(described: dict[str, Any]) -> None:
    """What is new is added to the golden file, by ``tree``; what stands there stays."""
    assert tree(described) == json.loads(GOLDEN.read_text("utf-8"))


def test_it_names_the_prefix_it_stands_below(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json", environ_overrides={"SCRIPT_NAME": "/a"}).get_json()
    assert described["servers"] == [{"url": "/a"}]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_it_names_everything(client: FlaskClient, described: dict[str, Any], language: str) -> None:
    soup = page(client, f"/api/docs?lang={language}")
    text = soup.select("main")[0].get_text()
    for path, methods in described["paths"].items():
        assert f"GET {path}" in text
        assert all(each["name"] in text for each in methods["get"].get("parameters", ()))
    assert set(described["components"]["schemas"]) <= set(texts(soup, "h3"))
    anchors = {tag["id"] for tag in soup.select("[id]")}
    assert {str(link["href"])[1:] for link in soup.select('main a[href^="#"]')} <= anchors
    assert soup.select("script:not([src]), style, [style]") == []
