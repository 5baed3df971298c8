"""Settings for the whole suite."""

import asyncio
import inspect
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

import indexer
from indexer.build.isolation import keep_process
from indexer.index.index import Index
from tests.support import ENGINES, FOR_TESTS, ROOT, Make, maker

# No example fails for being slow; speed is measured in bench/. In CI the same examples run every time, so that a change
# is judged by what it changed; everywhere else new ones are tried.
settings.register_profile("xunzhang", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("xunzhang")


# The program speaks Chinese in tests, whoever runs them; of the machine it finds no settings and keeps no index.
for name in [name for name in os.environ if name.startswith("XUNZHANG_") and name not in FOR_TESTS]:
    del os.environ[name]
os.environ["XUNZHANG_LANG"] = "zh"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine in a thread of its own: in this one Playwright may keep a loop running."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, pyfuncitem.obj(**arguments)).result()
    return True


@pytest.fixture(scope="session", autouse=True)
def _process() -> Iterator[None]:
    """One process that parses, for all tests: starting one takes longer than most of them."""
    with keep_process():
        yield


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of two documents."""
    folder = tmp_path / "语料"
    folder.mkdir()
    (folder / "一.md").write_text("# 数据安全法\n\n第一条 为了规范数据处理活动，制定本法。\n", "utf-8")
    (folder / "二.txt").write_text("税收征收管理\n\n纳税人应当依法纳税。\n", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An empty index."""
    return indexer.create_index(tmp_path / "index")


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes indexes over analysed documents, on every engine in turn."""
    return maker(request.param, tmp_path)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an index of the handbook is."""
    folder = tmp_path_factory.mktemp("handbook") / "index"
    with indexer.create_index(folder) as made:
        made.update([ROOT / "docs"])
    return folder


@pytest.fixture
def handbook(place: Path) -> Iterator[Index]:
    """The handbook, open."""
    with indexer.open_index(place) as index:
        yield index
