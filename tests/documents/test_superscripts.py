"""Raised and lowered characters."""

from __future__ import annotations

import pytest

from indexer.documents.superscripts import lowered, raised


@pytest.mark.parametrize(("text", "expected"), [("3", "³"), ("-12", "⁻¹²"), ("n", "ⁿ"), ("[1]", "[1]"), ("注", "注")])
def test_raised(text: str, expected: str) -> None:
    assert raised(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("2", "₂"), ("10", "₁₀"), ("甲", "甲")])
def test_lowered(text: str, expected: str) -> None:
    assert lowered(text) == expected
