"""The export answers as the index does, whatever it is asked."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

import indexer
from indexer.analysis.fold import fold_key
from indexer.engines import budget
from indexer.index.index import Index
from indexer.model import Document, Kind, Passage, Role
from indexer.model.choices import MAX_CANDIDATES
from indexer.query.compounds import SAME_SORT
from indexer.query.run_trees import spelled
from indexer.query.spans import Value, holds
from indexer.static_export import export_static
from tests.search.test_golden_searches import TABLES
from tests.search.test_golden_searches import document as golden_document
from tests.static_export.asking import BOUNDED, ask, differing, needs_node
from tests.static_export.queries import Queries
from tests.support import (
    ANALYZER,
    CHARACTERS,
    DATES,
    FIELDS,
    ROOT,
    SECTIONS,
    TAGS,
    TOPICS,
    WORKS,
    make_document,
    make_index,
)

pytestmark = needs_node
CORPORA = Path(os.environ.get("XUNZHANG_SHARED", ROOT.parent / "shared")) / "corpora"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Path]:
    """The handbook's index and its export."""
    return _exported([ROOT / "docs"], tmp_path_factory.mktemp("handbook"))


def _exported(sources: list[Path], folder: Path) -> tuple[Index, Path]:
    index = indexer.create_index(folder / "index")
    index.update(sources)
    export_static(index, folder / "export")
    return index, folder / "export"


def _random_index(folder: Path, seed: int) -> Index:
    """Many small documents of few characters, so that everything meets everything."""
    choices = random.Random(seed)
    documents = []
    for key in range(40):
        passages = [
            Passage(
                f"{key:04x}",
                ordinal,
                "".join(choices.choices(CHARACTERS, k=choices.randint(1, 40))),
                choices.choice(SECTIONS),
                choices.choice(TOPICS),
                choices.choice(list(Kind)),
                role=choices.choice(list(Role)),
            )
            for ordinal in range(choices.randint(0, 9))
        ]
        title, date = choices.choice(("数据安全法", "税收", "a1")), choices.choice(DATES)
        about = {"tags": choices.choice(TAGS), "work": choices.choice(WORKS), "fields": choices.choice(FIELDS)}
        document = Document(f"{key:04x}", f"语料/{key % 7}/{key}.md", title, date=date, **about)  # type: ignore[arg-type]
        documents.append(ANALYZER.analyze(document, passages))
    return make_index("memory", folder, documents)


def test_the_handbook(handbook: tuple[Index, Path]) -> None:
    index, folder = handbook
    assert differing(index, folder, list(Queries(index, 1).requests(300))) == []


@pytest.mark.parametrize("seed", range(3))
def test_random_documents(tmp_path: Path, seed: int) -> None:
    index = _random_index(tmp_path / "index", seed)
    export_static(index, tmp_path / "export")
    assert differing(index, tmp_path / "export", list(Queries(index, seed).requests(300))) == []


@pytest.mark.parametrize("name", ["seed", "just-laws"])
def test_shared_corpora(tmp_path: Path, name: str) -> None:
    if not (CORPORA / name).is_dir():
        pytest.skip(f"没有语料 {name}")
    index, folder = _exported([CORPORA / name], tmp_path)
    assert differing(index, folder, list(Queries(index, 2).requests(120))) == []


def test_literal_pieces_are_all_found(handbook: tuple[Index, Path]) -> None:
    index, folder = handbook
    passages = [passage for document in index.documents() for passage in index.passages(document.id)]
    folded = [fold_key(passage.text) for passage in passages]
    queries = Queries(index, 3)
    pieces = [piece for _ in range(150) if fold_key(piece := queries.piece(1, 12))]
    requests = [{"q": piece, "match": "exact", "limit": 0, "facets": []} for piece in pieces]
    for piece, said in zip(pieces, ask(folder, requests), strict=True):
        wanted = spelled(fold_key(piece))
        holding = sum(holds(Value(text), wanted) for text in folded)
        assert said["answer"]["tiers"]["exact"] >= holding > 0, piece


def test_a_text_that_goes_on_in_the_next_passage_is_found_in_neither(tmp_path: Path) -> None:
    """Where a passage ends after an even number of its characters, too."""
    texts = ("潮水退去", "渔船靠岸", "潮水退去渔船靠岸")
    passages = [Passage("a", ordinal, text) for ordinal, text in enumerate(texts)]
    index = make_index("memory", tmp_path / "index", [ANALYZER.analyze(Document("a", "a.md", "航海日志"), passages)])
    export_static(index, tmp_path / "export")
    queries = ("退去渔船", "潮水退去渔船靠岸", "去渔船靠", "退去", "水退去渔")
    assert differing(index, tmp_path / "export", [{"q": query} for query in queries]) == []
    assert [index.search(query).tiers["exact"] for query in queries] == [1, 1, 1, 2, 1]


