"""What of a Word document is text, and what the format says of it; each with what is nearly the same and is not."""

from __future__ import annotations

import pytest

from indexer.model import Block, Kind, Picture, Role
from tests.documents.conftest import Build, Read
from tests.documents.formats.packages import declared, docx, in_list, level, lists, paragraph, relations, run, zipped

TAB, LINE = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"


def blocks(read: Read, body: str, **parts: str) -> tuple[Block, ...]:
    return read("甲.docx", docx(body, **parts)).blocks


def texts(read: Read, body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(read, body, **parts)]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    begin = f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{begin}{mark('separate')}{result}{mark('end')}"


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_breaks_tabs_hyphens_and_symbols(read: Read) -> None:
    symbol = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = paragraph(f"{run('甲')}{LINE}{run('乙')}{TAB}{run('丙')}") + paragraph(
        symbol.format("Wingdings", "F0FE")
        + run("同意")
        + symbol.format("Symbol", "F061")
        + symbol.format("Wingdings", "F021")
        + symbol.format("宋体", "4E00")
        + "<w:r><w:noBreakHyphen/><w:t>3</w:t></w:r>"
    )
    assert texts(read, body) == ["甲\n乙 丙", "☑同意α一-3"]


def test_breaks_end_a_paragraph_where_two_follow_or_there_is_nothing_else(read: Read) -> None:
    broken = paragraph(f"{run('甲')}{LINE}{run('乙')}{LINE}{LINE}{run('丙')}")
    assert texts(read, broken + paragraph("丁")) == ["甲\n乙", "丙", "丁"]
    pasted = paragraph(LINE.join(map(run, "甲乙丙")))
    assert texts(read, pasted) == ["甲", "乙", "丙"]
    assert texts(read, pasted + paragraph("丁") * 2) == ["甲\n乙\n丙", "丁", "丁"]


def test_raised_and_lowered_digits_and_how_a_word_is_read(read: Read) -> None:
    ruby = f"<w:ruby><w:rt>{run('lǐ')}</w:rt><w:rubyBase>{run('里')}</w:rubyBase></w:ruby>"
    raised = '<w:vertAlign w:val="superscript"/>'
    body = paragraph(run("10") + run("3", raised) + run("米")) + paragraph(f"{run('邻')}<w:r>{ruby}</w:r>{run('间')}")
    assert texts(read, body) == ["10³米", "邻里间 lǐ"]


def test_bold_of_the_run_its_style_and_that_of_the_paragraph(read: Read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="p"/></w:style>'
        '<w:style w:type="character" w:styleId="r"><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = (
        paragraph(run("粗", "<w:b/>") + run("细", '<w:b w:val="0"/>') + run("粗", '<w:rStyle w:val="r"/>'))
        + paragraph(run("粗") + run("细", '<w:b w:val="false"/>'), '<w:pStyle w:val="q"/>')
    )  # fmt: skip
    assert [block.bold for block in blocks(read, body, styles=styles)] == [((0, 1), (2, 3)), ((0, 1),)]


def test_hidden_text_is_none(read: Read) -> None:
    body = paragraph(run("见") + run("藏", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>')) + paragraph(
        run("全藏", "<w:vanish/>")
    )
    assert texts(read, body) == ["见显"]


# ── changes, fields, alternatives ────────────────────────────────────────────────────────────────────────────────────


def test_tracked_changes_are_read_as_accepted(read: Read) -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('搬走')}</w:moveFrom><w:moveTo>{run('搬来')}</w:moveTo>"
    body = paragraph(f"{run('原')}<w:ins>{run('新')}</w:ins>{deleted}{moved}")
    assert texts(read, body) == ["原新搬来"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read: Read) -> None:
    gone, kept = "<w:rPr><w:del/></w:rPr>", "<w:rPr><w:ins/></w:rPr>"
    body = paragraph("上半，", gone) + paragraph("下半。") + paragraph("另起", kept) + paragraph("末了", gone)
    assert texts(read, body) == ["上半，下半。", "另起", "末了"]
    numbered = paragraph("甲", f'<w:numPr><w:numId w:val="1"/></w:numPr>{gone}') + in_list("乙") + in_list("丙")
    assert texts(read, numbered, numbering=lists(level(0, "%1."))) == ["1. 甲乙", "2. 丙"]


