"""Where a library is missing, the command that installs it is said; nothing of ours imports one unasked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import ROOT

EXTRAS = {"mcp": "mcp", "langchain": "langchain_core", "llamaindex": "llama_index"}


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize(("extra", "library"), EXTRAS.items())
def test_a_missing_library_is_named_with_the_command(extra: str, library: str) -> None:
    code = f"""
import sys
sys.modules[{library!r}] = None
try:
    import indexer.integrations.{extra}
except ImportError as error:
    print(type(error).__name__, error)
"""
    printed = run(code).stdout
    assert printed.startswith("ExtraMissing ")
    assert f"pip install '.[{extra}]'" in printed


def test_the_command_says_so_too() -> None:
    code = "import sys; sys.modules['mcp'] = None; sys.argv = ['xunzhang', 'mcp']; import indexer.cli as c; c.main()"
    done = run(code)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "错误：MCP 服务要用到 mcp 这个库。请在项目目录里运行：pip install '.[mcp]'\n"


def test_the_command_line_loads_none_of_them() -> None:
    done = run(f"import sys, indexer.cli; print([name for name in {[*EXTRAS.values()]!r} if name in sys.modules])")
    assert done.stdout.strip() == "[]"
