"""Query string → tree. Pure syntax: nothing is folded, segmented or looked up here.

    brackets.py   which brackets group and which are text
    wildcards.py  which stars and question marks are wildcards
    scanner.py    the string → tokens
    parser.py     tokens → tree

Holds one grammar for both parsers: the lenient one returns what it did otherwise than typed as warnings, the strict one
raises the first of them. Never a reading that loses what was typed: what is no operator is text. To add an operator,
give ``scanner`` its token and ``parser`` its rule.
"""

from __future__ import annotations

from collections.abc import Collection

from indexer.errors import QuerySyntaxError
from indexer.model import QueryWarning, SyntaxNode
from indexer.query.syntax.parser import Parser
from indexer.query.syntax.scanner import Scanner

__all__ = ["parse", "parse_strict"]


def parse(text: str, columns: Collection[str] = ()) -> tuple[SyntaxNode, tuple[QueryWarning, ...]]:
    """Return the tree of a query and what was read otherwise than typed. Never fails; blank is everything.

    Args:
        text: the query.
        columns: names of the user's own columns that the index has; each may open a field.
    """
    scanner = Scanner(text, columns)
    tokens = scanner.tokens()
    parser = Parser(text, tokens)
    tree = parser.tree()
    warnings = sorted((*scanner.warnings, *parser.warnings), key=lambda warning: (warning.start, warning.end))
    return tree, tuple(warnings)


def parse_strict(text: str) -> SyntaxNode:
    """Return the tree of a query without faults.

    Raises:
        QuerySyntaxError: the first place where the lenient parser would warn.
    """
    tree, warnings = parse(text)
    if warnings:
        raise QuerySyntaxError(warnings[0].message, warnings[0].start, "改正后再试，或给整句加上引号按原文查找。")
    return tree
