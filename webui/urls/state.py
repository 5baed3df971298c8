"""URL parameters → arguments of a search, and back into URLs. The URL is the whole state of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from indexer import BOUNDS, CONDITIONS, DEFAULTS, FILTERS
from indexer.errors import BadParameter
from webui.strings import say
from webui.urls.language import PARAMETER as LANGUAGE
from webui.urls.mount import root

# Numbers that a page's address may say, and their defaults.
NUMBERS = {name: BOUNDS[name].default for name in ("offset", "limit")}
NAMES = ("q", "like", *FILTERS, *DEFAULTS, *NUMBERS)
# The same few values stand in all addresses of a page.
_quoted = lru_cache(maxsize=4_096)(quote_plus)
# Values of one filter, and code points of one value, at most.
MAX_VALUES = 100
MAX_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a URL asks for.

    Attributes:
        like: a passage whose likes are asked for instead of a query.
        filters: name → chosen values, names without values left out.
        choices: a value for each of ``indexer.CHOICES``.
    """

    q: str = ""
    like: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULTS))
    offset: int = NUMBERS["offset"]
    limit: int = NUMBERS["limit"]

    @classmethod
    def read(cls, values: MultiDict[str, str], others: Sequence[str] = ()) -> SearchState:
        """Read the parameters of a request, beside which it may have ``others``.

        Raises:
            BadParameter: an unknown name, too many or too long values, or a number that is none.
        """
        require_known(values, (*NAMES, *others))
        given = {name: values.getlist(name) for name in FILTERS if name in values}
        first = values.to_dict()  # in which a name that is not given is looked up without an exception
        if any(len(chosen) > MAX_VALUES or any(len(v) > MAX_VALUE for v in chosen) for chosen in given.values()):
            raise BadParameter(say("too_many"), say("too_many_hint"))
        filters = {name: tuple(dict.fromkeys(filter(None, map(_clean, chosen)))) for name, chosen in given.items()}
        return cls(
            q=_clean(first.get("q", "")),
            like=_clean(first.get("like", "")),
            filters={name: chosen for name, chosen in filters.items() if chosen},
            choices={name: _clean(first.get(name) or default) for name, default in DEFAULTS.items()},
            offset=read_number(first, "offset"),
            limit=read_number(first, "limit"),
        )

    @property
    def is_blank(self) -> bool:
        """Whether there is neither query nor example nor filter: the first page."""
        return not self.q.strip() and not self.like and not self.filters

    def arguments(self) -> dict[str, Any]:
        """Make keyword arguments of ``Index.search`` beside the query."""
        example = {"like": self.like} if self.like else {}
        return {**example, **self.filters, **self.choices, "offset": self.offset, "limit": self.limit}

    def conditions(self) -> dict[str, Any]:
        """Make keyword arguments of ``Index.diagnose`` beside the query: those that decide what is a hit."""
        return {**self.filters, **{name: self.choices[name] for name in CONDITIONS}}

    def pairs(self) -> Iterator[tuple[str, str]]:
        """List the parameters that differ from their defaults, in a fixed order."""
        if self.q:
            yield "q", self.q
        if self.like:
            yield "like", self.like
        if self.filters:
            for name in FILTERS:
                yield from ((name, value) for value in self.filters.get(name, ()))
        if self.choices != DEFAULTS:
            for name, default in DEFAULTS.items():
                if self.choices[name] != default:
                    yield name, self.choices[name]
        for name, standard in NUMBERS.items():
            if getattr(self, name) != standard:
                yield name, str(getattr(self, name))

    def url(self, path: str = "/") -> str:
        """Make the address of this state; ``path`` is one within the site."""
        return f"{root()}{path}{self.query_string()}"

    def query_string(self) -> str:
        """Make the part of an address that says this state, with its question mark; empty for the first page."""
        query = "&".join(f"{name}={_quoted(value)}" for name, value in self.pairs())
        return f"?{query}" if query else ""

    def has(self, name: str, value: str) -> bool:
        """Say whether a filter's value is chosen."""
        return value in self.filters.get(name, ())

    def toggled(self, name: str, value: str) -> SearchState:
        """Return the state with one value chosen or no longer chosen, from its first page."""
        chosen = self.filters.get(name, ())
        changed = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
        return replace(self, filters={**self.filters, name: changed}, offset=0)

    def asking(self, query: str) -> SearchState:
        """Return the state with another query, from its first page."""
        return replace(self, q=query, like="", offset=0)

    def like_passage(self, passage_id: str) -> SearchState:
        """Return the state that asks for the likes of a passage, from its first page, under the same filters."""
        return replace(self, q="", like=passage_id, offset=0)

    def only(self, name: str, value: str) -> SearchState:
        """Return the state with one value of a filter alone, from its first page."""
        return replace(self, filters={**self.filters, name: (value,)}, offset=0)

    def without(self, name: str) -> SearchState:
        """Return the state without any value of a filter, from its first page."""
        return replace(self, filters={**self.filters, name: ()}, offset=0)

    def without_filters(self) -> SearchState:
        """Return the state with no filter, from its first page."""
        return replace(self, filters={}, offset=0)

    def at(self, offset: int) -> SearchState:
        """Return the state from another hit on."""
        return replace(self, offset=offset)

    def choosing(self, name: str, value: str) -> SearchState:
        """Return the state with another choice, from its first page."""
        return replace(self, choices={**self.choices, name: value}, offset=0)

    def from_the_start(self) -> SearchState:
        """Return the state's first page, of the usual length."""
        return replace(self, offset=NUMBERS["offset"], limit=NUMBERS["limit"])


def require_known(values: MultiDict[str, str], names: Sequence[str]) -> None:
    """Let no parameter be passed over; the page's language may always be chosen.

    Raises:
        BadParameter: one that is not among ``names``.
    """
    for name in values:
        if name not in names and name != LANGUAGE:
            hint = say("unknown_parameter_hint", names="、".join(names))
            raise BadParameter(say("unknown_parameter", name=_clean(name)), hint)


def read_number(values: Mapping[str, str], name: str, default: int | None = None) -> int:
    """Read a number from 0 up; whether it may be so large is for others to say.

    Args:
        values: the parameters of a request.
        name: which of them.
        default: what it is where it is not given; None for that of ``NUMBERS``.

    Raises:
        BadParameter: no number.
    """
    text = values.get(name, "")
    if not text:
        return NUMBERS[name] if default is None else default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise BadParameter(say("not_a_number", name=name), say("not_a_number_hint", name=name))
    return int(text)


def _clean(value: str) -> str:
    """Replace lone surrogates in a value, which could not be sent back."""
    return value.encode("utf-8", "replace").decode()
