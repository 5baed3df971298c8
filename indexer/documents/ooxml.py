"""What docx and pptx share: parts that are found by relationships, the names of namespaces, alternatives, core.xml."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from indexer.documents.xml_parts import Element, parse_xml
from indexer.documents.zip_package import ZipPackage

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# The strict variant of ISO/IEC 29500 names the same elements by other namespaces.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/": b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/presentationml/": b"http://schemas.openxmlformats.org/presentationml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
_32_BITS = 1 << 31
_FALSE = frozenset({"0", "false", "off"})


class OfficePackage(ZipPackage):
    """A docx or pptx."""

    def xml(self, name: str) -> Element | None:
        """Return the root of a part, its namespaces those of the transitional variant."""
        if name not in self:
            return None
        content = self.read(name)
        for strict, transitional in _STRICT.items():
            content = content.replace(strict, transitional)
        return parse_xml(content, name)

    def main_name(self) -> str | None:
        """Return the name of the main part: the document or presentation."""
        return next(iter(self.related("", "officeDocument").values()), None)

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Return id → name of the parts of a kind (last word of its type) that ``source`` is related to."""
        folder, name = posixpath.split(source)
        relations = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relations is None:
            return {}
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip(
                "/"
            )
            for one in relations.iter(_RELATIONSHIP)
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External"
        }

    def title(self) -> str:
        """Return what the properties of the file call it: often what the template of the file was called."""
        name = next(iter(self.related("", "core-properties").values()), "docProps/core.xml")
        core = self.xml(name)
        found = core.find(_DC_TITLE) if core is not None else None
        return " ".join((found.text or "").split()) if found is not None else ""


def value(element: Element | None, default: str | None = None, namespace: str = W) -> str | None:
    """Return the attribute ``val`` of an element that may be absent."""
    return default if element is None else element.get(f"{namespace}val", default)


def is_on(element: Element | None) -> bool | None:
    """Return whether a toggle (``w:b``) is on; None where it is absent."""
    return None if element is None else value(element, "1") not in _FALSE


def whole(text: str | None, default: int = 0) -> int:
    """Return an attribute as a number; ``default`` where it is none, or none of 32 bits."""
    try:
        number = int(text) if text is not None else default
    except ValueError:
        return default
    return number if abs(number) < _32_BITS else default


def one_alternative(element: Element) -> Iterator[Element]:
    """Yield what is in the first choice of ``mc:AlternateContent``, which shows the same thing in several ways."""
    chosen = element.find(f"{MC}Choice")
    chosen = element.find(f"{MC}Fallback") if chosen is None else chosen
    yield from () if chosen is None else chosen
