"""Each module of the browser's search says what it is the twin of, and what both know is written once."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.spellings import LIMIT
from indexer.model.years import is_in_years, parse_years
from tests.static_export.asking import needs_node
from tests.support import ROOT
from tools import engine_choices

ENGINE = ROOT / "webui" / "static" / "engine"
MODULES = sorted(ENGINE.rglob("*.js"))
IMPORT = re.compile(r"^(?:import|export|\}).* from \"(\.[\w./]+)\";$", re.M)
TWIN = re.compile(r"// Twin of ([\w/]+\.py(?:, [\w/]+\.py)*)\.")
NO_TWIN = re.compile(r"// No twin: \S.*\.")


def twins(module: Path) -> list[str]:
    """The Python modules that the first line of ``module`` names."""
    first, second, *_ = module.read_text("utf-8").splitlines()
    assert second.startswith("// "), f"{module.name}: the second line says what the module is"
    if found := TWIN.fullmatch(first):
        return found[1].split(", ")
    assert NO_TWIN.fullmatch(first), f"{module.name}: begins neither “// Twin of a/b.py.” nor “// No twin: why.”"
    return []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_every_twin_is_there(module: Path) -> None:
    assert [name for name in twins(module) if not (ROOT / name).is_file()] == []


def test_most_modules_have_a_twin() -> None:
    assert sum(bool(twins(module)) for module in MODULES) > len(MODULES) / 2


def test_choices_are_fresh() -> None:
    written = engine_choices.MODULE.read_text("utf-8")
    assert written == engine_choices.module_text(), f"stale; run: {engine_choices.COMMAND}"


@needs_node
def test_choices_are_read_as_they_were_meant() -> None:
    uri = json.dumps(engine_choices.MODULE.as_uri())
    script = f"import * as choices from {uri}; console.log(JSON.stringify(choices))"
    assert run(script) == json.loads(engine_choices.to_json(dict(engine_choices.constants())))


def test_limits_are_written_nowhere_else() -> None:
    """A number of ``choices`` that some module also declares under the same name would drift."""
    names = {name for name, _ in engine_choices.constants()}
    declared = re.compile(r"^(?:export )?const (\w+) =|, (\w+) =", re.M)
    for module in MODULES:
        if module != engine_choices.MODULE:
            again = {name for found in declared.findall(module.read_text("utf-8")) for name in found} & names
            assert again == set(), module.name


def run(script: str) -> object:
    command = ["node", "--input-type=module", "--eval", script]
    return json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)


YEARS = ["2020", "2020..2021", "2021..2020", "2020..2020", "2020..", "..2021", "..", "none", "无", "None", "", "20"]
YEARS += ["20200", "2020.2021", "2020...2021", "2020..21", "２０２０", "2020\n", "\n2020", "0001..9999", "none..2020"]
DATED = [None, "0001", "2019", "2020", "2021", "9999"]


@needs_node
def test_years_are_read_alike() -> None:
    years = (ROOT / "webui" / "static" / "engine" / "model" / "years.js").as_uri()
    script = f"""
        import {{ isInYears, parseYears }} from {json.dumps(years)};
        const answers = {json.dumps(YEARS)}.map(parseYears).map((wanted) =>
          wanted && [wanted, {json.dumps(DATED)}.map((year) => isInYears(year, wanted))]);
        console.log(JSON.stringify(answers));
    """
    expected = [
        found
        and [
            {"first": found.first, "last": found.last, "undated": found.undated},
            [is_in_years(year, found) for year in DATED],
        ]
        for found in map(parse_years, YEARS)
    ]
    assert run(script) == expected
    assert 5 < sum(each is not None for each in expected) < len(YEARS)


@needs_node
def test_no_more_spellings_are_made_than_are_sought() -> None:
    spellings = (ENGINE / "analysis" / "spellings.js").as_uri()
    script = f"""
        import {{ Spellings }} from {json.dumps(spellings)};
        let made = 0;
        const folding = {{ key: (text) => (made += 1, text.trim()) }};
        const dear = new Spellings(folding, "海伦凯勒").hasMore("2020年3月5日wi-fi 2019至2021年");
        const folded = made;
        const plain = new Spellings(folding, "海伦凯勒").expand("渔船登记");
        console.log(JSON.stringify([dear, folded, plain]));
    """
    assert run(script) == [True, LIMIT, ["渔船登记"]]


@given(st.none() | st.integers(0, 9999), st.none() | st.integers(0, 9999))
def test_a_range_is_read_as_its_ends(first: int | None, last: int | None) -> None:
    text = f"{'' if first is None else f'{first:04}'}..{'' if last is None else f'{last:04}'}"
    found = parse_years(text)
    if (first is None and last is None) or (first is not None and last is not None and first > last):
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.last, found.undated) == (first, last, False)


# From the bottom; what stands beside the rooms and is no entrance is below all of them.
ROOMS = ("", "model", "analysis", "query", "engine", "search")
ENTRANCE = ENGINE / "engine.js"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_rooms_look_down(module: Path) -> None:
    def room_of(path: Path) -> int:
        return ROOMS.index("" if path.parent == ENGINE else path.parent.name)

    imported = [(module.parent / name).resolve() for name in IMPORT.findall(module.read_text("utf-8"))]
    assert set(imported) <= set(MODULES)
    if module == ENTRANCE:
        assert len(imported) > len(ROOMS)
    else:
        assert ENTRANCE not in imported
        assert [path.name for path in imported if room_of(path) > room_of(module)] == []
