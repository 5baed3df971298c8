"""Vectors in whole numbers point where they did."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.embedding.quantized import beside_mean, quantized
from indexer.model.vectors import components, cosine


@given(st.integers(0, 2**32 - 1), st.sampled_from([3, 64, 512, 4096]))
def test_cosines_stay(seed: int, dimension: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(2, dimension))
    one, other = quantized(vectors)
    exact = float(vectors[0] @ vectors[1] / np.linalg.norm(vectors[0]) / np.linalg.norm(vectors[1]))
    assert abs(cosine(one, other) - max(exact, 0.0)) < 0.03
    assert cosine(one, one) > 0.9999


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 512, 4096]))
def test_products_are_exact_in_single_precision(seed: int, dimension: int) -> None:
    vectors = np.sign(np.random.default_rng(seed).normal(size=(1, dimension)))
    (vector,) = quantized(vectors)
    assert sum(each * each for each in components(vector)) < 1 << 24


def test_no_direction_is_near_to_none() -> None:
    nothing, something = quantized(np.array([[0.0, 0.0], [0.6, 0.8]]))
    assert nothing == b"\0\0"
    assert cosine(nothing, something) == 0.0


def test_what_points_away_is_not_near() -> None:
    one, other = quantized(np.array([[1.0, 0.0], [-1.0, 0.1]]))
    assert cosine(one, other) == 0.0


@given(st.integers(0, 2**32 - 1), st.integers(2, 6))
def test_what_all_say_is_no_part_of_what_one_says_beside_them(seed: int, count: int) -> None:
    own = np.random.default_rng(seed).normal(size=(count, 64))
    own /= np.linalg.norm(own, axis=1, keepdims=True)
    subject = np.zeros((1, 64))
    subject[0, 0] = 3.0
    beside = beside_mean(quantized(own + subject), 0)
    (direction,) = quantized((own[0] - own.mean(axis=0))[None])
    assert cosine(beside, quantized(subject)[0]) < 0.35 < cosine(beside, direction)


def test_what_is_alone_or_like_all_others_says_all_of_it() -> None:
    one, same, other = quantized(np.array([[0.6, 0.8], [0.6, 0.8], [0.8, -0.6]]))
    assert beside_mean([one], 0) == beside_mean([one, same], 1) == one
    assert beside_mean([one, other], 0) not in (one, other)
