"""Runs the cells of 检索.ipynb without Jupyter and prints what they show: python main.py [索引目录]."""

from __future__ import annotations

import ast
import json
import os
import sys
from pathlib import Path

from indexer.errors import XunzhangError


def run(notebook: Path) -> None:
    """Run the code cells in order; the value of a last expression is shown as Jupyter would."""
    names: dict[str, object] = {}
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), notebook.name, "exec"), names)
        shown = eval(compile(ast.Expression(last.value), notebook.name, "eval"), names) if last else None
        if shown is not None:
            print(shown._repr_html_() if hasattr(shown, "_repr_html_") else repr(shown))


def main() -> None:
    """Run the notebook on an index."""
    os.environ["XUNZHANG_INDEX"] = (*sys.argv[1:], "index/demo")[0]
    try:
        run(Path(__file__).with_name("检索.ipynb"))
    except XunzhangError as error:
        sys.exit(f"错误：{error}")


if __name__ == "__main__":
    main()
