"""From when a document is: dates of names, of promulgation, labels and signatures, each with what is none."""

from __future__ import annotations

import pytest

from indexer import documents
from indexer.documents import promulgation
from indexer.documents.dating import date_of_name
from indexer.model import DateSource, Metadata

BODY = "第一条 为了爱护桥梁，制定本规定。\n\n第二条 桥上不得停车。"
SEVENTH = "第七届全国人民代表大会常务委员会第三次会议"


def metadata(text: str, name: str = "文件.txt") -> Metadata:
    return documents.read(text.encode(), name).metadata


@pytest.mark.parametrize(
    ("stem", "date", "rest"),
    [
        ("2021-03-04-河边的旧书店", "2021-03-04", "河边的旧书店"),
        ("2021-3-4-walk", "2021-03-04", "walk"),
        ("20210304 会议记录", "2021-03-04", "会议记录"),
        ("20210304会议记录", "2021-03-04", "会议记录"),
        ("桥梁管理办法(2012-12-28)", "2012-12-28", "桥梁管理办法"),
        ("桥梁管理办法（2012年12月28日）", "2012-12-28", "桥梁管理办法"),
        ("桥梁管理办法_20121228", "2012-12-28", "桥梁管理办法"),
        ("2021-03-04", "2021-03-04", "2021-03-04"),
        # no dates: a version, a case number, a day that no calendar has, a year, a period
        ("20210304567号", None, "20210304567号"),
        ("v2021.13.40", None, "v2021.13.40"),
        ("2021-02-30-通知", None, "2021-02-30-通知"),
        ("2021年工作总结", None, "2021年工作总结"),
        ("办法(2012年修正)", None, "办法(2012年修正)"),
        ("会议2021-03-04记录", None, "会议2021-03-04记录"),
    ],
)
def test_names_carry_dates(stem: str, date: str | None, rest: str) -> None:
    assert date_of_name(stem) == (date, rest)


# issued, amended, effective, date
PROMULGATIONS = {
    "a congress passes": (f"1990年3月5日{SEVENTH}通过", ("1990-03-05", None, None, "1990-03-05")),
    "in numerals": (f"一九九〇年三月五日{SEVENTH}通过", ("1990-03-05", None, None, "1990-03-05")),
    "passed and amended on one line": (
        f"（1990年3月5日{SEVENTH}通过　根据2001年12月28日第九届全国人民代表大会常务委员会第二十次会议"
        "《关于修改〈桥梁法〉的决定》第一次修正）",
        ("1990-03-05", "2001-12-28", None, "2001-12-28"),
    ),
    "two bodies pass one text": (
        f"1990年3月5日{SEVENTH}、1990年3月6日{SEVENTH}通过",
        ("1990-03-06", None, None, "1990-03-06"),
    ),
    "line by line": (
        f"1990年3月5日{SEVENTH}通过\n\n2001年12月28日第九届全国人民代表大会第四次会议修订\n\n2002年3月1日起施行",
        ("1990-03-05", "2001-12-28", "2002-03-01", "2001-12-28"),
    ),
    "amended by a law that is only named": (
        f"1990年3月5日{SEVENTH}通过\n\n2001年8月31日第九届全国人民代表大会第四次会议通过的《桥梁法修正案（二）》",
        ("1990-03-05", "2001-08-31", None, "2001-08-31"),
    ),
    "a committee passes, the court publishes": (
        "1998年4月6日 审判委员会第972次会议通过\n\n1998年4月17日 公告公布\n\n1998年5月9日 施行",
        ("1998-04-17", None, "1998-05-09", "1998-04-17"),
    ),
    "a government's order": (
        "2005年4月6日市政府第8次常务会议通过　2005年4月20日市人民政府令第7号公布　自2005年6月1日起施行",
        ("2005-04-20", None, "2005-06-01", "2005-04-20"),
    ),
    "the State Council's order, whose amendments may be missing": (
        "2005年4月20日国务院令第99号公布", ("2005-04-20", None, None, None),
    ),
    "approved by the State Council": (
        "1991年3月2日国务院批准　1991年4月6日民政部令第3号发布", ("1991-04-06", None, None, None),
    ),
    "the State Council's, amended for the second time or more": (
        "2005年4月20日国务院令第99号公布　2011年1月8日《国务院关于废止和修改部分行政法规的决定》第二次修订",
        ("2005-04-20", "2011-01-08", None, None),
    ),
    "the State Council's, amended once": (
        "2005年4月20日国务院令第99号公布　2018年5月4日国务院令第199号修订",
        ("2005-04-20", "2018-05-04", None, "2018-05-04"),
    ),
    "a department's order": (
        "2005年4月20日交通部令第7号公布", ("2005-04-20", None, None, "2005-04-20"),
    ),
    "only passed by a committee": ("1998年4月6日 审判委员会第972次会议通过", (None, None, None, None)),
    "amended by a committee later on": (
        "1998年4月17日 公告公布\n\n2020年12月23日审判委员会第1823次会议《关于修改〈规定〉的决定》修正",
        (None, None, None, None),
    ),
    "a preamble about another law": (
        "根据2010年4月29日修正的《桥梁法》，结合工作实际，制定本规定。", (None, None, None, None)
    ),
    "a story": ("2010年4月29日，河边的大桥通过了验收。", (None, None, None, None)),
}  # fmt: skip


