"""What a query may cost, in every engine alike: candidates of wildcards and NEAR are bounded, runs never are."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines import budget
from indexer.model import And, Glob, Literal, Not, Or, Tier, Wild, Within, Zone
from tests.support import CHARACTERS, Make, documents, make_document, make_index

LIMIT = "indexer.engines.budget.MAX_CANDIDATES"
TEXTS = ["数据的安全", "数据与安全", "安全", "数据", "数据库安全"]


def total(make: Make, query: str, **options: str) -> tuple[int, bool]:
    results = make(make_document("a", TEXTS)).search(query, match="exact", **options)
    assert results.at_least == ("query_budget" in [warning.code for warning in results.warnings])
    return results.total, results.at_least


class TestWhatIsBounded:
    @pytest.fixture(autouse=True)
    def two(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(LIMIT, 2)

    @pytest.mark.parametrize("query", ["数据*安全", "数*全", "数据 NEAR/5 安全", "据*安 OR 没有", "*据 -没有"])
    def test_candidates_after_the_first_are_not_looked_at(self, make: Make, query: str) -> None:
        assert total(make, query) == (2, True)

    def test_a_candidate_holds_all_pieces_whether_it_matches_or_not(self, make: Make) -> None:
        assert total(make, "数据与*安全") == (1, False)  # one candidate
        assert total(make, "安*据") == (0, True)  # three, of which none matches

    @pytest.mark.parametrize(
        ("query", "count"), [("数据", 4), ("安全", 4), ("“数据” 安全", 3), ("数据 OR 安全", 5), ("*数据*", 4)]
    )
    @pytest.mark.parametrize("script", ["any", "exact"])
    def test_runs_and_quotations_never_are(self, make: Make, query: str, count: int, script: str) -> None:
        assert total(make, query, script=script) == (count, False)

    def test_what_is_negated_and_not_looked_at_is_no_hit(self, make: Make) -> None:
        assert total(make, "安全 -数据*安全") == (1, True)

    def test_leaves_share_it(self, make: Make) -> None:
        assert total(make, "数据与* OR 安*") == (2, True)  # one candidate for each
        assert total(make, "数据与*") == (1, False)

    def test_a_field_costs_no_candidates(self, make: Make) -> None:
        assert total(make, "标题:标*") == (5, False)

    def test_the_first_are_those_of_the_first_document(self, make: Make) -> None:
        index = make(make_document("b", TEXTS), make_document("a", ["数据不安全"]))
        assert {hit.passage.id for hit in index.search("数据*安全", match="exact").hits} == {"a-0", "b-0"}


def test_leaves_are_counted_once() -> None:
    glob, other = Glob(("数", Wild.MANY, "据")), Glob(("税", Wild.ONE))
    field = Glob(("数", Wild.MANY, "据"), zones=(Zone.SECTION,))
    within = Within(Literal(("a",)), Literal(("b",)), 3)
    tree = And((glob, Or((Literal(("数",)), other, field)), Not(And((within, glob)))))
    leaves = budget.bounded_leaves(((Tier.EXACT, tree), (Tier.ALL, glob)))
    assert leaves == (glob, other, within)
    assert budget.share(leaves) == budget.MAX_CANDIDATES // 3
    assert [budget.pieces(leaf) for leaf in leaves] == [[("数",), ("据",)], [("税",)], [("a",), ("b",)]]


_pieces = st.sampled_from([*CHARACTERS.replace("\n", ""), "数据", "安全", "數", "*", "*", "?", "?"])
_operands = st.lists(st.lists(_pieces, min_size=1, max_size=6).map("".join), min_size=1, max_size=3)
_joints = st.sampled_from([" ", " OR ", " -", " NEAR/2 "])


@settings(max_examples=150)
@given(
    corpus=st.tuples(documents("a"), documents("b"), documents("c")),
    operands=_operands,
    joint=_joints,
    script=st.sampled_from(["any", "exact"]),
    scope=st.sampled_from(["passage", "section"]),
    most=st.sampled_from([1, 3, 1_000]),
)
def test_every_engine_answers_like_the_definition(corpus, operands, joint, script, scope, most) -> None:  # type: ignore[no-untyped-def]
    query = joint.join(operands)
    with tempfile.TemporaryDirectory() as folder, patch(LIMIT, most):
        said = [
            make_index(each, Path(folder) / each, corpus).search(query, script=script, scope=scope, limit=50)
            for each in ("memory", "whoosh")
        ]
    memory, other = (
        ([(hit.passage.id, hit.tier, hit.highlights) for hit in each.hits], each.tiers, each.at_least) for each in said
    )
    assert other == memory


@given(corpus=st.tuples(documents("a"), documents("b")), operands=_operands, joint=_joints)
def test_what_is_cut_is_a_lower_bound(corpus, operands, joint) -> None:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as folder:
        index = make_index("memory", Path(folder), corpus)
        whole = index.search(joint.join(operands), match="exact")
        with patch(LIMIT, 1):
            cut = index.search(joint.join(operands), match="exact")
    assert not whole.at_least
    assert cut.total <= whole.total if cut.at_least else cut.total == whole.total
