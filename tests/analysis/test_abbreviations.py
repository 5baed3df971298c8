"""What texts call something for short is found where they say so, and kept as if it were read there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.abbreviations import abbreviations_in, abbreviations_of, tells_abbreviations
from indexer.analysis.fold import fold_key

SAID = "根据《中华人民共和国渔港管理法》（以下简称《渔港法》）制定。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SAID, (("中华人民共和国渔港管理法", "渔港法"),)),
        (
            "依照《渔港管理条例》(以下称“条例”)和《渔政法》（以下简称渔法）。",
            (("渔港管理条例", "条例"), ("渔政法", "渔法")),
        ),
        ("《渔港管理条例》（以下简称本条例）", (("渔港管理条例", "本条例"),)),
        ("《渔》（以下简称《港》）", ()),
        ("《渔港管理法》（FPAL）和《渔政条例》（Fishery Rules, FR）", (("渔港管理法", "FPAL"), ("渔政条例", "FR"))),
        ("《渔港管理法》（以下简称FPAL）", (("渔港管理法", "FPAL"),)),
        ("《渔港手册》（PDF）", ()),
        ("《渔港管理法》（Fishery）", ()),
        ("《渔港管理法》（fpal）", ()),
        ("渔港管理法（FPAL）", ()),
        ("渔港管理条例（以下简称条例）", ()),
        ("《渔港管理条例》（简称条例）", ()),
        ("", ()),
    ],
)
def test_what_a_text_calls_something(text: str, told: tuple[tuple[str, str], ...]) -> None:
    assert abbreviations_in(text) == told
    assert tells_abbreviations(fold_key(text)) or not told


@given(
    st.lists(
        st.sampled_from(
            [SAID, "渔港。", "《渔港法》（FPAL）", "《渔》（以下简称《港》）", "《渔 港》 （以下简称 港）"]
        ),
        max_size=6,
    )
)
@settings(max_examples=30)
def test_those_of_many_are_those_of_each(texts: list[str]) -> None:
    folded = [*map(fold_key, texts)]
    told = dict(abbreviations_of(texts, folded))
    assert [*told] == [at for at, chars in enumerate(folded) if tells_abbreviations(chars)]
    assert all(abbreviations_in(texts[at]) == said for at, said in told.items())
