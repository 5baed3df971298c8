"""Sound files of every kind, small, each with something of whatever its format knows: what mutations start from."""

from __future__ import annotations

import struct
import tarfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from bench import SHARED

# Bytes of a file of others that is mutated too, where there are any beside the project.
_SMALL = 200_000

TEXT = "为了保障数据安全，促进数据开发利用，制定本法。国家建立数据安全审查制度，依法作出的决定为最终决定。"
LINES = (
    "第一章　总则",
    f"第一条　{TEXT}",
    "一、背景",
    f"（一）{TEXT}",
    "图1　变化情况",
    "数据来源：统计局",
    "1.1 方法",
    TEXT,
)
FRONT = "---\ntitle: 数据安全\ndate: 2021-06-10\ntags: [法律, 数据]\nauthor: 某某\n---\n"
HTML = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>题</title><meta name=author content=某></head><body>'
    "<h1>题</h1>"
    + "".join(f"<p><strong>{line[:4]}</strong>{line[4:]}</p>" for line in LINES)
    + "<table><tr><th rowspan=2>年</th><td colspan=2>一<br>二</td></tr><tr><td>2021</td>"
    "<td><table><tr><td>内</td></tr></table></td></tr>"
    "</table><ul><li>甲<ul><li>乙</ul></ul><dl><dt>词<dd>义</dl><ruby>汉<rt>han</ruby><pre>a\n\n b</pre><!-- 注 -->"
    "<script>var a = '<p>'</script><div class=\"share\">分享</div></body></html>"
)
MARKDOWN = (
    FRONT
    + "# 题\n\n"
    + "\n\n".join(f"## {line}\n\n**{line[:3]}** {line}" for line in LINES)
    + "\n\n- 甲\n  - 乙\n\n1. 一\n2. 二\n\n> 引\n> > 再引\n\n| 年 | 数 |\n| - | -: |\n| 2021 | 5 |\n"
    "\n```py\nx = 1\n```\n\n"
    '[链](http://example.org/a "题") ![图](x.png) `码` ~~删~~ <b>粗</b> &amp; [^1]\n'
    "\n[^1]: 注\n\n::: tip 提示\n内\n:::\n"
)
PLAIN = "　　　　　　题\n\n" + "\n".join(f"　　{line}" for line in LINES) + "\n\n" + "\n".join(LINES) + "\n"
CSV = '年份,地区,数值\n2021,北京,5\n2022,上海,"6,5"\n' + "".join(f"{line[:4]},{line[4:]},1\n" for line in LINES)
MAIL = (
    "Subject: =?utf-8?B?6aKY?=\nFrom: a@example.org\nDate: Fri, 02 Jul 2021 23:30:00 -0700\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
    + "\n".join(LINES)
    + "\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E6=AE=B5</p>\n"
    "--b\nContent-Type: application/octet-stream; name=a.txt\nContent-Disposition: attachment; filena"
    "me*=utf-8''%E7%94%B2.txt\n"
    "Content-Transfer-Encoding: base64\n\n5LiA5q616K+d44CC\n--b--\n"
)
MHTML = (
    "Subject: 页\nMIME-Version: 1.0\nContent-Type: multipart/related; type=text/html; boundary=b\n\n"
    "--b\nContent-Type: text/html; charset=utf-8\nContent-Location: http://example.org/\n\n"
    + HTML
    + "\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
)

_OFFICE = "http://schemas.openxmlformats.org"
_RELATED = f"{_OFFICE}/officeDocument/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes], packed: str = "") -> bytes:
    """A tar of these members, packed as ``tarfile`` calls it."""
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{packed}") as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    return buffer.getvalue()