@pytest.mark.parametrize("case", PROMULGATIONS.values(), ids=list(PROMULGATIONS))
def test_promulgation(case: tuple[str, tuple[str | None, ...]]) -> None:
    lines, expected = case
    found = metadata(f"桥梁管理规定\n\n{lines}\n\n{BODY}")
    assert (found.issued, found.amended, found.effective, found.date) == expected
    assert found.date_source == (DateSource.PROMULGATION if found.date else None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("例会会议纪要\n\n时间：2019年10月8日\n\n议了木柴。\n\n2019年11月8日", "2019-10-08"),
        ("租约\n\n甲方：甲\n\n签订日期：民国一百零八年三月五日", "2019-03-05"),
        ("通知\n\n封山三年。\n\n柳河镇政府　中華民國108年3月5日", "2019-03-05"),
        ("通知\n\n封山三年。\n\n柳河镇政府　　2018年9月3日\n\n柳河镇政府办公室　2018年9月5日印发", "2018-09-03"),
        ("通知\n\n封山三年。\n\n柳河镇政府办公室　2018年9月5日印发", "2018-09-05"),
        ("看火色\n\n阿宁 2019年11月7日 08:30\n\n火色要隔着看。", "2019-11-07"),
        ("看火色\n\n于 2019-11-07 08:30:00 发布\n\n火色要隔着看。", "2019-11-07"),
        # an event, a conference to come, a period, a list of dates
        ("通知\n\n时间：2019年10月8日\n\n请到窑场。", None),
        ("通知\n\n定于2019年11月7日发布会上公布结果。", None),
        ("公告\n\n柳河镇政府的办公时间，自2018年9月3日起调整。", None),
        ("# 窑志\n\n更新于 2019年3月5日之前\n\n窑旧了。", None),
        ("窑志\n\n停烧自 2019 年 3 月\n\n窑旧了。", None),
        ("年表\n\n甲窑　2018年9月3日\n\n乙窑　2018年9月5日", None),
    ],
)
def test_what_else_says_when(text: str, date: str | None) -> None:
    assert metadata(text).date == date


def test_a_standard_says_from_when_on() -> None:
    found = metadata("烧窑规程\n\n2015-05-15 发布　　2015-12-01 实施\n\n1 范围")
    assert (found.date, found.effective) == ("2015-05-15", "2015-12-01")


def test_the_last_article_says_from_when_on() -> None:
    assert metadata(f"桥梁管理规定\n\n{BODY}\n\n第三条 本规定自2008年1月1日起施行。").effective == "2008-01-01"
    assert metadata(f"桥梁管理规定\n\n{BODY}\n\n第三条 合同自2008年1月1日起生效的，桥梁另行登记。").effective is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("发布日期：2021年7月2日", "2021-07-02"),
        ("发布时间：2021-07-02 10:22  来源：桥梁处", "2021-07-02"),
        ("成文日期：二〇二一年七月二日　　发布日期：2021年7月8日", "2021-07-08"),
        ("【成文日期】 2021-07-02", "2021-07-02"),
        # not about the document: a sentence, and two articles of a list
        ("桥梁处的发布日期没有规定，2021年7月2日以前都可以。", None),
        ("发布日期：2021年7月2日\n\n大桥通车\n\n发布日期：2021年7月3日", None),
    ],
)
def test_labels(text: str, date: str | None) -> None:
    found = metadata(f"大桥通告\n\n{text}\n\n大桥今天开放。")
    assert (found.date, found.date_source) == (date, DateSource.LABEL if date else None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("桥梁管理处\n\n二〇二一年七月二日", "2021-07-02"),
        ("桥梁管理处\n\n二○二一年十二月二十三日", "2021-12-23"),
        ("桥梁管理处\n\n２０２１年７月２日", "2021-07-02"),
        ("桥梁管理处\n\n（2021年7月2日）", "2021-07-02"),
        ("桥梁管理处\n\n2021年7月2日\n\n附件：停车表", "2021-07-02"),
        # a diary, a sentence
        ("2021年7月2日\n\n晴，过桥。\n\n2021年7月3日\n\n雨，未过桥。", None),
        ("大桥将于2021年7月2日开放。", None),
    ],
)
def test_a_line_of_its_own(text: str, date: str | None) -> None:
    found = metadata(f"大桥通告\n\n大桥今天开放，请走人行道。\n\n{text}")
    assert (found.date, found.date_source) == (date, DateSource.LINE if date else None)


def test_what_is_said_on_purpose_comes_first() -> None:
    text = f"桥梁法\n\n1990年3月5日{SEVENTH}通过\n\n发布日期：1990年3月9日\n\n{BODY}"
    assert metadata(text).date_source is DateSource.LABEL
    assert metadata(text, "桥梁法(1991-01-01).txt").date == "1991-01-01"
    found = metadata(f"---\ndate: 1992-02-02\n---\n{text}", "桥梁法(1991-01-01).txt")
    assert (found.date, found.date_source, found.issued) == ("1992-02-02", DateSource.FRONT_MATTER, "1990-03-05")


def test_what_is_pending_of_an_event_is_bounded() -> None:
    """The days of a long list are not searched again and again."""
    days = "".join(f"2021年1月{day}日，晴。" for day in range(1, 29)) * 400
    (event,) = promulgation._told([("2021-01-01", days), ("2021-01-02", "晴")] * 50 + [("2021-01-03", "通过")])
    assert (event.date, len(event.words) <= 2 * promulgation._PENDING) == ("2021-01-03", True)