def test_a_deleted_row_is_gone(read: Read) -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format("<w:del/>", paragraph("旧"), paragraph("一")) + row.format("", paragraph("新"), paragraph("二"))
    assert texts(read, f"<w:tbl>{rows}</w:tbl>") == ["新\t二"]


def test_a_field_shows_its_result(read: Read) -> None:
    inner = field("PAGE", run("7"))
    body = (
        paragraph(f"{run('见')}{field('REF 图 一', run('图一'))}{run('。')}")
        + paragraph(f'{run("第")}<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>{run("页")}')
        + paragraph(f"{mark('begin')}{run('条件')}{inner}{mark('separate')}{run('结果')}{mark('end')}")
    )
    assert texts(read, body) == ["见图一。", "第3页", "结果"]


def test_a_field_that_was_deleted_in_part_hides_nothing_after_it(read: Read) -> None:
    begin = f"<w:del>{mark('begin')}<w:r><w:delInstrText>REF</w:delInstrText></w:r>{mark('separate')}</w:del>"
    outer = f"{mark('begin')}{begin}{run('内')}{mark('end')}{mark('separate')}{run('外')}{mark('end')}"
    assert texts(read, paragraph(f"{outer}{run('后')}")) == ["外后"]


def test_a_field_without_end_hides_nothing(read: Read) -> None:
    body = paragraph(f"{mark('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>{run('正文')}") + paragraph("还在")
    assert texts(read, body) == ["正文", "还在"]


def test_an_alternative_is_read_once(read: Read) -> None:
    box = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    drawn = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    only_old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    for shape in (f"<w:r>{drawn}</w:r>", only_old):
        found = blocks(read, paragraph(f"{run('框前')}{shape}{run('框后')}") + paragraph("下一段"))
        expected = [("框前框后", Role.BODY), ("框里", Role.TEXT_BOX), ("下一段", Role.BODY)]
        assert [(block.text, block.role) for block in found] == expected


# ── what stands beside the text ──────────────────────────────────────────────────────────────────────────────────────


def test_notes_follow_the_paragraph_they_belong_to_and_open_no_section(read: Read) -> None:
    notes = f'<w:footnote w:id="5">{paragraph("第一章 注里的字")}</w:footnote>'
    notes += f'<w:footnote w:id="6">{paragraph("没人引")}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = paragraph(f"{run('正文')}{reference.format(5)}{run('。')}{reference.format(99)}") + paragraph(
        "第一章 正文里的"
    )
    first, note, chapter = blocks(read, body, footnotes=notes)
    assert (first.text, first.role) == ("正文。", Role.BODY)
    assert (note.text, note.role, note.heading) == ("第一章 注里的字", Role.FOOTNOTE, None)
    assert chapter.heading == "第一章 正文里的"


def test_notes_of_a_table_follow_its_row(read: Read) -> None:
    notes = f'<w:endnote w:id="1">{paragraph("尾注")}</w:endnote>'
    reference = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    cell = f"<w:tc>{paragraph(run('甲') + reference)}</w:tc>"
    table = f"<w:tbl><w:tr>{cell}<w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"
    assert texts(read, table, endnotes=notes) == ["甲\t乙", "尾注"]


@pytest.mark.parametrize(
    "contents",
    [
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('起因1')}</w:sdtContent></w:sdt>",
        paragraph("起因1", '<w:pStyle w:val="t"/>'),
        paragraph(field("TOC \\o", run("起因1"))),
        paragraph(f"{mark('begin')}<w:r><w:instrText>toc</w:instrText></w:r>{mark('separate')}{run('起因1')}")
        + paragraph(f"{run('经过2')}{mark('end')}"),
        paragraph(f'<w:fldSimple w:instr="TOC">{run("起因1")}</w:fldSimple>'),
    ],
)
def test_a_table_of_contents_is_left_out(read: Read, contents: str) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    assert texts(read, contents + paragraph("起因"), styles=styles) == ["起因"]
    dropped = read("甲.docx", docx(contents + paragraph("起因"), styles=styles)).dropped
    assert dropped[0] == "起因1" and len(dropped) == contents.count("起因") + contents.count("经过")


