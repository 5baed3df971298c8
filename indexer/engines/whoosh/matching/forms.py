"""The trees of a request in one form: ``Or`` over atoms and ``And`` of such, each atom numbered once for the request.

Trees of several tiers say much the same. Here equal parts are equal values, and what says nothing more is left out: the
word in the text beside the same word anywhere, ``(a OR b)`` beside ``a``. No tree is true for other rows by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from indexer.model import And, Glob, Literal, Not, Or, QueryLeaf, QueryNode, Within, Zone
from indexer.query.spans import is_typed

# What a wildcard or NEAR costs, in spellings of literals, about.
_COST_OF_BOUNDED = 20


class Spelled(NamedTuple):
    """Folded characters in one zone, as a literal has them; ``whole`` as there."""

    zone: Zone
    chars: str
    whole: bool


class Other(NamedTuple):
    """Any other leaf, with one zone if it has any; ``negated`` where that makes a difference to it."""

    leaf: QueryLeaf
    negated: bool


Atom: TypeAlias = Spelled | Other


class AnyOf(NamedTuple):
    """What is true where any of its atoms is, or all of one of ``conjunctions``.

    Attributes:
        atoms: their numbers as bits.
    """

    atoms: int
    conjunctions: tuple[AllOf, ...] = ()


class AllOf(NamedTuple):
    """What is true where each of ``parts`` is and none of ``without``."""

    parts: tuple[AnyOf, ...]
    without: tuple[AnyOf, ...] = ()


class Forms:
    """Gives trees their form.

    Attributes:
        atoms: by number.
    """

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self._numbers: dict[Atom, int] = {}
        self._bounded = 0

    def of(self, node: QueryNode, *, negated: bool = False) -> AnyOf:
        """The form of a tree; ``negated`` tells whether it stands under an odd number of negations."""
        match node:
            case And(children):
                return _all_of([self.of(child, negated=negated) for child in children])
            case Or(children):
                return _any_of([self.of(child, negated=negated) for child in children])
            case Not(child):
                return AnyOf(0, (AllOf((), (self.of(child, negated=not negated),)),))
            case leaf:
                return AnyOf(sum({1 << self._number(atom) for atom in _atoms_of(leaf, negated)}))

    def cost(self, form: AnyOf) -> int:
        """What it takes to find where a form is true, in spellings that are sought in one zone, about."""
        own = form.atoms.bit_count() + (form.atoms & self._bounded).bit_count() * _COST_OF_BOUNDED
        nested = (part for each in form.conjunctions for part in (*each.parts, *each.without))
        return own + sum(map(self.cost, nested))

    def _number(self, atom: Atom) -> int:
        number = self._numbers.get(atom)
        if number is None:
            number = self._numbers[atom] = len(self.atoms)
            self.atoms.append(atom)
            if isinstance(atom, Other) and isinstance(atom.leaf, Glob | Within):
                self._bounded |= 1 << number
        return number


def numbers_of(atoms: int) -> Iterator[int]:
    """The numbers of atoms, in order."""
    while atoms:
        lowest = atoms & -atoms
        yield lowest.bit_length() - 1
        atoms ^= lowest


def _atoms_of(leaf: QueryLeaf, negated: bool) -> Iterator[Atom]:
    """What a leaf asks for; in the text, where that is looked into, before all other zones."""
    match leaf:
        case Literal(zones=zones) if not (is_typed(leaf) or leaf.column):
            for zone in _text_first(zones):
                yield from (Spelled(zone, chars, whole=False) for chars in leaf.alternatives)
                yield from (Spelled(zone, chars, whole=True) for chars in leaf.whole)
        case Literal(zones=zones) | Glob(zones=zones):
            for zone in _text_first(zones):
                yield Other(replace(leaf, zones=(zone,)), negated and _is_bounded(leaf, zone))
        case _:
            yield Other(leaf, negated and isinstance(leaf, Within))


def _text_first(zones: tuple[Zone, ...]) -> Iterable[Zone]:
    return zones if zones[:1] == (Zone.TEXT,) else sorted(zones, key=Zone.TEXT.__ne__)


def _is_bounded(leaf: Literal | Glob, zone: Zone) -> bool:
    return isinstance(leaf, Glob) and zone is Zone.TEXT


def _any_of(forms: Iterable[AnyOf]) -> AnyOf:
    atoms, conjunctions = 0, {}
    for form in forms:
        atoms |= form.atoms
        conjunctions.update(dict.fromkeys(form.conjunctions))
    own = AnyOf(atoms)
    return AnyOf(atoms, tuple(each for each in conjunctions if not any(_implies(part, own) for part in each.parts)))


def _all_of(forms: Iterable[AnyOf]) -> AnyOf:
    parts: dict[AnyOf, None] = {}
    without: dict[AnyOf, None] = {}
    for form in forms:
        nested = form.conjunctions if len(form.conjunctions) == 1 and not form.atoms else (AllOf((form,)),)
        parts.update(dict.fromkeys(nested[0].parts))
        without.update(dict.fromkeys(nested[0].without))
    kept = tuple(_without_implied(parts))
    return kept[0] if len(kept) == 1 and not without else AnyOf(0, (AllOf(kept, tuple(without)),))


def _without_implied(parts: Iterable[AnyOf]) -> Iterator[AnyOf]:
    """The parts of an ``And`` but for those that are true wherever another one is."""
    parts = list(parts)
    once = shared = 0
    for part in parts:
        shared |= once & part.atoms
        once |= part.atoms
    implying = [part for part in parts if not part.atoms & ~shared]  # all atoms of such a one stand in another too
    return (part for part in parts if not any(each is not part and _implies(each, part) for each in implying))


def _implies(form: AnyOf, other: AnyOf) -> bool:
    """Tell of a form without conjunctions whether another is true wherever it is."""
    return not form.conjunctions and not form.atoms & ~other.atoms
