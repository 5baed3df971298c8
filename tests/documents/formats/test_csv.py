"""Tables that are text."""

from __future__ import annotations

import pytest

from indexer.documents import read


def texts(content: bytes, name: str = "表.csv") -> list[str]:
    return [block.text for block in read(content, name).blocks]


ROWS = ["城市\t人口", "城市：开封\t人口：482万", "城市：洛阳, 古都\t人口：707"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('城市,人口\r\n开封,482万\r\n"洛阳, 古都",707\r\n', "表.csv"),
        ("城市\t人口\n开封\t482万\n洛阳, 古都\t707\n", "表.tsv"),
        ("城市;人口\n开封;482万\n洛阳, 古都;707\n", "表.csv"),
        ("sep=|\n城市|人口\n开封|482万\n洛阳, 古都|707\n", "表.csv"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_values_are_parted_by_what_parts_the_lines(text: str, name: str, encoding: str) -> None:
    assert texts(text.encode(encoding), name) == ROWS


def test_a_table_without_names_gives_its_cells_as_they_are() -> None:
    assert texts("开封,482,\n,,\n洛阳,,707\n".encode()) == ["开封\t482", "洛阳\t\t707"]
    assert texts("床前明月光,李白\n春眠不觉晓,孟浩然\n".encode()) == ["床前明月光\t李白", "春眠不觉晓\t孟浩然"]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    assert texts('编号,说明\n1,"第一行\n第二行"\n'.encode()) == ["编号\t说明", "编号：1\t说明：第一行 第二行"]


def test_a_quotation_mark_that_nothing_closes_loses_nothing() -> None:
    lines = "".join(f'{number},"五{number}号\n' for number in range(20_000))
    assert len(texts(lines.encode())) == 20_000


def test_lines_above_the_names_are_no_rows() -> None:
    parsed = read("职工花名册,,\n单位：某某局,,\n姓名,年龄,\n王五,40,\n合计,1,\n".encode(), "表.csv")
    assert [(block.kind.value, block.text) for block in parsed.blocks][-3:] == [
        ("table", "姓名\t年龄"),
        ("table", "姓名：王五\t年龄：40"),
        ("table", "姓名：合计\t年龄：1"),
    ]
    assert [block.text for block in parsed.blocks if block.kind.value != "table"] == ["职工花名册", "单位：某某局"]


def test_years_in_a_row_are_names_of_columns() -> None:
    assert texts("地区,2019,2020\n开封,1,2\n".encode()) == ["地区\t2019\t2020", "地区：开封\t2019：1\t2020：2"]
    assert texts("张三,1999\n李四,2000\n".encode()) == ["张三\t1999", "李四\t2000"]
