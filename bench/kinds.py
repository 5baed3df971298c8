"""``python -m bench.kinds``: kinds of things that people type, each on samples of its own: how many are answered right.

Laws and durations are asked of ``../shared/corpora/just-laws``, where it is there; the rest of passages written here
and in ``kind_samples``, one that is right for each query and, beside all of them, those of every other query.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import indexer
from bench import SHARED
from bench.kind_samples import (
    COMPOUNDS,
    LATIN,
    MEASURES,
    ORDINALS,
    PINYIN,
    REGIONS,
    SEPARATORS,
    TYPOS,
    samples,
)

SEED = 14
LAWS = 40
FIGURE = "0-9零〇一二两三四五六七八九十百千万亿"
DURATIONS = "五年 十日 一年 三年 二年 十年 三个月 六个月 五日 七日 三日 十五日 二十日 两年 四年 一个月"
NUMERALS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write a number below 100 as laws do."""
    tens, ones = divmod(number, 10)
    return (
        ("" if tens == 1 else NUMERALS[tens] if tens else "")
        + ("十" if tens else "")
        + (NUMERALS[ones] if ones else "")
    )


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def articles(index: indexer.Index) -> Iterator[tuple[str, int, int]]:
    """How an article is called, and of how many laws it is the first hit."""
    random_ = random.Random(SEED)
    laws = [document for document in index.documents() if re.fullmatch("中华人民共和国.{2,12}法", document.title)]
    asked = []
    for law in random_.sample(laws, len(laws)):
        names = {passage.section[-1] for passage in index.passages(law.id) if passage.section}
        numbers = [number for number in range(2, 100) if f"第{chinese(number)}条" in names]
        if numbers and len(asked) < LAWS:
            asked.append((law, random_.choice(numbers)))
    for written in (
        "{x}第{h}条",
        "{x} {d}条",
        "{x}第{d}条",
        "{x}{d}条",
        "{x} 第 {d} 条",
        "{x}第 {h} 条",
        "{x}第{h}条第一款",
        "中华人民共和国{x}第{d}条",
        "《{x}》第{d}条",
        "{x}（2018年修正）第{d}条",
        "根据{x}第{d}条的规定",
        "{x}第{d}条是什么",
        "{x} {d}",
        "{x}§{d}",
    ):
        right = 0
        for law, number in asked:
            query = written.format(x=law.title.removeprefix("中华人民共和国"), h=chinese(number), d=number)
            hits = index.search(query, limit=1).hits
            right += (
                bool(hits)
                and hits[0].document.id == law.id
                and hits[0].passage.section[-1:] == (f"第{chinese(number)}条",)
            )
        yield written.format(x="X法", h="三十九", d=39), right, len(asked)


def names(index: indexer.Index) -> Iterator[tuple[str, int, int]]:
    """How a law is called, and how many of them lead then, their titles being of one document."""
    titles = Counter(document.title for document in index.documents())
    laws = [document for document in index.documents() if re.fullmatch("中华人民共和国.{2,20}[法例]", document.title)]
    asked = random.Random(SEED).sample([law for law in laws if titles[law.title] == 1], LAWS)
    for written in ("{x}", "中华人民共和国{x}", "《{x}》", "{x}（2018年修正）", "请问{x}规定了什么", "{x}的适用范围"):
        queries = [(law, written.format(x=law.title.removeprefix("中华人民共和国"))) for law in asked]
        hits = [(law, index.search(query, limit=1).hits) for law, query in queries]
        yield written.format(x="X法"), sum(bool(found) and found[0].document.id == law.id for law, found in hits), LAWS


def durations(index: indexer.Index) -> tuple[int, int]:
    """Of the first ten hits for each duration, those in which its number is somewhere a number of its own."""
    right = hits = 0
    for duration in DURATIONS.split():
        number = re.match(f"[{FIGURE}]+", duration)
        forms = {duration, *_digits(duration)} if number else {duration}
        whole = re.compile("|".join(f"(?<![{FIGURE}]){re.escape(form)}" for form in forms))
        for hit in index.search(duration, limit=10).hits:
            hits += 1
            right += whole.search(hit.passage.text) is not None
    return right, hits


def _digits(duration: str) -> Iterator[str]:
    for number in range(1, 100):
        if duration.startswith(chinese(number)) and duration[len(chinese(number)) :][:1] not in FIGURE:
            yield f"{number}{duration[len(chinese(number)) :]}"
    if duration[0] == "两":
        yield from (f"2{duration[1:]}", f"二{duration[1:]}")