def test_short_names_of_laws_mean_what_they_mean_in_the_index(tmp_path: Path) -> None:
    interpretations = (
        "海事局关于适用《中华人民共和国海上航行安全法》的解释",
        "海事局关于适用《中华人民共和国港务法》若干问题的规定（二）",
        "海事局、渔政局关于办理偷捕刑事案件适用法律若干问题的解释",
    )
    titles = ("海上航行安全法", "劳动合同法", "渔业管理办法", "海岛安全条例", "海岛公共安全条例", *interpretations)
    titles = (
        *titles,
        "松雀",
        "江月（演员）",
        "江月（二）",
        "鹭岛市湿地保护条例",
        "国家有毒物品名录（2019年版）",
        "海难程序法",
    )
    titles = (*titles, "中华人民共和国著作权法", "消防法")
    documents = [
        ANALYZER.analyze(Document(f"{key:x}", f"{key}.md", title), [Passage(f"{key:x}", 0, "船长报告。", ("第七条",))])
        for key, title in enumerate(titles)
    ]
    index = make_index("memory", tmp_path / "index", documents)
    export_static(index, tmp_path / "export")
    short = (
        "海航法",
        "海安法第7条",
        "劳合法 报告",
        "劳动法第七条",
        "渔管办法",
        "海岛条例 报告",
        "《海航法》7",
        "海航法则",
        "海航法解释",
        "海事院海航法司法解释第7条",
        "两高偷捕解释",
        "港务法解释二",
        "港务法解释三 报告",
        "关于适用海上航行安全法的解释第七条",
        "海安条例",
        "松雀是什么鸟",
        "画松雀的人",
        "江月叫什么",
        "湿地条例第7条",
        "湿地条例 报告",
        "按湿地条例",
        "毒物名录",
        "程序法第七条",
        "程序法",
        "海航解释",
        "海上解释",
        "新版权法第7条",
        "消法7",
    )
    assert differing(index, tmp_path / "export", [{"q": query} for query in short]) == []
    assert [[document.title for document in index.search(query).named] for query in short] == [
        *(["海上航行安全法"], ["海上航行安全法"], ["劳动合同法"], [], ["渔业管理办法"], ["海岛安全条例"]),
        *(["海上航行安全法"], []),
        *([titles[5]], [titles[5]], [titles[7]], [titles[6]], [], [titles[5]], ["海岛安全条例"]),
        *(["松雀"], [], ["江月（演员）"]),
        *(["鹭岛市湿地保护条例"], ["鹭岛市湿地保护条例"], [], ["国家有毒物品名录（2019年版）"]),
        *(["海难程序法"], [], [titles[5]], [], ["中华人民共和国著作权法"], []),
    ]


def test_the_item_that_is_asked_for_leads_its_article(tmp_path: Path) -> None:
    texts = (
        "第八条　船长有下列情形之一的，停航：",
        "（一）未报告的；",
        "（二）酒后驾船的；",
        "（十二）违反第（二）项以外的规定的。",
    )
    passages = [Passage("a", ordinal, text, ("第八条",)) for ordinal, text in enumerate(texts)]
    index = make_index("memory", tmp_path / "index", [ANALYZER.analyze(Document("a", "a.md", "渔港法"), passages)])
    export_static(index, tmp_path / "export")
    queries = (
        "渔港法第8条第2项",
        "渔港法第八条第（一）项",
        "渔港法第8条第1款第12项",
        "渔港法第八条",
        "渔港法第8条第3项",
    )
    assert differing(index, tmp_path / "export", [{"q": query} for query in queries]) == []
    assert [index.search(query).hits[0].passage.text[:4] for query in queries] == [
        *("（二）酒", "（一）未", "（十二）", "第八条　", "第八条　"),
    ]


