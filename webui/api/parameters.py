"""What operations take: one table, by which requests are checked and the API is described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

import indexer
from indexer.errors import BadParameter
from webui.strings import say
from webui.urls.state import MAX_VALUE, MAX_VALUES, read_number

HIT_FIELDS = tuple(indexer.shapes.Hit.__annotations__)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a URL; what it means is said by ``api_param_<name>``.

    Attributes:
        schema: of one value, by JSON Schema.
        is_list: whether it may be given several times.
        has_commas: whether its values may also be parted by commas.
    """

    name: str
    schema: Mapping[str, Any]
    is_list: bool = False
    has_commas: bool = False
    is_required: bool = False

    def check(self, values: MultiDict[str, str]) -> None:
        """Let pass what the table says; an empty value is none.

        Raises:
            BadParameter: none where there has to be one, more values, a longer one, one that there is not, or a number
                out of its range.
        """
        given = values.getlist(self.name)
        if self.is_required and not any(given):
            raise BadParameter(say("not_given", name=self.name), say("not_given_hint", name=self.name))
        longest = self.schema.get("maxLength", MAX_VALUE)
        if self.is_list and (len(given) > MAX_VALUES or any(len(value) > longest for value in given)):
            raise BadParameter(say("too_many"), say("too_many_hint"))
        if not self.is_list and len(given) > 1:
            raise BadParameter(say("given_twice", name=self.name), say("given_twice_hint", name=self.name))
        if "enum" in self.schema:
            self.names(values)
        if self.schema["type"] == "integer":
            self.number(values)

    def number(self, values: MultiDict[str, str]) -> int:
        """Read the number that is given, or that of the table.

        Raises:
            BadParameter: it is none, or out of its range.
        """
        number = read_number(values, self.name, self.schema["default"])
        least, most = self.schema["minimum"], self.schema["maximum"]
        if not least <= number <= most:
            message = say("out_of_range", name=self.name, least=least, most=most)
            raise BadParameter(message, say("out_of_range_hint", name=self.name))
        return number

    def names(self, values: MultiDict[str, str]) -> tuple[str, ...]:
        """Read the values that are given, each of those that there are.

        Raises:
            BadParameter: one that there is not.
        """
        texts = filter(None, values.getlist(self.name))
        each = (name for text in texts for name in (text.split(",") if self.has_commas else [text]))
        given = dict.fromkeys(filter(None, each))
        for name in given:
            if name not in self.schema["enum"]:
                message = say("bad_choice", name=self.name, value=name[:40])
                raise BadParameter(message, say("bad_choice_hint", names="、".join(self.schema["enum"])))
        return tuple(given)


def _number(name: str, bounds: indexer.Bounds | None = None) -> Parameter:
    """Describe a number within its bounds, which are those of ``indexer.BOUNDS`` if none are given."""
    bounds = bounds or indexer.BOUNDS[name]
    schema = {"type": "integer", "minimum": bounds.least, "maximum": bounds.most, "default": bounds.default}
    return Parameter(name, schema)


def _text(name: str, longest: int, *, is_required: bool = False) -> Parameter:
    return Parameter(name, {"type": "string", "maxLength": longest}, is_required=is_required)


def _filter(name: str) -> Parameter:
    schema: dict[str, Any] = {"type": "string", "maxLength": MAX_VALUE}
    if name == "kind":
        schema = {"type": "string", "enum": [str(kind) for kind in indexer.Kind]}
    elif name == "year":
        schema = {"type": "string", "pattern": f"^({indexer.YEAR_PATTERN})$"}
    return Parameter(name, schema, is_list=True)


Q = _text("q", indexer.MAX_QUERY)
LIKE = _text("like", MAX_VALUE)
QUOTE = _text("quote", indexer.MAX_QUOTE, is_required=True)
ID = _text("id", MAX_VALUE, is_required=True)
FILTERING = {name: _filter(name) for name in indexer.FILTERS}
CHOOSING = {
    name: Parameter(name, {"type": "string", "enum": list(choices), "default": choices[0]})
    for name, choices in indexer.CHOICES.items()
}
OFFSET = _number("offset")
LIMIT = _number("limit")
STATE = (Q, *FILTERING.values(), *CHOOSING.values(), OFFSET, LIMIT)
CHAPTERS = _number("chapters")
COUNTED = Parameter("facets", {"type": "string", "enum": list(indexer.FACETS)}, is_list=True, has_commas=True)
FACET_DEPTH = _number("facet_depth")
FACET_LIMIT = _number("facet_limit")
FIELDS = Parameter("fields", {"type": "string", "enum": list(HIT_FIELDS)}, is_list=True, has_commas=True)
BEFORE = _number("before", indexer.AROUND)
AFTER = _number("after", indexer.AROUND)
PASSAGES = _number("limit", indexer.Bounds(indexer.MAX_LIMIT, indexer.MAX_LIMIT))
# Version 1 has said that it may be 0, which the index refuses.
SUGGESTED = _number("limit", replace(indexer.COMPLETIONS, least=0))
PLACES = _number("limit", indexer.PLACES)