def partial(index: indexer.Index) -> tuple[int, int, int]:
    """Of the last partial matches of 50 questions, those that share two adjacent characters with it; and how many
    partial matches there are in all.
    """
    random_ = random.Random(SEED)
    passages = [
        passage for document in index.documents() for passage in index.passages(document.id) if len(passage.text) > 30
    ]
    shared = looked = total = 0
    for _ in range(50):
        one, other = (random_.choice(passages).text for _ in range(2))
        query = f"{one[8:11]}{random_.choice('吗判赔条罚怎')} {other[12:14]}第{random_.randint(2, 60)}条"
        found = index.search(query, limit=0).tiers["some"]
        total += found
        if found:
            results = index.search(
                query, offset=max(0, sum(index.search(query, limit=0).tiers.values()) - 10), limit=10
            )
            pairs = {query[at : at + 2] for at in range(len(query) - 1)} - {""}
            for hit in results.hits:
                looked += 1
                marked = any(end - start > 1 for start, end in hit.highlights)
                shared += marked or any(pair in hit.passage.text for pair in pairs)
    return shared, looked, total


# ── one passage for each query ───────────────────────────────────────────────────────────────────────────────────────

DASHES = "-–—－～−"
NUMBERS = [("GB/T", 7714, 2015), ("ISO", 9001, 2008), ("JB/T", 5000, 1998), ("DL/T", 5161, 2018), ("YY/T", 287, 2017)]
NAMES = ["海伦·凯勒", "马克·吐温", "阿尔伯特·爱因斯坦", "列夫·托尔斯泰", "维克多·雨果", "查尔斯·达尔文"]
PRODUCTS = ["RTX 3060", "Ubuntu 22.04", "GB 18030", "Python 3", "MH 370", "Win 11", "COVID 19", "Boeing 737"]


def measures() -> Iterator[tuple[str, str]]:
    """Passage and query: a number before every measure, beside longer ones that end in it."""
    for measure in MEASURES.split():
        ordinal = "第" if measure in ORDINALS else ""
        passage = f"甲方约定{ordinal}五{measure}为准。"
        yield from ((passage, f"{ordinal}{five}{measure}") for five in ("五", "5", " 5 ", "５"))
        yield from ((f"乙方约定{ordinal}{longer}{measure}为准。", "") for longer in ("十五", "五十", "2025", "二十五"))


def spacing() -> Iterator[tuple[str, str]]:
    """Passage and query: dashes, optional spaces, dates, telephones, names."""
    for (name, number, year), dash, other in product(NUMBERS, "—–-", DASHES):
        if dash != other and (len(name) + number + ord(other)) % 3 == 0:
            yield f"著录按{name} {number}{dash}{year}执行。", f"{name} {number}{other}{year}"
    for product_ in PRODUCTS:
        yield f"现用{product_}，运行正常。", product_.replace(" ", "")
        yield f"改用{product_.replace(' ', '')}版。", product_
    for number in range(3, 9):
        yield f"图{number} 示意", f"图 {number}"
        yield f"表 {number}-1 数据", f"表{number}-1"
    for month, day in ((3, 5), (11, 20), (7, 9)):
        forms = [f"2021.{month:02}.{day:02}", f"2021-{month:02}-{day:02}", f"2021年{month}月{day}日"]
        yield from ((f"会议于{one}召开。", other) for one, other in product(forms, forms) if one != other)
    for name in NAMES:
        yield f"作者{name}的书。", name.replace("·", "")
        yield f"译者{name.replace('·', '•')}。", name
    for tail in ("13800138000", "139-1234-5678", "137 2222 3333"):
        plain = re.sub("[- ]", "", tail)
        yield f"电话{tail}转。", f"{plain[:3]}-{plain[3:7]}-{plain[7:]}"


