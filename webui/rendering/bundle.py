"""Several modules of JavaScript as one, so that a browser asks once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

import rjsmin

_IMPORT = re.compile(r'^import \{([\w,\s]+)\} from "(\.\.?/[\w./-]+\.js)";$', re.M)
_LATE_IMPORT = re.compile(r'\bimport\("(\.\.?/[\w./-]+\.js)"\)')
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.M)
# A template within another, which rjsmin takes for its end.
_NESTED = re.compile(r"\$\{[^}`]*`[^\n]*")
_STATEMENT = re.compile(r"^(?:import|export)\b.*", re.M)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was bundled, by paths below the folder of all scripts.

    Attributes:
        text: the module, minified.
        modules: what it is made of, in the order in which they run.
        late: modules that it loads when they are wanted.
    """

    text: str
    modules: tuple[str, ...]
    late: frozenset[str]


def bundle(scripts: Path, entrance: str) -> Bundle:
    """Bundle a module with all that it imports, to stand in its place.

    Each module becomes a function that is called once, so that their names do not meet.

    Args:
        scripts: the folder of all scripts.
        entrance: path of the module in it.

    Raises:
        ValueError: a module imports or exports in a way that is not foreseen here.
    """
    bundling = _Bundling(scripts, PurePosixPath(entrance).parent)
    bundling.add(PurePosixPath(entrance))
    return Bundle("".join(bundling.parts), tuple(map(str, bundling.exports)), frozenset(bundling.late))


def minified(source: str) -> str:
    """A script without its comments, and without white space that says nothing. Names stay as they are.

    Raises:
        ValueError: a template stands within another.
    """
    if nested := _NESTED.search(source):
        raise ValueError(f"nested template: {nested[0]}")
    return str(rjsmin.jsmin(source)) + "\n"


@dataclass(slots=True)
class _Bundling:
    """What was bundled so far.

    Attributes:
        exports: of each module, by its path, what it exports; their order numbers them.
    """

    scripts: Path
    place: PurePosixPath
    exports: dict[PurePosixPath, list[str]] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    late: set[str] = field(default_factory=set)

    def add(self, path: PurePosixPath) -> None:
        """Add a module after those that it imports."""
        source = (self.scripts / path).read_text("utf-8")
        used = [self._used(path, names, target) for names, target in _IMPORT.findall(source)]
        exported = _EXPORT.findall(source)
        body = _LATE_IMPORT.sub(lambda found: self._late(path, found[1]), _EXPORT.sub("", _IMPORT.sub("", source)))
        if statement := _STATEMENT.search(re.sub(r"^import\(", "", body, flags=re.M)):
            raise ValueError(f"{path}: {statement[0]}")
        head, foot = f"const m{len(self.exports)} = (() => {{", f"return {{ {', '.join(exported)} }};"
        self.exports[path] = exported
        self.parts.append(minified("\n".join((head, *used, body, foot, "})();"))))

    def _used(self, path: PurePosixPath, names: str, target: str) -> str:
        """Name what a module takes from another, which is added first."""
        imported = PurePosixPath(normpath(path.parent / target))
        if imported not in self.exports:
            self.add(imported)
        wanted = [name for name in re.split(r"[,\s]+", names) if name]
        if unknown := set(wanted) - set(self.exports[imported]):
            raise ValueError(f"{path}: {imported} exports no {', '.join(sorted(unknown))}")
        return f"const {{ {', '.join(wanted)} }} = m{list(self.exports).index(imported)};"

    def _late(self, path: PurePosixPath, target: str) -> str:
        """Load a module from where it is, as seen from the bundle."""
        imported = normpath(path.parent / target)
        self.late.add(imported)
        way = relpath(imported, self.place)
        return f'import("{way if way.startswith(".") else f"./{way}"}")'
