"""Office files made from strings, so that each test shows all that matters of its file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": _TYPES,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}


def declared(tag: str, inner: str) -> str:
    """Return an element with all namespaces that office files use."""
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    return f"<{tag} {names}>{inner}</{tag}>"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these members."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    """Return a part of relationships: target → last word of its type; the ids are r1, r2 ….."""
    rows = "".join(
        f'<Relationship Id="r{index}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for index, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document.

    Args:
        body: what is in ``w:body``.
        parts: name of a part (``styles``, ``numbering``, ``footnotes``, ``core``) → what is in its root.
    """
    roots = {"footnotes": "w:footnotes", "endnotes": "w:endnotes", "styles": "w:styles", "numbering": "w:numbering"}
    members = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument", "docProps/core.xml": "core-properties"}),
        "word/document.xml": declared("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations({f"{name}.xml": name for name in roots if name in parts}),
    }
    members |= {f"word/{name}.xml": declared(root, parts[name]) for name, root in roots.items() if name in parts}
    if "core" in parts:
        members["docProps/core.xml"] = declared("cp:coreProperties", parts["core"])
    return zipped(members)


def run(text: str, properties: str = "") -> str:
    """Return a run of a Word document."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text: str = "", properties: str = "") -> str:
    """Return a paragraph of a Word document: plain text, or runs where it opens with ``<``."""
    inner = text if text.startswith("<") or not text else run(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def in_list(text: str = "", number: int = 1, level: int = 0, more: str = "") -> str:
    """Return a paragraph with an automatic number."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{more}')


def level(depth: int, text: str, number_format: str = "decimal", more: str = "") -> str:
    """Return a level of a list, which counts from 1."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, numbers: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """Return what is in ``numbering.xml``: one abstract list, and the lists that are one."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbers}'
