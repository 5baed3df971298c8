"""The API described by OpenAPI 3.1, made from the operations, their parameters and ``indexer.serialize.shapes``."""

from __future__ import annotations

from typing import Any, TypeAlias

import indexer
from indexer.serialize import shapes
from webui.api.operations import OPERATIONS, Operation
from webui.api.parameters import Parameter
from webui.api.schema import REFERENCE, Schema, components, schema_of
from webui.strings import say
from webui.urls import mount
from webui.urls.state import MAX_VALUES

Json: TypeAlias = dict[str, Any]

# Any operation may answer these; 404 only those that ask for something by its name, or are asked without a token (401).
FAULTS = ("400", "401", "405", "414", "421", "429", "500", "503")
# Headers of answers to a search and the like.
_KNOWN = ("ETag", "Cache-Control")


def describe() -> Json:
    """Make the document, in the language that is spoken."""
    kinds = [shapes.Error, shapes.Health, *(operation.result for operation in OPERATIONS)]
    described = components(*kinds)
    described["Hit"]["required"] = ["id"]  # the others as ``fields`` wants
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say("api_title"),
            "version": f"1 ({indexer.__version__})",
            "description": say("api_promise"),
        },
        "servers": [{"url": mount.root() or "/"}],
        "paths": {
            **{operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
            "/healthz": {"get": _healthz()},
        },
        "components": {
            "schemas": described,
            "responses": {f"E{status}": _fault(status) for status in (*FAULTS, "404")},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": say("api_token")}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(operation: Operation) -> Json:
    faults = sorted((*FAULTS, "404")) if operation.may_lack else FAULTS
    answer: Json = {
        "description": say("api_200"),
        "headers": {name: {"schema": {"type": "string"}} for name in _KNOWN},
        "content": {"application/json": {"schema": schema_of(operation.result)}},
    }
    return {
        "operationId": operation.name,
        "summary": say(f"api_{operation.name}"),
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": {"200": answer, "304": {"description": say("api_304")}, **_references(faults)},
    }


def _healthz() -> Json:
    answer = {"description": say("api_200"), "content": {"application/json": {"schema": schema_of(shapes.Health)}}}
    responses = {"200": answer, **_references(("405", "414", "421", "500", "503"))}
    return {"operationId": "healthz", "summary": say("api_healthz"), "security": [{}], "responses": responses}


def _references(statuses: tuple[str, ...] | list[str]) -> Json:
    return {status: {"$ref": f"#/components/responses/E{status}"} for status in statuses}


def _fault(status: str) -> Json:
    schema: Schema = {"$ref": f"{REFERENCE}Error"}
    return {"description": say(f"api_{status}"), "content": {"application/json": {"schema": schema}}}


def _parameter(parameter: Parameter) -> Json:
    schema: Json = dict(parameter.schema)
    if parameter.is_list:
        schema = {"type": "array", "items": schema} | ({} if parameter.has_commas else {"maxItems": MAX_VALUES})
    described: Json = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": say(f"api_param_{parameter.name}"),
        "schema": schema,
    }
    if parameter.is_list:
        described |= {"style": "form", "explode": not parameter.has_commas}
    return described