@pytest.mark.parametrize(
    "kept",
    [
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Cover Pages'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('起因')}</w:sdtContent></w:sdt>",
        paragraph("起因", '<w:pStyle w:val="t"/>'),
        paragraph(field("TOCTREE", run("起因"))),
    ],
)
def test_what_is_nearly_a_table_of_contents_is_kept(read: Read, kept: str) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="tocsin"/></w:style>'
    assert texts(read, kept, styles=styles) == ["起因"]


def test_what_a_table_of_contents_names_is_a_heading_of_its_level(read: Read) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="t{number}"><w:name w:val="{name}"/></w:style>'
        for number, name in ((1, "toc 1"), (2, "toc 2"), (3, "table of figures"))
    )
    listed = (("起因", 1), ("缘 由", 2), ("图1 桥", 3), ("不见了", 1), ("经过", 1))
    entries = "".join(
        paragraph(f"{run(name)}{TAB}{run('7')}", f'<w:pStyle w:val="t{style}"/>') for name, style in listed
    )
    body = (
        paragraph("经过") + entries + "".join(map(paragraph, ("起因", "缘由", "图1 桥", "经过", "起因", "事情的经过")))
    )
    assert [(block.text, block.level) for block in blocks(read, body, styles=styles)] == [
        ("经过", None),
        ("起因", 1),
        ("缘由", 2),
        ("图1 桥", None),
        ("经过", 1),
        ("起因", None),
        ("事情的经过", None),
    ]


def test_a_paragraph_that_only_has_the_style_of_entries_is_text(read: Read) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 2"/></w:style>'
    entry, plain = paragraph(f"{run('经过')}{TAB}{run('甲')}", '<w:pStyle w:val="t"/>'), '<w:pStyle w:val="t"/>'
    assert texts(read, entry + paragraph("三、结果", plain) + paragraph("三、结果7", plain), styles=styles) == [
        "三、结果"
    ]


# ── levels, titles, tables ───────────────────────────────────────────────────────────────────────────────────────────

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="论文节"/><w:basedOn w:val="o"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="o"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
)


def test_levels_of_headings(read: Read) -> None:
    body = (
        paragraph("甲", '<w:pStyle w:val="1"/>')
        + paragraph("乙", '<w:pStyle w:val="2"/>')
        + paragraph("丙", '<w:outlineLvl w:val="2"/>')
        + paragraph("丁", '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>')
        + paragraph("戊", '<w:pStyle w:val="x"/>')
        + paragraph("己", '<w:pStyle w:val="不存在"/>')
    )
    found = blocks(read, body, styles=STYLES)
    assert [block.level for block in found] == [1, 2, 3, None, None, None]
    assert [block.centered for block in found] == [True, False, False, False, False, False]


def test_title_by_its_style_before_all_else(build: Build) -> None:
    title, chapter = '<w:pStyle w:val="T"/>', '<w:pStyle w:val="1"/>'
    body = paragraph("关于苗木", title) + paragraph("的报告", title) + paragraph("甲", chapter)
    body += paragraph("正文。") + paragraph("又一", title)
    core = "<dc:title>模板的题目</dc:title><dc:creator>Administrator</dc:creator>"
    name, made = build("文件名.docx", docx(body, styles=STYLES, core=core))
    assert name == "关于苗木 的报告"
    assert [(one.text, one.section) for one in made if one.kind is Kind.HEADING] == [
        ("甲", ("甲",)),
        ("又一", ("又一",)),
    ]


@pytest.mark.parametrize(("named", "title"), [("苗木报告", "苗木报告"), ("Word 文档模板", "文件名")])
def test_title_of_the_properties_counts_where_it_is_shown(build: Build, named: str, title: str) -> None:
    body = paragraph("编号：三") + paragraph("苗木 报告") + paragraph("正文在此。")
    name, made = build("文件名.docx", docx(body, core=f"<dc:title>{named}</dc:title>"))
    assert name == title
    assert [one.text for one in made] == ["编号：三", "苗木 报告", "正文在此。"]


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_rows_merged_cells_and_several_paragraphs_in_one(read: Read) -> None:
    merged = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("合并")}'
    below = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph()}"
    rows = table((merged, paragraph("甲")), (below, paragraph("乙") + paragraph("丙"), paragraph("丁")))
    found = blocks(read, rows + paragraph("表后"))
    assert [(block.text, block.kind) for block in found] == [
        ("合并\t甲", Kind.TABLE), ("\t乙 丙\t丁", Kind.TABLE), ("表后", Kind.BODY),
    ]  # fmt: skip


