"""Modules become one: what they import is there, what is loaded late is found, what cannot be held is refused."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.static_export.asking import NODE, needs_node
from webui.rendering.bundle import bundle, minified


def scripts(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        file = folder / f"{name.replace('__', '/')}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


@needs_node
def test_it_does_what_its_modules_do(tmp_path: Path) -> None:
    scripts(
        tmp_path,
        page__main=(
            'import { one } from "../js/one.js";\nimport {\n  two,\n  Three,\n} from "./two.js";\n\n'
            "const name = one + two();\nconsole.log(JSON.stringify([name, new Three().name]));\n"
            'import("../js/late.js").then(({ late }) => console.log(JSON.stringify(late)));\n'
        ),
        page__two=(
            '// A comment.\nimport { one } from "../js/one.js";\nconst name = "2";\n'
            "/** Said. */\nexport async function three() {}\nexport const two = () => one + name;\n"
            'export class Three {\n  name = "3"; // it stays\n}\n'
        ),
        js__one='export const one = "1";\n',
        js__late='import { one } from "./one.js";\nexport const late = `late ${one}`;\n',
    )
    made = bundle(tmp_path, "page/main.js")
    assert made.modules == ("js/one.js", "page/two.js", "page/main.js")
    assert made.late == {"js/late.js"}
    assert "comment" not in made.text
    (tmp_path / "page" / "main.js").write_text(made.text, "utf-8")
    for name in ("js/one.js", "page/two.js"):
        (tmp_path / name).unlink()
    (tmp_path / "js" / "one.js").write_text('export const one = "1";\n', "utf-8")  # for what is loaded late
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    run = subprocess.run([NODE or "node", tmp_path / "page" / "main.js"], capture_output=True, check=True, text=True)
    assert [json.loads(line) for line in run.stdout.splitlines()] == [["112", "3"], "late 1"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('import { one, none } from "./one.js";\n', "exports no none"),
        ('import { one as other } from "./one.js";\n', "exports no as, other"),
        ('import * as all from "./one.js";\n', "import * as all"),
        ("export default 1;\n", "export default"),
        ("export const a = `one ${b ? `two` : 3}`;\n", "nested template"),
    ],
)
def test_what_it_cannot_hold_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    scripts(tmp_path, one="export const one = 1;\n", main=text)
    with pytest.raises(ValueError, match=re.escape(fault)):
        bundle(tmp_path, "main.js")


def test_comments_and_white_space_go_and_nothing_else() -> None:
    source = (
        '// Away.\n/**\n * Away.\n */\nconst a = "// stays", b = /[/"] \\/ /;\n\n'
        '  if (a) {\n    // away\n    a(); // "away"\n    b("; // stays", `${ a } /* stays */`);\n  }\n'
    )
    assert minified(source) == ('const a="// stays",b=/[/"] \\/ /;if(a){a();b("; // stays",`${ a } /* stays */`);}\n')


@needs_node
@pytest.mark.parametrize(
    "source",
    [
        "let a = 1\nlet b = a\n++b\nconsole.log(a, b)",
        "const f = () => {\n  return\n  1;\n}\nconsole.log(f(), 8 - -1, +!!1 + +1)",
        'const a = 4, g = 2;\nconsole.log(a / 2 / g, "a / b".split(/ *\\/ */g), a\n/ g / 2)',
        "const t = `a  b\n  // ${ [1, 2].map((n) => n + ' /* ') }  c`\nconsole.log(t)",
        "const o = { if: 1, in: 2 }; for (const k in o) console.log(k, typeof o, k in o, void 0)",
        "console.log('it\\'s  //', \"/* \\\" */\")",
    ],
)
def test_minified_scripts_do_the_same(source: str) -> None:
    said = [
        subprocess.run([NODE or "node", "-e", text], capture_output=True, check=True, text=True).stdout
        for text in (source, minified(source))
    ]
    assert said[0] == said[1] != ""
