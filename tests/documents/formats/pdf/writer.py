"""Small PDF files: text at places, lines, bookmarks."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /U def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    b"1 beginbfrange\n<0000> <DFFF> <0000>\nendbfrange\n"
    # a ligature, as wide as a full character, and a mark twice for one glyph
    b"2 beginbfchar\n<E000> <00660066>\n<E001> <FF1AFF1A>\nendbfchar\n"
    b"1 beginbfrange\n<E002> <FFFF> <E002>\nendbfrange\nendcmap end end"
)


@dataclass
class Page:
    """What is drawn on a page; points from the lower left."""

    drawn: list[str] = field(default_factory=list)
    size: tuple[float, float, float, float] = (0, 0, WIDTH, HEIGHT)
    pixels: tuple[int, int, bytes] | None = None
    loops: bool = False

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        *,
        bold: bool = False,
        mode: int = 0,
        turned: float = 0,
        spacing: float = 0,
        scale: float = 1,
    ) -> None:
        """Draw a text, ``turned`` counter-clockwise in degrees, with so many points more between its characters.

        ``scale`` is that of the matrix: the size of the font is what the text has times that.
        """
        size, spacing = size / scale, spacing / scale
        cos, sin = scale * math.cos(math.radians(turned)), scale * math.sin(math.radians(turned))
        matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x} {y}"
        font, shown = "B" if bold else "F", text.encode("utf-16-be").hex()
        self.drawn.append(f"BT /{font} {size} Tf {mode} Tr {spacing} Tc {matrix} Tm <{shown}> Tj ET")

    def column(self, x: float, y: float, text: str, size: float = 12) -> None:
        """Characters below each other, each with a space: pdfium passes over a single one that is not embedded."""
        for number, char in enumerate(text):
            self.text(x, y - number * size, f"{char} ", size)

    def image(self, pixels: tuple[int, int, bytes] = (1, 1, b"\xff")) -> None:
        """An image over the whole page, as grey pixels: width, height, bytes."""
        self.pixels = pixels
        self.drawn.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q")

    def lines(self, x: float, y: float, lines: Iterable[str], size: float = 12, leading: float = 20) -> None:
        for number, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("\u3000"))
            self.text(x + indent * size, y - number * leading, line.lstrip("\u3000"), size)

    def loop(self) -> None:
        """A form that draws itself."""
        self.loops = True
        self.drawn.append("/L Do")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """A filled rectangle, as behind words that are marked."""
        self.drawn.append(f"1 1 0 rg {x} {y} {width} {height} re f 0 g")

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.drawn.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")


def pdf(
    pages: Sequence[Page],
    bookmarks: Sequence[tuple[str, int]] = (),
    *,
    unicode: bool = True,
    encrypted: bool = False,
    title: str = "",
    tall: bool = False,
    one_size: bool = False,
) -> bytes:
    """The bytes of a file; ``bookmarks`` are names and pages from 0; ``tall`` fonts claim glyphs as high as a page.

    With ``one_size`` the pages say together how large they are, as LaTeX writes it.
    """
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content.encode("ascii") if isinstance(content, str) else content)
        return len(objects)

    def stream(content: bytes) -> int:
        return add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))

    to_unicode = f"/ToUnicode {stream(_TO_UNICODE)} 0 R" if unicode else ""
    fonts = []
    for name in ("Song", "SimHei"):
        descriptor = add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200000 1000 900000] /ItalicAngle 0"
            " /Ascent 900000 /Descent -200000 /CapHeight 700 /StemV 80 >>"
        )
        inner = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 1000 /W [32 126 500]"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" {f'/FontDescriptor {descriptor} 0 R' if tall else ''} >>"
        )
        fonts.append(
            add(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
                f" /DescendantFonts [{inner} 0 R] {to_unicode} >>"
            )
        )
    images = {id(page): add(_image(*page.pixels)) for page in pages if page.pixels}
    form = len(objects) + 1
    if any(page.loops for page in pages):
        add(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}]"
            f" /Resources << /XObject << /L {form} 0 R >> >> /Length 5 >>\nstream\n/L Do\nendstream"
        )
    tree = len(objects) + 2 * len(pages) + 1
    numbers = []
    for page in pages:
        content = stream("\n".join(page.drawn).encode("ascii"))
        box = "" if one_size else _box(page)
        drawn = f"/XObject << {f'/I {images[id(page)]} 0 R' if page.pixels else ''} /L {form} 0 R >>"
        numbers.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R {box} /Contents {content} 0 R"
                f" /Resources << /Font << /F {fonts[0]} 0 R /B {fonts[1]} 0 R >> {drawn} >> >>"
            )
        )
    kids = " ".join(f"{number} 0 R" for number in numbers)
    shared = _box(pages[0]) if one_size else ""
    assert add(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} {shared} >>") == tree
    outline = f"/Outlines {_outline(add, len(objects), bookmarks, numbers)} 0 R" if bookmarks else ""
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R {outline} >>")
    info = add(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>")
    return _file(objects, root, info, encrypted=encrypted)


def _box(page: Page) -> str:
    return f"/MediaBox [{' '.join(map(str, page.size))}]"


def _image(width: int, height: int, pixels: bytes) -> bytes:
    head = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
    packed = zlib.compress(pixels)
    return f"{head} /BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + (
        packed + b"\nendstream"
    )


def _outline(add, taken: int, bookmarks: Sequence[tuple[str, int]], pages: Sequence[int]) -> int:  # type: ignore[no-untyped-def]
    first, last, top = taken + 1, taken + len(bookmarks), taken + len(bookmarks) + 1
    for number, (name, page) in enumerate(bookmarks, first):
        before = f"/Prev {number - 1} 0 R" if number > first else ""
        after = f"/Next {number + 1} 0 R" if number < last else ""
        title = name.encode("utf-16-be").hex()
        add(f"<< /Title <feff{title}> /Parent {top} 0 R {before} {after} /Dest [{pages[page]} 0 R /Fit] >>")
    return int(add(f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(bookmarks)} >>"))


def _file(objects: Sequence[bytes], root: int, info: int, *, encrypted: bool) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    key = "22" * 32
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >> /ID [<00> <00>]"
    trailer = f"<< /Size {len(objects) + 1} /Root {root} 0 R /Info {info} 0 R {locked if encrypted else ''} >>"
    out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode("ascii")
    return bytes(out)
