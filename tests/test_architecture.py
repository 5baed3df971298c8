"""Who may import whom (ARCHITECTURE.md), which names are public, and what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
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
    ("indexer.errors", "indexer.translation", "indexer.lazy_names", "indexer.heap"),
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
# Those that meet the program as a user's own would: room → what of indexer they may import.
GUESTS = {
    "indexer.integrations": {PUBLIC, "indexer.errors"},
    "webui": {PUBLIC, "indexer.errors", "indexer.heap", "indexer.serialize.shapes"},
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
    "rjsmin": "webui/rendering/bundle.py",
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
    assert set(indexer.__all__) <= set(dir(indexer))
    with pytest.raises(AttributeError, match="nothing"):
        indexer.nothing  # type: ignore[attr-defined]  # noqa: B018


def told_to_the_type_checker(package: str) -> dict[str, str]:
    """Name → module, of what stands below ``TYPE_CHECKING`` in a package that loads its names when asked for them."""
    found = {}
    for node in ast.parse(MODULES[package].read_text("utf-8")).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for statement in node.body:
                assert isinstance(statement, ast.ImportFrom)
                assert statement.module
                found |= {alias.name: statement.module for alias in statement.names}
    return found


@pytest.mark.parametrize("package", ["indexer", "indexer.model", "indexer.cli.terminal"])
def test_names_that_are_loaded_when_asked_for_are_those_of_the_type_checker(package: str) -> None:
    told = told_to_the_type_checker(package)
    module = import_module(package)
    assert len(told) > 10
    assert set(told) <= set(module.__all__)
    assert all(getattr(module, name) is getattr(import_module(home), name) for name, home in told.items())


HEAVY = {*ONLY_USER, "lxml", "markdown_it", "frontmatter", "yaml"}
# What a search of the command has no use for, beside the libraries: rooms, and what takes long of the standard library.
NOT_FOR_SEARCH = {
    *(HEAVY - {"click", "numpy", "opencc", "platformdirs", "whoosh"}),
    "concurrent.futures",
    "importlib.metadata",
    "importlib.resources",
    "logging",
    "tomllib",
    "indexer.build",
    "indexer.citation",
    "indexer.documents",
    "indexer.embedding",
    "indexer.engines.whoosh.commits.commit",
    "indexer.engines.whoosh.segments.writer",
    "indexer.evaluation",
    "indexer.integrations",
    "indexer.serialize",
    "indexer.static_export",
    "webui",
}


def loaded_by(code: str) -> set[str]:
    """The modules that a new process has loaded when it ends."""
    whole = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    run = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(run.stderr.split())


def test_importing_loads_nothing_but_the_errors() -> None:
    loaded = loaded_by("import indexer")
    assert {name for name in loaded if name.startswith("indexer")} == {
        "indexer",
        "indexer.errors",
        "indexer.lazy_names",
    }
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    ("arguments", "less"),
    [
        (["search", "数据安全"], {"indexer.cli.read", "indexer.cli.serve", "indexer.model.reports"}),
        (["search", "第12条 -附则", "--section", "总则"], {"indexer.model.quotations"}),
        (["explain", "数据安全"], {"indexer.cli.read", "indexer.search.similar"}),
    ],
)
def test_a_command_loads_what_it_needs(arguments: list[str], less: set[str], tmp_path: Path) -> None:
    text = tmp_path / "法.md"
    text.write_text("# 总则\n\n第十二条 国家保障数据安全。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([text])
    given = [*arguments, "--index", str(tmp_path / "index")]
    loaded = loaded_by(f"from indexer.cli import cli; cli.main({given!r})")
    assert "indexer.engines.whoosh.engine" in loaded
    assert loaded & (NOT_FOR_SEARCH | less) == set()


def test_an_update_leaves_what_parses_to_the_process_that_reads(tmp_path: Path) -> None:
    text = tmp_path / "文" / "法.md"
    text.parent.mkdir()
    text.write_text("# 总则\n\n第十二条 国家保障数据安全。\n", "utf-8")
    with indexer.create_index(tmp_path / "index") as index:
        index.update([text.parent])
    text.write_text("# 总则\n\n第十三条 国家保障数据安全。\n", "utf-8")
    given = ["index", str(text.parent), "--index", str(tmp_path / "index")]
    loaded = loaded_by(f"from indexer.cli import cli; cli.main({given!r})")
    parsers = {"indexer.documents.dating", "indexer.documents.structure.titles", "indexer.documents.formats.markdown"}
    assert "indexer.build.update" in loaded
    assert loaded & {*parsers, "frontmatter", "lxml", "markdown_it", "pathspec", "tomllib", "yaml"} == set()


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
