"""Answers as JSON are the same with orjson and without."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.http import json_response

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", '"\\/', "\x00\x1f\x7f", "章😀\u2028"]
)
plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6) | texts
bodies = st.recursive(
    plain,
    lambda inside: (
        st.lists(inside, max_size=3) | st.tuples(inside, inside) | st.dictionaries(texts, inside, max_size=3)
    ),
)


@given(bodies)
def test_both_write_the_same_object(body: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_response, "orjson", None)
        without = json_response.encode(body)
    written = json_response.encode(body)
    assert json.loads(written) == json.loads(without) == json.loads(json.dumps(body))
    assert written.endswith(b"\n")
    assert written.count(b"\n") == 1


@given(st.lists(texts | st.integers(0, 2**53), max_size=4))
def test_texts_and_numbers_are_written_in_the_same_bytes(body: list[object]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_response, "orjson", None)
        without = json_response.encode(body)
    assert json_response.encode(body) == without


@pytest.mark.parametrize("body", [{"path": "a\ud800.txt"}, ["\udcff"], {"\ud800": 1}, {"n": 2**70}])
@pytest.mark.parametrize("has_orjson", [True, False])
def test_what_orjson_refuses_is_written_all_the_same(
    body: object, has_orjson: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_orjson:
        monkeypatch.setattr(json_response, "orjson", None)
    expected = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    assert json.loads(json_response.encode(body)) == json.loads(expected)
