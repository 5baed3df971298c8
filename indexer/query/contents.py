"""What a parsed query holds, gathered in one pass: each step of planning asks for some of it."""

from __future__ import annotations

from indexer.analysis.fold import fold_key
from indexer.model import And, Field, FieldName, Near, Run, SyntaxNode, Wild, Wildcard, Years, leaves
from indexer.model.records import record


@record
class Contents:
    """What a query holds outside of negations.

    Attributes:
        runs: folded literal texts of its runs, those between wildcards too, each once, in order.
        free: its runs that need not stand literally: neither quoted nor with wildcards.
        meant: those, folded.
        is_plain: whether it is runs and nothing else, quoted or not.
        is_free: whether it is such runs and nothing else, none of them quoted.
        names_headings: whether a field asks for headings.
    """

    runs: tuple[str, ...]
    free: tuple[Run, ...]
    meant: tuple[str, ...]
    is_plain: bool
    is_free: bool
    names_headings: bool


def contents_of(tree: SyntaxNode) -> Contents:
    """Return what a query holds."""
    texts: list[str] = []
    runs: list[Run] = []
    names_headings = False
    for leaf in leaves(tree):
        match leaf:
            case Run():
                runs.append(leaf)
                texts.append(leaf.text)
            case Wildcard(pieces):
                texts += (piece for piece in pieces if not isinstance(piece, Wild))
            case Near(left, right):
                runs += (left, right)
                texts += (left.text, right.text)
            case Field(name):
                names_headings = names_headings or name is FieldName.SECTION
            case Years():
                pass
    folded = {text: fold_key(text) for text in texts}
    free = tuple([run for run in runs if not run.quoted and folded[run.text]])
    is_plain = bool(runs) and _is_plain(tree)
    return Contents(
        runs=tuple(dict.fromkeys(filter(None, folded.values()))),
        free=free,
        meant=tuple([folded[run.text] for run in free]),
        is_plain=is_plain,
        is_free=is_plain and len(free) == len(runs),
        names_headings=names_headings,
    )


def _is_plain(tree: SyntaxNode) -> bool:
    if isinstance(tree, And):
        return all(isinstance(child, Run) for child in tree.children)
    return isinstance(tree, Run)
