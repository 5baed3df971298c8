"""Slides in their order → blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

from indexer.documents.blocks import BlockBuilder
from indexer.documents.formats.pptx.shapes import Shape, filled, shapes, title_of
from indexer.documents.formats.pptx.text import paragraphs_with_text, read_inline, read_paragraphs, read_table
from indexer.documents.graphics import C, chart_lines
from indexer.documents.office_titles import shown_title
from indexer.documents.ooxml import DGM, A, OfficePackage, P, R
from indexer.documents.xml_parts import Element
from indexer.documents.zip_package import no_such_document
from indexer.model import Block, Metadata, ParsedFile, Role

_TREE = f"{P}cSld/{P}spTree"
# Slides, and the share of them, on which what stands there names none of them.
_LEAST_REPEATED, _REPEATED = 3, 0.5


def parse_pptx(content: bytes) -> ParsedFile:
    """Read slides.

    Raises:
        ReadError: it is no pptx, or damaged, encrypted, too large.
    """
    package = OfficePackage(content)
    name = package.main_name() or "ppt/presentation.xml"
    root = package.xml(name)
    if root is None or root.tag != f"{P}presentation":
        raise no_such_document("幻灯片")
    found = [(page, slide, list(shapes(tree))) for page, slide, tree in _slides(package, name, root)]
    repeated = _repeated([on_slide for _, _, on_slide in found])
    slides = [
        (page, _Slide(package, slide, on_slide, repeated if page > 1 else frozenset()))
        for page, slide, on_slide in found
    ]
    blocks = [replace(block, page=page) for page, slide in slides for block in slide.blocks()]
    title = slides[0][1].given_title() if slides else ""
    return ParsedFile(Metadata(title=title or shown_title(package.title(), blocks)), tuple(blocks))


def _repeated(slides: Sequence[Sequence[Shape]]) -> frozenset[str]:
    """Return what shapes say, other than titles, on most of the slides."""
    said = Counter(words for on_slide in slides for words in {one.words for one in filled(on_slide, titles=False)})
    least = max(_LEAST_REPEATED, _REPEATED * len(slides))
    return frozenset(words for words, count in said.items() if count >= least)


def _slides(package: OfficePackage, name: str, root: Element) -> Iterator[tuple[int, str, Element]]:
    """Yield number, name and tree of shapes of every slide, in the order in which they are shown."""
    names = package.related(name, "slide")
    for page, one in enumerate(root.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        slide = names.get(one.get(f"{R}id", ""), "")
        part = package.xml(slide)
        tree = part.find(_TREE) if part is not None else None
        if tree is not None:
            yield page, slide, tree


class _Slide:
    """A slide: what names it first, then what stands on it, then its notes."""

    def __init__(self, package: OfficePackage, name: str, on_slide: Sequence[Shape], repeated: frozenset[str]) -> None:
        self._package = package
        self._name = name
        self._pictures = package.related(name, "image")
        self._shapes = on_slide
        self._title = title_of(on_slide, repeated)
        self._builder = BlockBuilder()

    def given_title(self) -> str:
        """Return what the slide itself calls its title."""
        return self._title[0].words if self._title and self._title[0].is_title else ""

    def blocks(self) -> list[Block]:
        """Return the blocks of the slide."""
        if self._title:
            self._read_title()
        for shape in self._shapes:
            if shape not in self._title:
                self._read(shape.element)
        self._builder.role = Role.SLIDE_NOTE
        for notes in self._package.related(self._name, "notesSlide").values():
            self._read_notes(self._package.xml(notes))
        return self._builder.finish(single_ends=False)

    def _read_title(self) -> None:
        """Read what names the slide as its heading: all lines of a title, else the first line of the topmost text."""
        lines = [line for shape in self._title for line in paragraphs_with_text(shape.element)]
        whole = self._title[0].is_title or len(self._title) > 1
        heading, rest = (lines, []) if whole else (lines[:1], lines[1:])
        for index, line in enumerate(heading):
            if index:
                self._builder.line_break()
            read_inline(self._builder, line)
        self._builder.level = 1
        self._builder.end_paragraph()
        self._builder.level = None
        read_paragraphs(self._builder, rest)

    def _read(self, shape: Element) -> None:
        if shape.tag == f"{P}sp":
            read_paragraphs(self._builder, paragraphs_with_text(shape))
        if shape.tag == f"{P}pic":
            self._read_picture(shape)
        for table in shape.iter(f"{A}tbl"):
            read_table(self._builder, table)
        for chart in shape.iter(f"{C}chart"):
            for line in chart_lines(self._package, self._name, chart):
                self._builder.text(line)
                self._builder.item = True
                self._builder.end_paragraph()
                self._builder.item = False
        for diagram in shape.iter(f"{DGM}relIds"):
            names = self._package.related(self._name, "diagramData")
            data = self._package.xml(names.get(diagram.get(f"{R}dm", ""), ""))
            for point in data.iterfind(f".//{DGM}pt/{DGM}t") if data is not None else ():
                read_paragraphs(self._builder, paragraphs_with_text(point))

    def _read_picture(self, shape: Element) -> None:
        blip, about = shape.find(f"{P}blipFill/{A}blip"), shape.find(f"{P}nvPicPr/{P}cNvPr")
        name = self._pictures.get(blip.get(f"{R}embed", "")) if blip is not None else None
        if name is not None:
            self._builder.picture(quote(name), about.get("descr", "") if about is not None else "")
        self._builder.end_paragraph()

    def _read_notes(self, notes: Element | None) -> None:
        tree = notes.find(_TREE) if notes is not None else None
        for shape in shapes(tree) if tree is not None else ():
            read_paragraphs(self._builder, paragraphs_with_text(shape.element))
