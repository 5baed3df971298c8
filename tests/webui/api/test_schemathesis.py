"""Requests that another program makes from the API's description: no 500, and no answer that is not described."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode

import indexer
import webui
from webui.api.operations import OPERATIONS

# The library does not unpack what it is sent over WSGI.
PLAIN = {"Accept-Encoding": "identity"}
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.allow_header_conformance,
    checks.negative_data_rejection,
]


@pytest.fixture(scope="module")
def api(index: indexer.Index) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", webui.create_app(index))
    schema.config.checks.negative_data_rejection.expected_statuses = ["400", "404", "414"]
    return schema


# What takes no parameter can only be asked rightly.
CASES = [("/healthz", GenerationMode.POSITIVE), *product((each.path for each in OPERATIONS), GenerationMode)]


@pytest.mark.parametrize(("path", "mode"), CASES)
def test_no_answer_is_undocumented(api: schemathesis.BaseSchema, path: str, mode: GenerationMode) -> None:
    operation = api[path]["GET"]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        assume(mode is GenerationMode.POSITIVE or not has_empty(case.query or {}))
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    ask()


# Lists whose values may be parted by commas.
COMMA_LISTS = {each.name for operation in OPERATIONS for each in operation.parameters if each.has_commas}


def has_empty(query: Mapping[str, Any]) -> bool:
    """Whether a parameter or a value of a list is empty, which is as if it were not given: forms send those too."""
    for name, sent in query.items():
        values = sent if isinstance(sent, list) else [sent]
        pieces = [piece for each in values for piece in (str(each).split(",") if name in COMMA_LISTS else [each])]
        if not pieces or any(piece in ("", None, {}) for piece in pieces):
            return True
    return False


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"facets": ","}, True),
        ({"facets": ["tag,"]}, True),
        ({"facets": "tag,year"}, False),
        ({"q": ","}, False),
        ({"q": ""}, True),
        ({"tag": []}, True),
    ],
)
def test_what_is_empty_is_told_from_what_is_wrong(query: Mapping[str, Any], expected: bool) -> None:
    assert has_empty(query) is expected


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", [operation.path for operation in OPERATIONS])
def test_other_methods_are_refused_in_the_envelope(index: indexer.Index, path: str, method: str) -> None:
    response = webui.create_app(index).test_client().open(path, method=method)
    assert (response.status_code, set(response.get_json())) == (405, {"error"})
    assert "GET" in response.headers["Allow"]