def test_a_table_of_one_cell_or_with_a_table_in_it_only_places(read: Read) -> None:
    inner = table((paragraph("甲"), paragraph("乙")))
    found = blocks(read, table((paragraph("框"),)) + table((paragraph("左"), inner)))
    assert [(block.text, block.kind) for block in found] == [
        ("框", Kind.BODY), ("左", Kind.BODY), ("甲\t乙", Kind.TABLE),
    ]  # fmt: skip


def test_headers_and_footers_are_no_part_of_the_text(read: Read) -> None:
    members = {
        "_rels/.rels": relations({"/word/document2.xml": "officeDocument"}),
        "word/document2.xml": declared("w:document", f"<w:body>{paragraph('正文')}</w:body>"),
        "word/_rels/document2.xml.rels": relations({"header1.xml": "header"}),
        "word/header1.xml": declared("w:hdr", paragraph("页眉")),
    }
    assert [block.text for block in read("甲.docx", zipped(members)).blocks] == ["正文"]


def test_files_that_stand_for_text_are_read(read: Read) -> None:
    page = "<html><head><meta charset='utf-8'></head><body><h2>一、起因</h2><p>雨大。</p></body></html>"
    saved = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>第二天</p>{page}"
    body = "".join(f'<w:altChunk r:id="r{number}"/>' for number in (1, 2, 3, 9)) + paragraph("完")
    members = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": declared("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations({"a.html": "aFChunk", "b.mht": "aFChunk", "c.bin": "aFChunk"}),
        "word/a.html": page,
        "word/b.mht": saved.replace(page, ""),
        "word/c.bin": b"\x00\x01",
    }
    found = read("甲.docx", zipped(members)).blocks
    assert [(block.text, block.depth) for block in found] == [("一、起因", 1), ("雨大。", 0), ("第二天", 0), ("完", 0)]


def test_what_diagrams_and_charts_say_stands_beside_the_text(read: Read) -> None:
    dgm, c = ("http://schemas.openxmlformats.org/drawingml/2006/" + each for each in ("diagram", "chart"))
    drawn = (
        f'<w:r><w:drawing><d:relIds xmlns:d="{dgm}" r:dm="r1"/></w:drawing></w:r>'
        f'<w:r><w:drawing><c:chart xmlns:c="{c}" r:id="r2"/></w:drawing></w:r>'
    )
    point = "<d:pt><d:t><a:p><a:r><a:t>收集</a:t></a:r></a:p></d:t></d:pt>"
    series = "<c:ser><c:tx><c:strCache><c:pt><c:v>{}</c:v></c:pt></c:strCache></c:tx><c:cat>{}</c:cat></c:ser>"
    months = "".join(f"<c:pt><c:v>{month}</c:v></c:pt>" for month in ("五月", "六月"))
    chart = "<c:title><a:p><a:r><a:t>降水</a:t></a:r></a:p></c:title>"
    chart += series.format("去年", months) + series.format("今年", months)
    members = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": declared("w:document", f"<w:body>{paragraph(run('见图') + drawn)}</w:body>"),
        "word/_rels/document.xml.rels": relations({"d.xml": "diagramData", "c.xml": "chart"}),
        "word/d.xml": declared("d:dataModel", point).replace("<d:dataModel ", f'<d:dataModel xmlns:d="{dgm}" '),
        "word/c.xml": declared("c:chartSpace", chart).replace("<c:chartSpace ", f'<c:chartSpace xmlns:c="{c}" '),
    }
    found = read("甲.docx", zipped(members)).blocks
    assert [(block.text, block.role) for block in found] == [
        ("见图", Role.BODY),
        ("收集", Role.TEXT_BOX),
        ("降水", Role.TEXT_BOX),
        ("去年、今年", Role.TEXT_BOX),
        ("五月、六月", Role.TEXT_BOX),
    ]


def test_a_file_with_macros_is_read_and_runs_none(read: Read) -> None:
    members = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": declared("w:document", f"<w:body>{paragraph('正文')}</w:body>"),
        "word/_rels/document.xml.rels": relations({"vbaProject.bin": "vbaProject"}),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()",
    }
    for name in ("甲.docm", "甲.dotm"):
        assert [block.text for block in read(name, zipped(members)).blocks] == ["正文"]


