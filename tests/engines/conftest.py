"""What the suite of the contract needs, wherever it is asked of an engine."""

from __future__ import annotations

import pytest

from indexer.engines import persistent
from tests.support import ENGINES


@pytest.fixture(params=[name for name in persistent() if name in ENGINES])
def lasting(request: pytest.FixtureRequest) -> str:
    """The name of an engine whose indexes outlive the process."""
    name: str = request.param
    return name
