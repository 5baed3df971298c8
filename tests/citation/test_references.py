"""References as laws and reports really write them, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from indexer.citation.references import Library
from indexer.errors import NotFound
from indexer.model import Document, Kind, Passage
from tests.support import Make, make_document

LAW = [
    ("第一章 总则", ("第一章 总则",)),
    ("第一条 为了保障安全，制定本法。", ("第一章 总则", "第一条")),
    ("第一节 一般规定", ("第一章 总则", "第一节 一般规定")),
    ("第二条 国家支持发展。", ("第一章 总则", "第一节 一般规定", "第二条")),
    ("国务院另有规定的除外。", ("第一章 总则", "第一节 一般规定", "第二条")),
    ("有下列情形的，不受限制：", ("第一章 总则", "第一节 一般规定", "第二条")),
    ("（一）公益；", ("第一章 总则", "第一节 一般规定", "第二条")),
    ("（二）科研。", ("第一章 总则", "第一节 一般规定", "第二条")),
    ("第二条之一 例外。", ("第一章 总则", "第一节 一般规定", "第二条之一")),
    ("第二章 责任", ("第二章 责任",)),
    ("第一节 处罚", ("第二章 责任", "第一节 处罚")),
    ("第一百零三条 罚款。", ("第二章 责任", "第一节 处罚", "第一百零三条")),
    ("{text}", ("第二章 责任", "第一节 处罚", "第一百零四条")),
    ("图2-1 增长", ("第二章 责任",)),
    ("表 3 数值", ("第二章 责任",)),
    ("表3 又一个", ("第二章 责任",)),
]
OTHERS = [
    ("民法典", [("第一千条 名誉。", ("第一千条",)), ("第七条 诚信。", ("第七条",))]),
    ("中华人民共和国宪法", [("第七条 国营。", ("第七条",))]),
    ("数据安全法（2021年）", [("第七条 权益。", ("第七条",))]),
    ("某条例", [("第七条 甲。", ("第七条",))]),
    ("某条例", [("第七条 乙。", ("第七条",))]),
]


def documents(text: str, title: str = "测试法") -> dict[Document, list[Passage]]:
    made = {}
    for number, (name, passages) in enumerate([(title, LAW), *OTHERS]):
        made[Document(f"d{number}", f"r/{number}/x.md", name)] = [
            Passage(
                f"d{number}",
                ordinal,
                line.format(text=text),
                section,
                kind=Kind.HEADING if line in section else Kind.CAPTION if line[0] in "图表" else Kind.BODY,
            )
            for ordinal, (line, section) in enumerate(passages)
        ]
    return made


def references(text: str, title: str = "测试法") -> list[tuple[str, str]]:
    """The words that refer, and the passage they lead to."""
    made = documents(text, title)
    passages = {document.id: held for document, held in made.items()}
    library = Library(made, lambda document_id: passages[document_id])
    found = library.references(next(iter(made)))
    return [(text[each.start : each.end], each.target.text) for each in found.get(12, ())]


RESOLVED: Mapping[str, list[tuple[str, str]]] = {
    "依照本法第一条的规定": [("本法第一条", "第一条 为了保障安全，制定本法。")],
    "违反第一百零三条规定的": [("第一百零三条", "第一百零三条 罚款。")],
    "第一百零四条 违反本法第2条的": [("本法第2条", "第二条 国家支持发展。")],
    "本法第二条第二款": [("本法第二条第二款", "国务院另有规定的除外。")],
    "本法第二条第三款第（二）项": [("本法第二条第三款第（二）项", "（二）科研。")],
    "本法第二条第三款第一项": [("本法第二条第三款第一项", "（一）公益；")],
    "本法第二条之一": [("本法第二条之一", "第二条之一 例外。")],
    "本法第一条至第二条": [("本法第一条", "第一条 为了保障安全，制定本法。"), ("第二条", "第二条 国家支持发展。")],
    "本法第一条、第二条第一款、第二款和第一百零三条": [
        ("本法第一条", "第一条 为了保障安全，制定本法。"),
        ("第二条第一款", "第二条 国家支持发展。"),
        ("第一百零三条", "第一百零三条 罚款。"),
    ],
    "《民法典》第一千条": [("《民法典》第一千条", "第一千条 名誉。")],
    "《中华人民共和国民法典》第一千条": [("《中华人民共和国民法典》第一千条", "第一千条 名誉。")],
    "依照民法典第一千条、第七条": [("民法典第一千条", "第一千条 名誉。"), ("第七条", "第七条 诚信。")],
    "根据宪法第七条": [("宪法第七条", "第七条 国营。")],
    "《数据安全法》第七条": [("《数据安全法》第七条", "第七条 权益。")],
    "见第二章": [("第二章", "第二章 责任")],
    "见第一章第一节": [("第一章第一节", "第一节 一般规定")],
    "按照第一节办理": [("第一节", "第一节 处罚")],
    "本节第一百零三条": [("本节第一百零三条", "第一百零三条 罚款。")],
    "如图2-1所示，图 2—1": [("图2-1", "图2-1 增长"), ("图 2—1", "图2-1 增长")],
}
UNRESOLVED = [
    "前款规定的",
    "本章的规定，本节另有规定的",
    "第一百零四条 开头的编号",
    "本法第九百条",
    "本法第二条第四款",
    "本法第二条第三款第三项",
    "《没有的法》第七条",
    "没有的法第七条",
    "依照没有的法第七条、第一条",
    "《某条例》第七条",
    "见表3",
    "见图9",
    "第九章",
    "第条，第款",
    "本法第" + "9" * 5000 + "条",
    "本法第一百二条",
    "决定第一条",
    "第一条" * 0,
]


@pytest.mark.parametrize("text", RESOLVED)
def test_resolved(text: str) -> None:
    assert references(text) == RESOLVED[text]


@pytest.mark.parametrize("text", UNRESOLVED, ids=lambda text: text[:12])
def test_left_alone(text: str) -> None:
    assert references(text) == []


def test_amendments_speak_of_the_articles_of_others() -> None:
    assert references("将第一条修改为", title="关于修改测试法的决定") == []


def test_a_work_in_several_files(make: Make) -> None:
    """The parts of a code lie in one folder and are called 第一编 and so on."""
    one, two, other = (
        make_document("a", [("第一条 甲。", ("第一条",))], title="第一编 总则"),
        make_document("b", [("第二条 依照本法第一条、第九条。", ("第二条",))], title="第二编 分则"),
        make_document("c", [("第九条 丙。", ("第九条",))], title="别的法"),
    )
    index = make(one, two, other)
    (reference,) = index.references("b")[0]
    assert (reference.start, reference.end, reference.target.id) == (6, 11, "a-0")
    assert index.references("a") == {}
    with pytest.raises(NotFound):
        index.references("x")
