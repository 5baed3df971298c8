"""Types → JSON Schema (2020-12), as far as ``indexer.serialize.shapes`` uses them."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NotRequired, TypeAlias, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema: TypeAlias = dict[str, Any]

REFERENCE = "#/components/schemas/"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def schema_of(kind: Any) -> Schema:
    """Make the schema of a type; objects are referred to by name, as in ``components``."""
    if is_typeddict(kind):
        return {"$ref": REFERENCE + kind.__name__}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": schema_of(arguments[0])}
    if origin is tuple:
        length = len(arguments)
        return {"type": "array", "prefixItems": [*map(schema_of, arguments)], "minItems": length, "maxItems": length}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(arguments[1])}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(each) for each in arguments]}
    raise TypeError(kind)


def components(*kinds: Any) -> dict[str, Schema]:
    """Make the schemas of objects and of all that they are made of, by name."""
    found: dict[str, Any] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if found.setdefault(kind.__name__, kind) is kind:
            waiting += [each for each in _objects_in(kind) if each.__name__ not in found]
    return {name: _object(found[name]) for name in sorted(found)}


def _object(kind: Any) -> Schema:
    hints = get_type_hints(kind, include_extras=True)
    optional = {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
    properties = {name: schema_of(get_args(hint)[0] if name in optional else hint) for name, hint in hints.items()}
    return {"type": "object", "properties": properties, "required": [name for name in hints if name not in optional]}


def _objects_in(kind: Any) -> Iterator[Any]:
    for hint in get_type_hints(kind).values():
        yield from _objects_of(hint)


def _objects_of(hint: Any) -> Iterator[Any]:
    if is_typeddict(hint):
        yield hint
    for each in get_args(hint):
        yield from _objects_of(each)


def type_name(schema: Mapping[str, Any]) -> str:
    """Say a schema in a word, for people: ``string``, ``Hit[]``, ``integer | null``, ``exact | all | some``."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REFERENCE)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(map(type_name, schema["anyOf"]))
    if "prefixItems" in schema:
        return f"[{', '.join(map(type_name, schema['prefixItems']))}]"
    if schema["type"] == "array":
        inner = type_name(schema["items"])
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if schema["type"] == "object" and "additionalProperties" in schema:
        return f"{{…: {type_name(schema['additionalProperties'])}}}"
    return str(schema["type"])
