"""What folders say about their files: tables, index pages; and what is no table, no work."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer
from indexer.model import DateSource
from tests.support import write

TABLE = "path,title,作者,date,tags,url,著作,密级,来源\n"


def read(folder: Path) -> tuple[dict[str, indexer.Document], list[str]]:
    failures: list[indexer.Failure] = []
    found = {one.path.removeprefix("库/"): one for one, _ in indexer.read([folder], on_failure=failures.append)}
    return found, [f"{failure.path}：{failure.reason}" for failure in failures]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "库" / "甲.md", "---\ntitle: 自己的题\ntags: [旧]\n---\n正文。")
    write(tmp_path / "库" / "乙.txt", "正文。")
    write(tmp_path / "库" / "下" / "丙.md", "正文。")
    return tmp_path / "库"


def test_a_row_is_about_the_files_of_its_pattern(folder: Path) -> None:
    write(
        folder / "metadata.csv",
        f"{TABLE}*.md,,众人,,,,总集,内部,\n甲.md,表里的题,,2021年3月4日,红；绿,https://a.cn,,公开,\n下/*,,某人,,,,,,书库\n",
    )
    found, failures = read(folder)
    one, other, below = found["甲.md"], found["乙.txt"], found["下/丙.md"]
    assert (one.title, one.author, one.date, one.tags, one.url) == (
        "表里的题", "众人", "2021-03-04", ("红", "绿"), "https://a.cn",
    )  # fmt: skip
    assert (one.date_source, one.work, one.fields) == (DateSource.TABLE, "总集", (("密级", "公开"),))
    assert (other.work, other.fields, other.author) == (None, (), None)
    assert (below.author, below.work, dict(below.fields)) == ("某人", "总集", {"密级": "内部", "来源": "书库"})
    assert failures == []


def test_a_deeper_table_comes_first(folder: Path) -> None:
    write(folder / "metadata.csv", "path,author,work\n*,众人,总集\n")
    write(folder / "下" / "metadata.csv", "路径\t作者\n丙.md\t某人\n")
    found, _ = read(folder)
    assert (found["下/丙.md"].author, found["下/丙.md"].work) == ("某人", "总集")


def test_dates_of_a_law_are_columns_of_their_own(folder: Path) -> None:
    write(
        folder / "metadata.csv",
        "path,公布日期,amended,施行日期,审定日期\n甲.md,2001-02-03,2011年5月6日,2011-07-01,2012-01-01\n乙.txt,2001-02-03,不详,,\n",
    )
    found, failures = read(folder)
    law, other = found["甲.md"], found["乙.txt"]
    assert (law.issued, law.amended, law.effective) == ("2001-02-03", "2011-05-06", "2011-07-01")
    assert (law.date, law.date_source) == ("2011-05-06", DateSource.TABLE)
    assert law.fields == (("审定日期", "2012-01-01"),)
    assert (other.issued, other.amended, other.date) == ("2001-02-03", None, "2001-02-03")
    assert failures == []


def test_names_that_mean_something_else_are_refused(folder: Path) -> None:
    write(folder / "metadata.csv", "path,section,年份,密级\n*,一,二,公开\n")
    found, failures = read(folder)
    assert found["甲.md"].fields == (("密级", "公开"),)
    assert [failure.split("，")[0] for failure in failures] == [
        "库/metadata.csv：列名“section”已有别的意思",
        "库/metadata.csv：列名“年份”已有别的意思",
    ]


def test_a_table_without_paths_is_refused_and_the_files_are_read(folder: Path) -> None:
    write(folder / "metadata.csv", "作者,密级\n众人,公开\n")
    found, (failure,) = read(folder)
    assert found.keys() == {"甲.md", "乙.txt", "下/丙.md"}
    assert "没有 path" in failure
    assert found["甲.md"].author is None


@pytest.mark.parametrize(
    ("pages", "work"),
    [
        ({"index.md": "---\nwork: 桥典\n---\n"}, "桥典"),
        ({"README.md": "# 桥典\n", "一.md": "# 第一编　总则\n\n文。", "二.md": "# 第二编 桥面\n\n文。"}, "桥典"),
        ({"_index.md": "---\ntitle: 桥典\n---\n", "一.md": "# 总则\n\n文。", "二.md": "# 附则\n\n文。"}, "桥典"),
        # no works: chapters, one part, a part among others, an index page that is a part
        ({"README.md": "# 桥\n", "一.md": "# 第一章 总则\n\n文。", "二.md": "# 第二章 桥面\n\n文。"}, None),
        ({"README.md": "# 桥典\n", "一.md": "# 第一编 总则\n\n文。"}, None),
        ({"README.md": "# 桥典\n", "一.md": "# 第一编 总则\n\n文。", "二.md": "# 说明\n\n文。"}, None),
        ({"README.md": "# 第一编\n", "一.md": "# 总则\n\n文。", "二.md": "# 分则\n\n文。"}, None),
    ],
)
def test_an_index_page_names_the_work(tmp_path: Path, pages: dict[str, str], work: str | None) -> None:
    for name, text in ({"三.md": "# 第三编 桥墩\n\n文。"} | pages if len(pages) != 2 else pages).items():
        write(tmp_path / "库" / name, text)
    found, _ = read(tmp_path / "库")
    assert {document.work for path, document in found.items() if path in ("一.md", "二.md", "三.md")} == {work}


@pytest.mark.parametrize(
    ("said", "work"),
    [
        ("第二条 中华人民共和国桥梁法的任务，是保护桥梁。", "中华人民共和国桥梁法"),
        ("第一条 中华人民共和国桥梁法以宪法为根据。", "中华人民共和国桥梁法"),
        ("第二条 《中华人民共和国桥梁法》的任务另有规定。", None),
        ("第二条 中华人民共和国桥梁法律援助的范围。", None),
        ("第二条 中华人民共和国桥梁法的任务。中华人民共和国河道法的任务。", None),
    ],
)
def test_parts_name_the_law_they_speak_of(tmp_path: Path, said: str, work: str | None) -> None:
    write(tmp_path / "库" / "一.md", f"# 第一编 总则\n\n{said}\n")
    write(tmp_path / "库" / "二.md", "# 第二编 分则\n\n文。\n")
    write(tmp_path / "库" / "别的" / "三.md", f"# 第一编 总则\n\n{said}\n")
    found, _ = read(tmp_path / "库")
    assert [found[path].work for path in ("一.md", "二.md", "别的/三.md")] == [work, work, work]


def test_chapters_do_not_name_the_law_they_speak_of(tmp_path: Path) -> None:
    write(tmp_path / "库" / "一.md", "# 第一章 总则\n\n第二条 中华人民共和国桥梁法的任务，是保护桥梁。\n")
    write(tmp_path / "库" / "二.md", "# 第二章 桥面\n\n文。\n")
    found, _ = read(tmp_path / "库")
    assert {document.work for document in found.values()} == {None}


@pytest.mark.parametrize(
    ("text", "work", "title"),
    [
        ("# 中华桥典\n\n# 桥面编\n\n第一条 文。", "中华桥典", "文件"),
        ("# 中华桥典\n\n# 总则\n\n第一条 文。", "中华桥典", "文件"),
        ("---\n著作: 中华桥典\n---\n# 桥面\n\n文。", "中华桥典", "桥面"),
        ("# 中华桥典\n\n# 说明\n\n文。", None, "文件"),
        ("# 中华桥典\n\n## 总则\n\n第一条 文。", None, "中华桥典"),
        ("# 总则\n\n# 分则\n\n第一条 文。", None, "文件"),
        ("# 中华桥典\n\n# 总则\n\n文。\n\n# 分则\n\n文。", None, "文件"),
    ],
)
def test_a_file_names_its_work_above_its_title(tmp_path: Path, text: str, work: str | None, title: str) -> None:
    write(tmp_path / "库" / "文件.md", text)
    ((document, _),) = indexer.read([tmp_path / "库"])
    assert (document.work, document.title) == (work, title)


def test_an_index_takes_up_a_changed_table(folder: Path, tmp_path: Path) -> None:
    index = indexer.create_index(tmp_path / "index")
    assert len(index.update([folder]).added) == 3
    write(folder / "metadata.csv", "path,work,密级\n*.md,总集,公开\n乙*,,内部\n")
    assert len(index.update([folder]).updated) == 3
    assert len(index.update([folder]).unchanged) == 3
    found = index.search("正文", work=["总集"])
    assert found.total == 2
    assert [(each.value, each.count) for each in found.facets["work"]] == [("总集", 2)]
    assert [(each.value, each.count) for each in index.search("正文").facets["field"]] == [
        ("密级=公开", 2),
        ("密级=内部", 1),
    ]
    assert index.search("正文", field=[" 密级 ＝ 内部"]).total == 1
    assert index.search("正文 著作:总集").total == 2
    assert index.search("正文 标题:总集").total == 2
    assert index.search("正文 密级:公").total == 2
    assert index.search('-密级:"公开"').total == 1
    assert index.search("密级：内部 OR 密级:没有").total == 1
    assert index.search("来源:书库").total == 0 == len(index.search("密级:").warnings)
    with pytest.raises(indexer.errors.BadParameter, match="名=值"):
        index.search("正文", field=["密级"])
    (folder / "metadata.csv").unlink()
    assert len(index.update([folder]).updated) == 3
