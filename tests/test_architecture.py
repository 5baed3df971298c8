"""Who may import whom (design §2), which names are public, and what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer

ROOT = Path(__file__).parent.parent
EVERYONE_MAY = {"model", "errors"}

# Module (or the longest package that contains it) → modules of ours it may import beside EVERYONE_MAY and its own.
ALLOWED = {
    "": {
        "build",
        "citing",
        "result_formats",
        "identities",
        "index",
        "opening",
        "outline",
        "place",
        "wire",
        "errors",
        "shapes",
    },
    "identities": set(),
    "__main__": {"cli"},
    "model": set(),
    "errors": set(),
    "matching": {"analysis"},
    "outline": set(),
    "citing": set(),
    "originals": {"identities"},
    "crossrefs": {"analysis"},
    "manifest": set(),
    "names": set(),
    "roots": {"names"},
    "discover": {"names", "parse", "roots"},
    "passages": set(),
    "parse": set(),
    "query": set(),
    "analysis": set(),
    "engines": {"engines.base"},
    "engines.base": set(),
    "engines.per_commit": set(),
    "engines.scoring": set(),
    "engines.memory": {"engines.base", "engines.scoring", "matching"},
    "engines.whoosh": {"engines.base", "engines.scoring", "matching"},
    "lowering": {"analysis"},
    "rewriting": {"analysis"},
    "plan": {"analysis", "lowering", "rewriting"},
    "facets": {"engines", "outline"},
    "filtering": {"engines", "outline"},
    "highlight": {"analysis", "matching"},
    "reading": {"parse", "passages", "analysis", "discover", "engines.base", "names", "processes"},
    "processes": set(),
    "build": {"identities", "parse", "analysis", "engines", "manifest", "discover", "reading", "roots"},
    "suggest": {"analysis", "engines"},
    "prefixes": {"analysis"},
    "completion": {"analysis", "engines", "outline", "prefixes"},
    "parameters": {"outline"},
    "diagnosis": {"analysis", "engines", "plan", "query"},
    "place": {"manifest", "parse"},
    "explain": {"analysis", "matching", "plan"},
    "search": {
        "query",
        "analysis",
        "diagnosis",
        "completion",
        "engines",
        "explain",
        "facets",
        "filtering",
        "highlight",
        "parameters",
        "plan",
        "suggest",
    },
    "quotations": {"analysis", "engines", "plan"},
    "wire": {"identities", "outline", "shapes"},
    "shapes": set(),
    "result_formats": {"identities", "citing", "outline"},
    "index": {
        "asking",
        "build",
        "identities",
        "search",
        "quotations",
        "engines",
        "manifest",
        "analysis",
        "originals",
        "outline",
        "parameters",
        "place",
    },
    "asking": {"analysis", "crossrefs", "engines", "identities", "manifest", "search"},
    "opening": {"analysis", "asking", "engines", "index", "manifest", "parse", "place"},
    "evaluation": {"index", "opening", "outline"},
    # what the browser searches with: built from the index's documents with its analyzer, never from an engine's files
    "export": {"analysis", "identities", "index"},
    "output": set(),
    "terminal": {"evaluation", "explain", "outline", "output"},
    "usage": set(),
    "exits": {"output", "usage"},
    "server": {"index"},
    # other people's libraries meet ours as a user's own program would: by the public API alone
    "integrations": {""},
    "cli_tools": {"", "evaluation", "export", "integrations", "output", "server", "terminal", "usage"},
    "cli_serving": {"", "engines", "server", "usage"},
    "cli": {
        "",
        "cli_serving",
        "cli_tools",
        "engines",
        "exits",
        "evaluation",
        "index",
        "output",
        "server",
        "terminal",
        "usage",
    },
}
# Imports webui, when asked to serve it or to give its widget away.
USES_THE_PAGE = {"server", "cli_tools"}
# Library → the only place of ours that imports it.
ONLY_USER = {
    "jieba": ("indexer/analysis/segment.py", "indexer/analysis/segmenter_tables.py"),
    "rjieba": "indexer/analysis/segment.py",
    "opencc": "indexer/analysis/fold.py",
    "pypinyin": "indexer/analysis/pinyin.py",
    "bs4": "indexer/parse/html.py",
    "whoosh": "indexer/engines/whoosh/",
    "numpy": (
        "indexer/analysis/batch.py",
        "indexer/completion.py",
        "indexer/engines/whoosh/",
        "indexer/evaluation.py",
        "indexer/prefixes.py",
        "indexer/export/",
    ),
    "ir_measures": "indexer/evaluation.py",
    "click": (
        "indexer/cli.py",
        "indexer/cli_serving.py",
        "indexer/cli_tools.py",
        "indexer/exits.py",
        "indexer/usage.py",
    ),
    "rich": "indexer/terminal.py",
    "waitress": "indexer/server.py",
    "flask": "webui/",
    "mcp": ("indexer/integrations/mcp.py", "indexer/integrations/mcp_tools.py"),
    "pydantic": "indexer/integrations/",
    "langchain_core": "indexer/integrations/langchain.py",
    "llama_index": "indexer/integrations/llamaindex.py",
}


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Dotted names a file imports, a submodule named by ``from package import module`` included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                as_path = ROOT / inner.replace(".", "/")
                yield inner if as_path.with_suffix(".py").exists() or as_path.is_dir() else node.module


def ours(path: Path) -> str:
    """A file's dotted name below ``indexer``; of a package, the package's."""
    name = path.relative_to(ROOT / "indexer").with_suffix("").as_posix().replace("/", ".")
    return "" if name == "__init__" else name.removesuffix(".__init__")


def owner(module: str, among: set[str]) -> str:
    """The longest of ``among`` that is ``module`` or a package around it."""
    return max((name for name in among if module == name or module.startswith(f"{name}.") or not name), key=len)


@pytest.mark.parametrize("path", sources("indexer"), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_allowed_imports(path: Path) -> None:
    place = owner(ours(path), set(ALLOWED))
    allowed = ALLOWED[place] | EVERYONE_MAY | {place}
    for name in imports(path):
        if name.split(".")[0] == "indexer":
            target = name.removeprefix("indexer").removeprefix(".")
            assert any(target == each or (each and target.startswith(f"{each}.")) for each in allowed), (
                ours(path),
                name,
            )
        assert name.split(".")[0] != "webui" or ours(path) in USES_THE_PAGE


@pytest.mark.parametrize("path", sources("webui"), ids=lambda path: str(path.relative_to(ROOT)))
def test_webui_uses_the_public_api_only(path: Path) -> None:
    public = {"indexer", "indexer.errors", "indexer.shapes"}
    assert {name for name in imports(path) if name.startswith("indexer")} <= public


def test_choices_know_nothing_but_the_model() -> None:
    """They are written for other languages, too: nothing may hang on an engine, or on what is installed."""
    names = set(imports(ROOT / "indexer" / "model" / "choices.py"))
    assert {name for name in names if name.startswith("indexer")} <= {"indexer.model.answers", "indexer.model.queries"}


@pytest.mark.parametrize("library", ONLY_USER)
def test_each_library_has_one_user(library: str) -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in (*sources("indexer"), *sources("webui"))
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