def _relations(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATED}/{kind.rstrip("0123456789")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{rows}</Relationships>'


def _docx() -> bytes:
    def element(tag: str, inner: str) -> str:
        return f'<w:{tag} xmlns:w="{_OFFICE}/wordprocessingml/2006/main">{inner}</w:{tag}>'

    def paragraph(text: str, about: str = "") -> str:
        return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:rPr><w:b/><w:sz w:val='28'/></w:rPr><w:t>{text}</w:t></w:r></w:p>"

    numbered = '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    table = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>'
        f"{paragraph('格')}</w:tc></w:tr><w:tr><w:tc>{paragraph('内')}</w:tc><w:tc>"
        f"{paragraph('外')}</w:tc></w:tr></w:tbl>"
    )
    more = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/>'
        '<w:t>5</w:t><w:fldChar w:fldCharType="end"/></w:r><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r>'
        '<w:delText>删</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    body = "".join(paragraph(line, numbered if number % 3 == 0 else "") for number, line in enumerate(LINES))
    return zipped(
        {
            "_rels/.rels": _relations(officeDocument="word/document.xml"),
            "word/document.xml": element("document", f"<w:body>{body}{table}{more}<w:sectPr/></w:body>"),
            "word/_rels/document.xml.rels": _relations(
                styles="styles.xml", numbering="numbering.xml", footnotes="footnotes.xml"
            ),
            "word/styles.xml": element(
                "styles",
                '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/><w:pPr>'
                '<w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b"/>',
            ),
            "word/numbering.xml": element(
                "numbering",
                '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
                'w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum><w:num w:numId="1">'
                '<w:abstractNumId w:val="0"/></w:num>',
            ),
            "word/footnotes.xml": element("footnotes", f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'),
        }
    )


def _pptx() -> bytes:
    spaces = (
        f'xmlns:p="{_OFFICE}/presentationml/2006/main" xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:r="{_RELATED}"'
    )

    def shape(text: str, kind: str, down: int) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
            f'<a:off x="5" y="{down}"/>'
            f'<a:ext cx="9" cy="9"/></a:xfrm></p:spPr><p:txBody><a:p><a:pPr lvl="1"/><a:r><a:rPr sz="2400" b="1"/>'
            f"<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    table = (
        '<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc gridSpan="2"><a:txBody><a:p>'
        "<a:r><a:t>格</a:t></a:r>"
        "</a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    group = f"<p:grpSp>{shape('组', 'body', 70)}</p:grpSp>"

    def slide(first: str, second: str) -> str:
        inner = f"{shape(first, 'title', 1)}{shape(second, 'body', 50)}{table}{group}"
        return f"<p:sld {spaces}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"

    return zipped(
        {
            "_rels/.rels": _relations(officeDocument="ppt/presentation.xml"),
            "ppt/presentation.xml": f'<p:presentation {spaces}><p:sldIdLst><p:sldId r:id="r1"/><p:sldId r:id="r2"/>'
            "</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": _relations(slide1="slides/slide1.xml", slide2="slides/slide2.xml"),
            "ppt/slides/slide1.xml": slide(LINES[0], LINES[1]),
            "ppt/slides/slide2.xml": slide(LINES[2], LINES[3]),
            "ppt/slides/_rels/slide1.xml.rels": _relations(notesSlide="../notesSlides/one.xml"),
            "ppt/notesSlides/one.xml": f"<p:notes {spaces}><p:cSld><p:spTree>"
            f"{shape('注', 'body', 1)}</p:spTree></p:cSld></p:notes>",
        }
    )


def _xlsx() -> bytes:
    main = f'xmlns="{_OFFICE}/spreadsheetml/2006/main"'
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{line}</t></is></c>'
        f'<c r="B{number}" s="1"><v>4439{number}'
        f'</v></c><c r="C{number}" t="s"><v>0</v></c></row>'
        for number, line in enumerate(LINES, 1)
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types"/>',
            "_rels/.rels": _relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook {main} xmlns:r="{_RELATED}"><sheets>'
            f'<sheet name="数据" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": _relations(
                worksheet="worksheets/sheet1.xml", styles="styles.xml", sharedStrings="sharedStrings.xml"
            ),
            "xl/styles.xml": f'<styleSheet {main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
            f"</cellXfs></styleSheet>",
            "xl/sharedStrings.xml": f"<sst {main}><si><t>共用</t></si></sst>",
            "xl/worksheets/sheet1.xml": f'<worksheet {main}><dimension ref="A1:C9"/><sheetData>{rows}</sheetData>'
            '<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>',
        }
    )


