"""What diagrams (SmartArt) and charts of Office say: their texts, without the numbers that are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.documents.ooxml import DGM, A, OfficePackage, R
from indexer.documents.xml_parts import Element

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def diagram_lines(package: OfficePackage, source: str, diagram: Element) -> Iterator[str]:
    """Yield the paragraphs of a diagram (``dgm:relIds``) of the part ``source``."""
    root = _related(package, source, "diagramData", diagram.get(f"{R}dm", ""))
    for point in root.iterfind(f".//{DGM}pt/{DGM}t") if root is not None else ():
        yield from _paragraphs(point)


def chart_lines(package: OfficePackage, source: str, chart: Element) -> Iterator[str]:
    """Yield titles, names of series and of categories of a chart (``c:chart``) of the part ``source``."""
    root = _related(package, source, "chart", chart.get(f"{R}id", ""))
    if root is None:
        return
    for title in root.iter(f"{C}title"):
        yield from _paragraphs(title)
    for path in (f".//{C}ser/{C}tx//{C}v", f".//{C}ser/{C}cat//{C}v"):
        if names := dict.fromkeys(filter(None, map(_text, root.iterfind(path)))):
            yield "、".join(names)


def _related(package: OfficePackage, source: str, kind: str, identifier: str) -> Element | None:
    return package.xml(package.related(source, kind).get(identifier, ""))


def _paragraphs(element: Element) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        if text := "".join(map(_text, paragraph.iter(f"{A}t"))).strip():
            yield text


def _text(element: Element) -> str:
    return element.text or ""


def lines(package: OfficePackage, source: str, graphics: Iterable[Element]) -> Iterator[str]:
    """Yield what diagrams and charts say, in their order."""
    for graphic in graphics:
        yield from (chart_lines if graphic.tag == f"{C}chart" else diagram_lines)(package, source, graphic)
