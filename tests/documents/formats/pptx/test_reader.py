"""What of slides is text, in which order, and what names a slide; each with a near-miss."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.errors import ReadError
from indexer.model import Block, Kind, Picture, Role
from tests.documents.conftest import Build, Read
from tests.documents.formats.packages import declared, relations, zipped

_DGM = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'


def slide(*shapes: str) -> str:
    return declared("p:sld", f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>")


def pptx(
    *slides: str,
    order: tuple[int, ...] = (),
    notes: str = "",
    diagram: str = "",
    pictures: dict[str, str] | None = None,
) -> bytes:
    """Return a presentation; ``order`` by position from 1, the rest is of the first slide."""
    shown = "".join(f'<p:sldId r:id="r{one}"/>' for one in order or range(1, len(slides) + 1))
    members = {
        "_rels/.rels": relations({"ppt/presentation.xml": "officeDocument"}),
        "ppt/presentation.xml": declared("p:presentation", f"<p:sldIdLst>{shown}</p:sldIdLst>"),
        "ppt/_rels/presentation.xml.rels": relations(
            {f"slides/slide{number}.xml": "slide" for number in range(1, len(slides) + 1)}
        ),
        "ppt/slides/_rels/slide1.xml.rels": relations(
            pictures or {"../notesSlides/one.xml": "notesSlide", "../diagrams/one.xml": "diagramData"}
        ),
    }
    members |= {f"ppt/slides/slide{number}.xml": content for number, content in enumerate(slides, 1)}
    if notes:
        members["ppt/notesSlides/one.xml"] = declared("p:notes", f"<p:cSld><p:spTree>{notes}</p:spTree></p:cSld>")
    if diagram:
        members["ppt/diagrams/one.xml"] = declared("p:data", f"<dgm:dataModel {_DGM}>{diagram}</dgm:dataModel>")
    return zipped(members)


def line(*runs: str) -> str:
    return f"<a:p>{''.join(one if one.startswith('<') else f'<a:r><a:t>{one}</a:t></a:r>' for one in runs)}</a:p>"


def frame(x: int, y: int, height: int = 100) -> str:
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="100" cy="{height}"/></a:xfrm>'


def shape(*lines: str, kind: str = "", at: str = "") -> str:
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    paragraphs = "".join(one if one.startswith("<") else line(one) for one in lines)
    return (
        f"<p:sp><p:nvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{at}</p:spPr>"
        f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
    )


def blocks(read: Read, *slides: str, **more: Any) -> tuple[Block, ...]:
    return read("甲.pptx", pptx(*slides, **more)).blocks


def test_a_slide_is_a_section_and_its_number_the_page(build: Build) -> None:
    one = slide(shape("要点", "第一章 不是标题", kind="body"), shape("春天", kind="title"))
    two = slide(shape("夏天", kind="ctrTitle"), shape("蝉"))
    title, made = build("讲稿.pptx", pptx(one, two, order=(2, 1)))
    assert title == "夏天"
    assert [(passage.text, passage.page, passage.section, passage.kind) for passage in made] == [
        ("夏天", 1, (), Kind.TITLE),
        ("蝉", 1, (), Kind.BODY),
        ("春天", 2, ("春天",), Kind.HEADING),
        ("要点", 2, ("春天",), Kind.BODY),
        ("第一章 不是标题", 2, ("春天",), Kind.BODY),
    ]


def test_a_slide_without_title_is_named_by_its_topmost_text(read: Read) -> None:
    made = blocks(
        read, slide(shape("下", at=frame(0, 500)), shape("上", "上的第二行", at=frame(300, 20)), shape("无处"))
    )
    assert [(one.text, one.level) for one in made] == [("上", 1), ("上的第二行", None), ("下", None), ("无处", None)]


def test_what_stands_on_most_slides_names_none_but_the_first(read: Read) -> None:
    school, cover = shape("石桥中学", at=frame(0, 10)), shape("水车", at=frame(0, 90))
    slides = [slide(school, shape(name, at=frame(0, 60))) for name in ("造车", "修车", "守车")]
    made = blocks(read, slide(school, cover), *slides)
    assert [one.text for one in made if one.level] == ["石桥中学", "造车", "修车", "守车"]
    few = blocks(read, slide(cover), slide(cover), slides[0], *(slide(shape(name)) for name in "春夏秋"))
    assert [one.text for one in few if one.level][2] == "石桥中学"


@pytest.mark.parametrize(("number", "y", "first"), [("01", 30, "01\n雨水"), ("01", 90, "01"), ("甲", 30, "甲")])
def test_a_bare_number_takes_the_name_beside_it(read: Read, number: str, y: int, first: str) -> None:
    beside, first_of_all = shape("雨水", at=frame(200, y)), shape(number, at=frame(10, 20))
    made = blocks(read, slide(beside, first_of_all, shape("正文", at=frame(0, 700))))
    assert (made[0].text, made[0].level) == (first, 1)
    assert sorted("".join(one.text for one in made).replace("\n", "")) == sorted(f"{number}雨水正文")


def test_shapes_of_groups_are_placed_by_the_group(read: Read) -> None:
    extents = '<a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/><a:chExt cx="200" cy="200"/>'
    inside = shape("组里", at=frame(0, 0)) + shape("组末", at=frame(0, 150))
    placed = f'<p:grpSpPr><a:xfrm><a:off x="0" y="1000"/>{extents}</a:xfrm></p:grpSpPr>'
    group = f"<p:grpSp>{placed}{inside}</p:grpSp>"
    made = blocks(read, slide(group, shape("上", at=frame(0, 900))))
    assert [one.text for one in made] == ["上", "组里", "组末"]
    made = blocks(read, slide(group, shape("下", at=frame(0, 1100))))
    assert [one.text for one in made] == ["组里", "组末", "下"]


def test_dates_footers_and_numbers_are_no_text(read: Read) -> None:
    number = '<a:fld type="slidenum"><a:t>3</a:t></a:fld>'
    furniture = [shape("某公司", kind=kind) for kind in ("dt", "ftr", "sldNum")]
    made = blocks(read, slide(*furniture, shape("题", kind="title"), shape(line("第", number, "页")), shape("", " ")))
    assert [one.text for one in made] == ["题", "第页"]


def test_runs_breaks_and_bold(read: Read) -> None:
    bold = '<a:r><a:rPr b="1"/><a:t>粗</a:t></a:r>'
    _, one = blocks(read, slide(shape("题", kind="title"), shape(line(bold, "细", "<a:br/>", "下一行"))))
    assert (one.text, one.bold, one.item) == ("粗细\n下一行", ((0, 1),), True)


def test_tables_and_diagrams(read: Read) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<a:tc {more}><a:txBody>{line(text)}</a:txBody></a:tc>"

    def graphic(inner: str) -> str:
        data = f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
        return f"<p:graphicFrame>{data}</p:graphicFrame>"

    first = cell("名", 'gridSpan="2"') + cell("", 'hMerge="1"') + cell("数")
    second = cell("藏", 'vMerge="1"') + cell("乙") + cell("2")
    table = graphic(f"<a:tbl><a:tr>{first}</a:tr><a:tr>{second}</a:tr></a:tbl>")
    drawn = graphic(f'<dgm:relIds {_DGM} r:dm="r2"/>')
    points = "".join(f"<dgm:pt><dgm:t>{one}</dgm:t></dgm:pt>" for one in (line("流程一"), line()))
    data = f"<dgm:ptLst>{points}</dgm:ptLst>"
    made = blocks(read, slide(shape("题", kind="title"), table, drawn), diagram=data)
    assert [(one.text, one.kind) for one in made[1:]] == [
        ("名\t数", Kind.TABLE), ("\t乙\t2", Kind.TABLE), ("流程一", Kind.BODY),
    ]  # fmt: skip


def test_notes_follow_the_slide_and_open_no_section(read: Read) -> None:
    notes = shape("第一章 讲的时候说", kind="body") + shape("7", kind="sldNum")
    made = blocks(read, slide(shape("题", kind="title")), slide(shape("后", kind="title")), notes=notes)
    assert [(one.text, one.role, one.page) for one in made] == [
        ("题", Role.BODY, 1), ("第一章 讲的时候说", Role.SLIDE_NOTE, 1), ("后", Role.BODY, 2),
    ]  # fmt: skip
    assert made[1].heading is None


def test_a_slide_that_is_missing_keeps_the_others(read: Read) -> None:
    made = blocks(read, slide(shape("甲", kind="title")), order=(9, 1))
    assert [(one.text, one.page) for one in made] == [("甲", 2)]


def test_a_zip_of_something_else_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="不是这种文件"):
        read("甲.pptx", zipped({"ppt/presentation.xml": declared("w:document", "")}))


def test_pictures_stand_where_the_slide_reads_them(read: Read) -> None:
    def pic(relationship: str) -> str:
        about = '<p:nvPicPr><p:cNvPr id="4" name="图片" descr="钟楼"/></p:nvPicPr>'
        return f'<p:pic>{about}<p:blipFill><a:blip r:embed="{relationship}"/></p:blipFill></p:pic>'

    one = slide(shape("北门", kind="title"), pic("r1"), pic("r2"), shape("说明"))
    title, body = blocks(read, one, pictures={"../media/a.png": "image", "../media/b.wmf": "image"})
    assert (title.text, title.pictures) == ("北门", ())
    assert (body.text, body.pictures) == ("说明", (Picture(0, "ppt/media/a.png", "钟楼", alone=True),))