def test_the_strict_variant_is_the_same_document(read: Read) -> None:
    strict = declared("w:document", f"<w:body>{paragraph('正文')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"
    )
    members = {"_rels/.rels": relations({"word/document.xml": "officeDocument"}), "word/document.xml": strict}
    assert [block.text for block in read("甲.docx", zipped(members)).blocks] == ["正文"]


def test_lines_of_a_title_are_one_title_whatever_is_empty_between_them(read: Read) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    title = '<w:pStyle w:val="T"/>'
    lines = paragraph("雨水收集", title) + paragraph("", title) + paragraph("管理办法", title) + paragraph("正文。")
    parsed = read("甲.docx", docx(lines + paragraph("附录", title), styles=styles))
    assert parsed.metadata.title == "雨水收集 管理办法"
    assert [block.text for block in parsed.blocks if block.level == 1] == ["附录"]


def test_formulas_are_one_line_of_text(read: Read) -> None:
    def r(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    def part(name: str, inner: str) -> str:
        return f"<m:{name}>{inner}</m:{name}>"

    square = part("sSup", part("e", r("x")) + part("sup", r("2")))
    total = part(
        "nary",
        '<m:naryPr><m:chr m:val="∑"/></m:naryPr>' + part("sub", r("i=1")) + part("sup", r("k")) + part("e", r("a")),
    )
    half = part("f", part("num", r("a+b")) + part("den", r("2")))
    root = part("rad", part("deg", "") + part("e", r("n-1")))
    brackets = part("d", part("e", part("sSub", part("e", r("S")) + part("sub", r("i")))))
    formulas = [square, total, half, root, brackets]
    body = "".join(paragraph(f"<w:r><w:t>设</w:t></w:r><m:oMath>{one}</m:oMath>") for one in formulas)
    assert texts(read, body) == ["设x²", "设∑_(i=1)^k a", "设(a+b)/2", "设√(n-1)", "设(S_i)"]


def test_symbols_written_as_text_are_what_their_font_shows(read: Read) -> None:
    wingdings = '<w:rFonts w:ascii="Wingdings"/>'
    assert texts(read, paragraph(run("\uf0a8", wingdings) + run("同意"))) == ["◻同意"]
    assert texts(read, paragraph(run("\uf0a8") + run("同意"))) == ["同意"]


def test_pictures_are_parts_of_the_file(read: Read) -> None:
    about = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    drawing = f'<w:drawing><wp:inline {about}><wp:docPr descr="流程"/><a:blip r:embed="r1"/></wp:inline></w:drawing>'
    linked = '<w:drawing><a:blip r:link="r1"/></w:drawing><w:drawing><a:blip r:embed="r9"/></w:drawing>'
    old = '<w:pict><v:imagedata r:id="r2"/></w:pict><w:pict><v:imagedata r:id="r3"/></w:pict>'
    body = paragraph(f"<w:r>{drawing}</w:r>") + paragraph(f"{run('图')}<w:r>{old}{linked}</w:r>{run('一')}")
    members = {
        "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
        "word/document.xml": declared("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(
            {"media/图 1.png": "image", "media/b.jpeg": "image", "media/c.emf": "image"}
        ),
    }
    (block,) = read("甲.docx", zipped(members)).blocks
    assert block.text == "图一"
    assert block.pictures == (
        Picture(0, "word/media/图 1.png", "流程", alone=True),
        Picture(1, "word/media/b.jpeg"),
    )


def test_an_english_paragraph_in_the_style_of_a_heading_is_none(read: Read) -> None:
    style = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style>'
    heading = '<w:pStyle w:val="h"/>'
    abstract = (
        "Abstract: The garden of the village lies south of the bridge. It was planted thirty years ago by a man who "
        "had come from the north, and it has been kept ever since."
    )
    title = f"On the Garden of the Village (No. 2) and of {'the Men and ' * 9}Women Who Kept It"
    body = paragraph(abstract, heading) + paragraph(title, heading) + paragraph("茶园在南面。")
    assert [block.heading for block in blocks(read, body, styles=style)] == [None, title, None]
