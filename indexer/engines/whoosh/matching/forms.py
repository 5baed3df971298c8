"""The trees of a request in one form: ``Or`` over atoms and ``And`` of such, each atom numbered once for the request.

Trees of several tiers say much the same. Here equal parts are equal values, in whatever order they were asked for, and
what says nothing more is left out: the word anywhere beside the same word in the text, ``(a AND b)`` beside ``a``. No
tree is true for other rows by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from indexer.model import And, Glob, Literal, Not, Or, QueryLeaf, QueryNode, Within, Zone
from indexer.query.spans import is_typed


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
    """Gives the trees of one request their forms; these stay alive as long as it does.

    Attributes:
        atoms: by number.
    """

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self._numbers: dict[Atom, int] = {}
        self._of_leaves: dict[tuple[int, bool], AnyOf] = {}  # by ``id``: trees share most of their leaves

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
                return self._of_leaf(leaf, negated)

    def _of_leaf(self, leaf: QueryLeaf, negated: bool) -> AnyOf:
        key = id(leaf), negated
        if key not in self._of_leaves:
            atoms = 0
            for atom in _atoms_of(leaf, negated):
                atoms |= 1 << self._number(atom)
            self._of_leaves[key] = AnyOf(atoms)
        return self._of_leaves[key]

    def _number(self, atom: Atom) -> int:
        number = self._numbers.get(atom)
        if number is None:
            number = self._numbers[atom] = len(self.atoms)
            self.atoms.append(atom)
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
    own = 0
    conjunctions: list[AllOf] = []
    for atoms, nested in forms:
        own |= atoms
        conjunctions += nested
    kept = (each for each in dict.fromkeys(conjunctions) if not any(_implies(part, own) for part in each.parts))
    return AnyOf(own, tuple(sorted(kept)) if conjunctions else ())


def _all_of(forms: Iterable[AnyOf]) -> AnyOf:
    parts: list[AnyOf] = []
    without: list[AnyOf] = []
    for form in forms:
        if form.atoms or len(form.conjunctions) != 1:
            parts.append(form)
        else:
            parts += form.conjunctions[0].parts
            without += form.conjunctions[0].without
    kept = _without_implied(list(dict.fromkeys(parts)))
    if len(kept) == 1 and not without:
        return kept[0]
    return AnyOf(0, (AllOf(tuple(sorted(kept)), tuple(sorted(set(without)))),))


def _without_implied(parts: list[AnyOf]) -> list[AnyOf]:
    """The parts of an ``And`` but for those that are true wherever another one is."""
    once = shared = 0
    for atoms, _ in parts:
        shared |= once & atoms
        once |= atoms
    implying = [part for part in parts if not part.atoms & ~shared]  # all atoms of such a one stand in another too
    if not implying:
        return parts
    return [part for part in parts if not any(each is not part and _implies(each, part.atoms) for each in implying)]


def _implies(form: AnyOf, atoms: int) -> bool:
    """Tell whether one of ``atoms`` is true wherever a form is, as far as its own atoms show."""
    return not form.conjunctions and not form.atoms & ~atoms