def _xls() -> bytes:
    """A workbook of one sheet in BIFF8, in the least compound file: header, allocation table, directory, stream."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    def label(row: int, text: str) -> bytes:
        encoded = text.encode("utf-16-le")
        return record(0x204, struct.pack("<HHHHB", row, 0, 0, len(text), 1) + encoded)

    end = record(0x0A, b"")
    name = "数据".encode("utf-16-le")
    size = len(begin(5)) + 4 + 8 + len(name) + len(end)
    sheet = begin(16) + record(0x200, struct.pack("<IIHHH", 0, len(LINES), 0, 2, 0))
    for row, line in enumerate(LINES):
        sheet += label(row, line) + record(0x203, struct.pack("<HHHd", row, 1, 0, row * 1.5))
    book = begin(5) + record(0x85, struct.pack("<IBBBB", size, 0, 0, 2, 1) + name) + end + sheet + end
    book = book.ljust(max(4096, -(-len(book) // 512) * 512), b"\0")
    sectors = len(book) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *(chain + [0xFFFFFFFF] * 128)[:128])
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(title: str, kind: int, child: int, first: int, length: int) -> bytes:
        encoded = title.encode("utf-16-le") + b"\0\0"
        head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return head + bytes(36) + struct.pack("<IQ", first, length)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(book))
    return header + table + directory.ljust(512, b"\0") + book


def _opened(kind: str, body: str) -> bytes:
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in names)
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": "<manifest/>", "content.xml": content})


def _odt() -> bytes:
    lines = "".join(
        f'<text:h text:outline-level="2">{line}</text:h><text:p>{line}<text:s text:c="3"/><text:note><text:note-body>'
        "<text:p>注</text:p></text:note-body></text:note></text:p>"
        for line in LINES
    )
    table = (
        '<table:table><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-spanned="2">'
        "<text:p>格</text:p></table:table-cell></table:table-row></table:table>"
    )
    listed = "<text:list><text:list-item><text:p>项</text:p></text:list-item></text:list>"
    return _opened("text", f"<office:text>{lines}{table}{listed}</office:text>")


def _ods() -> bytes:
    rows = "".join(
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>'
        f"{line}</text:p></table:table-cell>"
        f'<table:table-cell office:value-type="float" office:value="5"/></table:table-row>'
        for line in LINES
    )
    return _opened(
        "spreadsheet",
        f'<office:spreadsheet><table:table table:name="数据">{rows}</table:table></office:spreadsheet>',
    )


def _epub() -> bytes:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>题'
        '</dc:title><dc:date>2019-05-01</dc:date></metadata><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/>'
        '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        '<spine toc="n"><itemref idref="a"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="O/b.opf"/></rootfiles></container>',
            "O/b.opf": package,
            "O/a.xhtml": page.format(f"<h2 id='h'>章</h2>{lines}"),
            "O/n.ncx": '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>章</text>'
            '</navLabel><content src="a.xhtml#h"/></navPoint></navMap></ncx>',
        }
    )


def pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, the first of them its root."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _pdf() -> bytes:
    """A page of lines in a font whose codes are those of Unicode, with a bookmark."""
    codes = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def 1 begincodespacerange "
        b"<0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    drawn = "\n".join(
        f"BT /F 12 Tf 1 0 0 1 60 {750 - 24 * number} Tm <{line[:30].encode('utf-16-be').hex()}> Tj ET"
        for number, line in enumerate(LINES)
    ).encode()
    ordered = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 8 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << "
        b"/F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R"
        b"] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 " + ordered + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(codes), codes),
        b"<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
        b"<< /Title <feff7ae0> /Parent 8 0 R /Dest [3 0 R /Fit] >>",
    )
    return pdf(objects)


def _archived() -> dict[str, bytes]:
    return {"甲.txt": PLAIN.encode(), "里/乙.html": HTML.encode(), "丙.md": MARKDOWN.encode(), "丁.docx": _docx()}


# Ending → sound files of it; those that are text in Python's own strings, to be encoded.
TEXTS = {
    ".html": (HTML,),
    ".md": (MARKDOWN,),
    ".txt": (PLAIN, FRONT + TEXT),
    ".csv": (CSV,),
    ".eml": (MAIL,),
    ".mhtml": (MHTML,),
}
BINARIES = {
    ".docx": (_docx(),),
    ".odt": (_odt(),),
    ".pptx": (_pptx(),),
    ".xlsx": (_xlsx(),),
    ".xls": (_xls(),),
    ".ods": (_ods(),),
    ".epub": (_epub(),),
    ".pdf": (_pdf(),),
    ".zip": (zipped(_archived()), zipped({"里.zip": zipped(_archived()), "信.eml": MAIL.encode()})),
    ".tar": (tarred(_archived()),),
    ".tgz": (tarred(_archived(), "gz"),),
}


def others(suffix: str) -> list[bytes]:
    """Files of that ending that nobody made for this, if there are any beside the project."""
    files = sorted((SHARED / "samples").glob(f"*{suffix}")) if (SHARED / "samples").is_dir() else []
    return [file.read_bytes() for file in files if file.stat().st_size <= _SMALL]
