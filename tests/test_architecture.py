"""Who may import whom (ARCHITECTURE.md), which names are public, and what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import indexer

ROOT = Path(__file__).parent.parent

# From the top. A room imports what stands below its layer, never a room beside it. The public API is the package.
PUBLIC = "indexer"
LAYERS = (
    ("indexer.__main__",),
    ("indexer.cli", "indexer.site_plugins"),
    ("indexer.integrations", "webui"),
    ("indexer.evaluation", "indexer.static_export", PUBLIC),
    ("indexer.serialize", "indexer.index"),
    ("indexer.search", "indexer.citation", "indexer.build"),
    ("indexer.engines",),
    ("indexer.query", "indexer.sources"),
    ("indexer.analysis", "indexer.documents", "indexer.embedding"),
    ("indexer.model",),
    ("indexer.errors", "indexer.translation"),
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
# Those that meet the program as a user's own would: room → what of indexer they may import.
GUESTS = {
    "indexer.integrations": {PUBLIC, "indexer.errors"},
    "webui": {PUBLIC, "indexer.errors", "indexer.serialize.shapes"},
}
# What of ours an engine may import beside itself.
OF_ENGINES = (
    "indexer.engines.connection",
    "indexer.engines.contract",
    "indexer.engines.definition",
    "indexer.engines.requests",
    "indexer.engines.budget",
    "indexer.engines.filters",
    "indexer.engines.scoring",
    "indexer.query.spans",
    "indexer.model",
    "indexer.errors",
)
# Library → the only place of ours that imports it.
ONLY_USER = {
    "jieba": "indexer/analysis/segmenter.py",
    "rjieba": "indexer/analysis/segmenter.py",
    "opencc": "indexer/analysis/fold.py",
    "pypinyin": "indexer/analysis/pinyin.py",
    "pypdfium2": "indexer/documents/formats/pdf/",
    "bs4": "indexer/documents/formats/html/",
    "python_calamine": "indexer/documents/formats/sheets/",
    "whoosh": "indexer/engines/whoosh/library.py",
    "numpy": (
        "indexer/analysis/fold_batch.py",
        "indexer/search/completion.py",
        "indexer/search/prefix_table.py",
        "indexer/embedding/",
        "indexer/engines/whoosh/",
        "indexer/evaluation/",
        "indexer/static_export/",
    ),
    "onnxruntime": "indexer/embedding/onnx.py",
    "tokenizers": "indexer/embedding/onnx.py",
    "ir_measures": "indexer/evaluation/",
    "click": "indexer/cli/",
    "rich": "indexer/cli/terminal/",
    "waitress": "webui/connections.py",
    "pathspec": "indexer/sources/ignore.py",
    "watchfiles": "indexer/sources/watch.py",
    "platformdirs": "indexer/cli/",
    "flask": "webui/",
    "orjson": "webui/http/json_response.py",
    "mcp": ("indexer/integrations/mcp.py", "indexer/integrations/mcp_tools.py"),
    "pydantic": "indexer/integrations/",
    "langchain_core": "indexer/integrations/langchain.py",
    "llama_index": "indexer/integrations/llamaindex.py",
    "mkdocs": "indexer/site_plugins/mkdocs.py",
}


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


OURS = (*sources("indexer"), *sources("webui"))


def dotted(path: Path) -> str:
    """A file's dotted name; of a package's ``__init__`` the package's."""
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


MODULES = {dotted(path): path for path in OURS}


def imports(path: Path) -> Iterator[str]:
    """Dotted names a file imports, a submodule named by ``from package import module`` included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def is_in(module: str, room: str) -> bool:
    return module == room or (room != PUBLIC and module.startswith(f"{room}."))


def room_of(module: str) -> str:
    (room,) = (room for room in LEVEL if is_in(module, room))
    return room


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_look_down(path: Path) -> None:
    importer = room_of(dotted(path))
    for name in imports(path):
        if name.split(".")[0] in ("indexer", "webui"):
            target = room_of(name)
            assert target == importer or LEVEL[target] > LEVEL[importer], (dotted(path), name)
            if importer in GUESTS and not is_in(name, importer):
                assert name in GUESTS[importer], (dotted(path), name)


@pytest.mark.parametrize("path", sources("indexer/engines"), ids=lambda path: str(path.relative_to(ROOT)))
def test_engines_do_not_know_each_other(path: Path) -> None:
    if dotted(path) == "indexer.engines":
        return  # the registry, which names them all
    own = ".".join(dotted(path).split(".")[:3])  # what they share keeps to the same
    for name in imports(path):
        if name.startswith("indexer"):
            assert any(is_in(name, room) for room in (*OF_ENGINES, own)), (dotted(path), name)


@pytest.mark.parametrize("library", ONLY_USER)
def test_each_library_has_one_user(library: str) -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in OURS
        if any(name.split(".")[0] == library for name in imports(path))
    ]
    assert users
    assert all(user.startswith(ONLY_USER[library]) for user in users), users


def test_public_names_exist_and_are_sorted() -> None:
    assert (
        sorted(indexer.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)) == indexer.__all__
    )
    assert all(hasattr(indexer, name) for name in indexer.__all__)


def test_importing_loads_no_heavy_library() -> None:
    heavy = sorted({*ONLY_USER, "lxml", "markdown_it", "frontmatter", "yaml"})
    code = f"import indexer, sys; print(*[name for name in {heavy!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == []


def test_every_error_is_in_the_tree_of_the_docstring() -> None:
    def below(kind: type[BaseException]) -> Iterator[type[BaseException]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    kinds = [kind for kind in below(indexer.errors.XunzhangError) if kind.__module__ == "indexer.errors"]
    assert len(kinds) > 5
    assert all(kind.__name__ in (indexer.errors.__doc__ or "") for kind in kinds)
    assert len({kind.code for kind in kinds}) == len(kinds)  # type: ignore[attr-defined]


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {
        name: {target for target in imports(path) if target in MODULES and target != name}
        for name, path in MODULES.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names them
