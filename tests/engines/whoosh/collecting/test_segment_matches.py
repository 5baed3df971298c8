"""How many passages hold characters is counted without trees, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.contract import Removal
from indexer.engines.requests import Request
from indexer.engines.whoosh import engine as engine_module
from indexer.model import Filters, Kind, Literal, Not, QueryNode, Tier, Zone
from tests.support import MANIFEST, count_calls, make_document, make_index

DOCUMENTS = [
    make_document("a", [("渔船入渔港", ("一",)), ("渔船", ("一",)), ("体长5米", ("二",))]),
    make_document("b", [("渔业", ("渔船",)), ("漁船", ("一",))]),
]


@pytest.mark.parametrize(
    ("tree", "asked", "is_alone"),
    [
        (Literal(("渔船",)), {}, True),
        (Literal(("渔",)), {}, True),
        (Literal(("渔船入",)), {}, True),
        (Literal(("鲸",)), {}, True),
        (Literal(("渔船", "渔业")), {}, False),
        (Literal(("渔船",), (Zone.TEXT, Zone.SECTION)), {}, False),
        (Literal(("渔船",), (Zone.SECTION,)), {}, False),
        (Literal(("渔船",), original="漁船"), {}, False),
        (Literal((), whole=("5",)), {}, False),
        (Literal(("渔船",), whole=("5",)), {}, False),
        (Not(Literal(("渔船",))), {}, False),
        (Literal(("渔船",)), {"filters": Filters(kind=(Kind.HEADING,))}, False),
        (Literal(("渔船",)), {"scope": "section"}, False),
    ],
)
def test_characters_alone_are_counted_without_trees(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tree: QueryNode,
    asked: dict[str, object],
    is_alone: bool,
) -> None:
    request = Request(((Tier.EXACT, tree),), **asked)  # type: ignore[arg-type]
    counts = {}
    found = count_calls(monkeypatch, engine_module, "find")
    for name in ("memory", "whoosh"):
        with make_index(name, tmp_path / name, DOCUMENTS) as index:
            index._engine.apply([Removal("b")], MANIFEST)  # type: ignore[attr-defined]
            counts[name] = index._engine.count(request).tiers  # type: ignore[attr-defined]
    assert counts["whoosh"] == counts["memory"]
    assert len(found) == (not is_alone)