def test_the_paragraph_that_is_asked_for_leads_its_article(tmp_path: Path) -> None:
    mainland = (
        "第八条　船长应当报告。",
        "有下列情形之一的，停航：",
        "（一）未报告的；",
        "（二）酒后驾船的。",
        "停航不超过三日。",
    )
    taiwan = ("第 8 條", "船長應報告。", "有左列情形之一者，停航：", "一、未報告者。", "二、酒後駕船者。")
    documents = [
        ANALYZER.analyze(
            Document(key, f"{key}.md", title), [Passage(key, at, text, (heading,)) for at, text in enumerate(texts)]
        )
        for key, title, heading, texts in (("a", "渔港法", "第八条", mainland), ("b", "漁業法", "第 8 條", taiwan))
    ]
    index = make_index("memory", tmp_path / "index", documents)
    export_static(index, tmp_path / "export")
    wanted = {
        "渔港法第8条第2款": mainland[1],
        "渔港法 第八条 第三款": mainland[4],
        "渔港法第8条第二款第二项": mainland[3],
        "渔港法第8条（一）": mainland[2],
        "渔港法第8条第4款": mainland[0],
        "渔港法第8条第二款第二、一项": mainland[3],
        "渔港法第8条的第三款": mainland[4],
        "渔港法第8条第三、二、一款": mainland[4],
        "渔港法第八条第三款 停航几日": mainland[4],
        "渔港法第8条第1款至第2款": mainland[0],
        "渔港法第8条（一）至（二）项": mainland[2],
        "漁業法第8條第3項": taiwan[2],
        "漁業法第8條第2款": taiwan[4],
        "漁業法第8條第3項第1款": taiwan[3],
    }
    assert differing(index, tmp_path / "export", [{"q": query} for query in wanted]) == []
    assert {query: index.search(query).hits[0].passage.text for query in wanted} == wanted


def test_the_work_is_marked_as_the_index_does(tmp_path: Path) -> None:
    about = [
        ("卷一", "渔业管理办法释义"),
        ("渔业管理办法释义卷二", "渔业管理办法释义"),
        ("law two", "common law"),
        ("卷四", None),
    ]
    documents = [
        ANALYZER.analyze(Document(f"{key:x}", f"{key}.md", title, work=work), [Passage(f"{key:x}", 0, "第七条　养殖")])
        for key, (title, work) in enumerate(about)
    ]
    index = make_index("memory", tmp_path / "index", documents)
    export_static(index, tmp_path / "export")
    requests = [
        {"q": query} for query in ("渔业管理办法第7条", "卷一 养殖", '标题:"law law"', "卷四 养殖", "渔业 养殖")
    ]
    assert differing(index, tmp_path / "export", requests) == []
    first, _, straddling, *_ = (said["answer"]["hits"] for said in ask(tmp_path / "export", requests))
    assert {hit["document"]["title"]: hit["work_highlights"] for hit in first if hit["tier"] == "all"} == {
        "卷一": [[0, 6]],
        "渔业管理办法释义卷二": [],
    }
    assert [(hit["work_highlights"], hit["title_highlights"]) for hit in straddling] == [([[7, 10]], [[0, 3]])]


def test_beside_a_section_that_is_one_hit_stands_what_any_tier_holds(tmp_path: Path) -> None:
    section = ("第一条",)
    texts = [("渔船登记每年一次。", section), ("渔船由船长保管。", section), ("灯塔不在此列。", section)]
    index = make_index("memory", tmp_path / "index", [make_document("a", texts)])
    export_static(index, tmp_path / "export")
    requests = [{"q": "渔船登记", "scope": "section", "collapse": collapse} for collapse in ("section", "none")]
    assert differing(index, tmp_path / "export", requests) == []
    first, *_ = (said["answer"]["hits"][0] for said in ask(tmp_path / "export", requests))
    assert [(other["text"], other["highlights"]) for other in first["others"]] == [(texts[1][0], [[0, 2]])]


def test_a_word_that_has_to_stand_in_the_text_is_not_marked_above_it(tmp_path: Path) -> None:
    """It is one of two that are asked for, and what is found has the other; of two words both are marked there."""
    section = ("第三条 港口",)
    texts = [("渔船每年一验，登记在册。", section), ("灯塔不在此列。", section)]
    index = make_index("memory", tmp_path / "index", [make_document("a", texts)])
    export_static(index, tmp_path / "export")
    requests = [{"q": query, "scope": "section"} for query in ("条 OR 渔船登记", "港口渔船")]
    assert differing(index, tmp_path / "export", requests) == []
    either, both = (said["answer"]["hits"][0] for said in ask(tmp_path / "export", requests))
    assert (either["tier"], either["path_highlights"]) == ("all", [])
    assert (both["tier"], both["path_highlights"]) == ("all", [[0, 4, 6]])