def forms() -> Iterator[tuple[str, str]]:
    """Passage and query: accents, Japanese and Hong Kong forms, words of Taiwan and Hong Kong."""
    accents = "café,Schrödinger,naïve,résumé,São,Zürich,Gödel,Poincaré,Erdős,piñata,Łódź,Ångström"
    plain = "cafe,Schrodinger,naive,resume,Sao,Zurich,Godel,Poincare,Erdos,pinata,Lodz,Angstrom"
    yield from ((f"见{one}一文。", other) for one, other in zip(accents.split(","), plain.split(","), strict=True))
    japanese = "経済 図書館 労働 発電 駅前 気象 広島 読売 渋谷 黒沢 鉄道 円満 総務 関係 検査 辺境"
    simplified = "经济 图书馆 劳动 发电 驿前 气象 广岛 读卖 涩谷 黑泽 铁道 圆满 总务 关系 检查 边境"
    yield from ((f"日方的{one}。", other) for one, other in zip(japanese.split(), simplified.split(), strict=True))
    yield from (
        (f"港方的{one}。", other)
        for one, other in (("吿示", "告示"), ("衞生", "卫生"), ("眞相", "真相"), ("靑年", "青年"))
    )
    regional = "軟體 軟件 網路 網絡 資訊 信息 滑鼠 鼠標 硬碟 硬盤 伺服器 服務器 程式 程序 印表機 打印機 計程車 出租車"
    pairs = [
        *zip(regional.split()[::2], regional.split()[1::2], strict=True),
        *(each.split("/") for each in REGIONS.split()),
    ]
    for one, other in pairs:
        yield f"新购{one}一批。", _simplified(other)
        yield f"更换{other}一批。", _simplified(one)


def _simplified(word: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("t2s").convert(word))


def signs() -> Iterator[tuple[str, str]]:
    """Passage and query: marks between words, negative numbers."""
    words = ["蜂蜜 茶叶", "瓷器 丝绸", "河流 湖泊", "山峰 峡谷", "钢琴 提琴", "草原 森林", "小麦 玉米", "毛笔 宣纸"]
    for pair, mark in product(words, "&+/-，"):
        one, other = pair.split()
        yield f"{one}的旁边还有{other}。", f"{one} {mark} {other}"
    yield from ((f"读数为 -{number}度，偏低。", f"-{number}度") for number in range(11, 31))


@contextmanager
def index_of(texts: Iterable[str]) -> Iterator[indexer.Index]:
    """An index of passages, each once."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "corpus"
        source.mkdir()
        (source / "a.txt").write_text("\n\n".join(dict.fromkeys(texts)), "utf-8")
        with indexer.create_index(Path(folder) / "index") as index:
            index.update([source])
            yield index


def answered(
    samples: Iterable[tuple[str, str]], good: Callable[[str], bool] = lambda tier: True, first: int = 1
) -> tuple[int, int]:
    """Queries whose passage is among the ``first`` hits and fits well; samples without a query are near misses."""
    kept = list(samples)
    asked = [(text, query) for text, query in kept if query]
    with index_of(text for text, _ in kept) as index:
        hits = [(text, index.search(query, limit=first).hits) for text, query in asked]
    right = (any(hit.passage.text == text and good(hit.tier.value) for hit in found) for text, found in hits)
    return sum(right), len(asked)


def suggested() -> tuple[int, int]:
    """Pinyin, whole, parted and in initials, and typing errors: those that lead to the word that is meant."""
    asked = [
        (word, query)
        for word, *sounds in map(str.split, re.split(r"[|\n]", PINYIN.strip()))
        for query in ("".join(sounds), " ".join(sounds))
    ]
    asked += [tuple(each.split("/")) for each in TYPOS.split()]
    texts = (f"第{number}年谈{word}。" for word, _ in asked for number in range(1, 13))
    with index_of(texts) as index:
        return sum(word in index.search(query).suggestions for word, query in asked), len(asked)


def main() -> None:
    """Print a row for each kind."""
    laws = SHARED / "corpora" / "just-laws"
    if laws.is_dir():
        with tempfile.TemporaryDirectory() as folder, indexer.create_index(Path(folder)) as index:
            index.update([laws])
            for number, rows in (("2", articles(index)), ("4", names(index))):
                for name, right, asked in rows:
                    show(number, name, right, asked)
            show("3", "no part of a number", *durations(index))
            shared, looked, found = partial(index)
            show("6", f"share a word, of {found} partial", shared, looked)
    show("1", "compounds", *answered(samples(COMPOUNDS)))
    show("3", "every measure", *answered(measures(), "exact".__eq__))
    show("5", "letters and digits", *answered(samples(LATIN)))
    show("7", "dashes and spaces", *answered(spacing(), "exact".__eq__, 3))
    show("7", "separators", *answered(samples(SEPARATORS), "exact".__eq__))
    show("8", "signs", *answered(signs(), "exact".__eq__, 3))
    show("9", "pinyin and errors", *suggested())
    show("10", "other spellings", *answered(forms(), ("exact", "all").__contains__, 3))


def show(kind: str, name: str, right: int, asked: int) -> None:
    """Print a row."""
    print(f"{kind:<3}{name:<34}{right:>5} of {asked}", flush=True)


if __name__ == "__main__":
    main()