def test_what_compounds_go_on_into_is_told_apart_as_the_index_does(tmp_path: Path) -> None:
    sorts = [(head, sort, word) for sort, words in SAME_SORT.items() for word in words for head in ("引水", "包庇")]
    texts = [f"{head}的，另议{head}{word}。" for head, _, word in sorts] + ["包庇偷渡的人。", "包庇罪犯的人。"]
    queries = dict.fromkeys(head + sort for head, sort, _ in sorts)
    for name, held in (("longer", texts), ("other", texts[-2:])):
        index = make_index("memory", tmp_path / name, [make_document("a", held)])
        export_static(index, tmp_path / f"{name}-export")
        assert differing(index, tmp_path / f"{name}-export", [{"q": query} for query in queries]) == []


def test_a_wildcard_that_would_read_too_much_says_so(tmp_path: Path) -> None:
    texts = [f"第{number % 10}条" + "法" * 2_100 for number in range(450)]  # a file of texts for each
    index = make_index("memory", tmp_path / "index", [make_document("a", texts)])
    export_static(index, tmp_path / "export")
    (bounded, whole) = ask(tmp_path / "export", [{"q": "第?条"}, {"q": "法*"}])
    assert [warning["code"] for warning in bounded["answer"]["warnings"]] == [BOUNDED]
    assert 0 < bounded["answer"]["total"] < len(texts)
    assert whole["answer"]["total"] == len(texts)
    assert whole["answer"]["warnings"] == []


def test_the_budget_ends_where_that_of_the_index_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = _random_index(tmp_path / "index", 4)
    export_static(index, tmp_path / "export")
    choices = tmp_path / "export" / "engine" / "model" / "choices.js"
    choices.write_text(choices.read_text("utf-8").replace(f"= {MAX_CANDIDATES};", "= 20;"), "utf-8")
    message = budget.WARNING.message.replace(str(MAX_CANDIDATES), "20")
    monkeypatch.setattr(budget, "MAX_CANDIDATES", 20)
    monkeypatch.setattr(budget, "WARNING", replace(budget.WARNING, message=message))
    first, second = sorted({char for char in CHARACTERS if char.isalnum()})[:2]
    wide = (
        f"{first}*",
        f"*{first}",
        f"{first}?{second}",
        f"{first} NEAR/9 {second}",
        f"{second} -{first}*",
        f"{first}* OR {second}*",
    )
    requests = [
        {"q": query, "scope": scope, "script": script}
        for query in wide
        for scope in ("passage", "section")
        for script in ("any", "exact")
    ]
    assert differing(index, tmp_path / "export", requests) == []
    over = [said["answer"]["at_least"] for said in ask(tmp_path / "export", [*requests, {"q": first}])]
    assert any(over)
    assert not over[-1]  # a plain run is counted whole


def test_synonyms_find_rank_and_are_named_alike(tmp_path: Path) -> None:
    texts = [
        "出租人应当退还押金。",
        "房东应当退还押金。",
        "业主大会决定押金的用途。",
        "承租人应当支付租金，租金另有约定的从其约定。",
        "其他事项由各地规定。",
    ]
    index = make_index("memory", tmp_path / "index", [make_document("aaaa", texts)])
    (tmp_path / "词.txt").write_text("房东, 包租婆 => 出租人, 业主\n租金, 房租\n996 => 押金\n", "utf-8")
    index.keep_synonyms(tmp_path / "词.txt")
    export_static(index, tmp_path / "export")
    queries = ("房东", "包租婆退还押金", "房租 押金", "出租人", "996 房东", "房东 -业主", '"房东"', "其他")
    ways: tuple[dict[str, str], ...] = ({}, {"synonyms": "off"}, {"script": "exact"})
    requests = [{"q": query, **way} for query in queries for way in ways]
    assert differing(index, tmp_path / "export", requests) == []
    assert any(index.search(query).synonyms for query in queries)


@pytest.mark.parametrize("name", ["article_numbers", "article_parts", "names", "wordings"])
def test_golden_searches(name: str, tmp_path: Path) -> None:
    table = TABLES[name]
    index = make_index("memory", tmp_path / "index", map(golden_document, table["document"]))
    export_static(index, tmp_path / "export")
    asked = [{"q": row["query"], **row.get("options", {})} for row in table["search"]]
    assert differing(index, tmp_path / "export", asked) == []
