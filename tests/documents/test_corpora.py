"""The corpora beside the project, whole: exact counts, no failure, and the law."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from indexer import documents
from indexer.documents import passages
from indexer.model import Block, Kind, ParsedFile, Passage
from tests.documents import visible

_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千两]+条(?:之[一二三四五六七八九十]+)?")
_ARTICLE_LINE = re.compile(rf"^[\u200b]?(?:\*\*)?({_ARTICLE.pattern})(?:\*\*)?[ \u3000]+\S", re.M)


def _seed(corpora: Path) -> tuple[ParsedFile, str, tuple[Passage, ...]]:
    (path,) = (corpora / "seed").glob("*.md")
    parsed = documents.read(path.read_bytes(), path.name)
    return parsed, *passages.build("d", path.stem, parsed)


def test_seed_counts(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parsed, title, made = _seed(corpora)
    kinds = Counter(one.kind for one in made)
    depths = Counter(len(one.section) for one in made if one.kind is Kind.HEADING)
    run_in = [block.topics for block in parsed.blocks if block.topics]
    names = [topics for topics in run_in if len(topics) > 1]
    with capsys.disabled():
        print(f"\nseed: {dict(depths)} headings, {dict(kinds)}, run-in {len(run_in) - len(names)}, names {names}")
    assert depths == {1: 10, 2: 50}
    assert kinds == {Kind.TITLE: 2, Kind.HEADING: 60, Kind.BODY: 81, Kind.CAPTION: 12, Kind.SOURCE: 10}
    assert len(run_in) - len(names) == 17
    assert [len(topics) for topics in names] == [10, 10, 11]
    assert len({name for topics in names for name in topics}) == 31
    captions = [one.text for one in made if one.kind is Kind.CAPTION]
    assert sum(text.startswith("图") for text in captions) == 10
    assert sum(text.startswith("表") for text in captions) == 2
    assert title == parsed.metadata.title == made[0].text


def test_seed_order_and_boilerplate(corpora: Path) -> None:
    parsed, _, made = _seed(corpora)
    chapters = [one.text for one in made if one.kind is Kind.HEADING and len(one.section) == 1]
    assert [text[0] for text in chapters] == list("一二三四五六七八九十")
    per_chapter = Counter(one.section[0][0] for one in made if one.kind is Kind.HEADING and len(one.section) == 2)
    assert [per_chapter[text[0]] for text in chapters] == [3, 4, 4, 6, 5, 6, 4, 3, 6, 9]
    long = [one.text for one in made if len(one.text) > 20]
    assert len(long) == len(set(long))
    text = "".join(one.text for one in made)
    assert "责任编辑" not in text
    assert "新浪财经APP" not in text
    assert "中科曙光" in text
    metadata = parsed.metadata
    assert (metadata.date, metadata.author) == ("2021-07-02", "新浪财经")
    assert metadata.tags == ("金融", "新浪财经", "新浪财经－国內")
    assert [one.text for one in made if one.kind is Kind.TITLE][1] == "数字中国发展报告（2020年）"


# ``laws-large`` has one line more that begins with 第三十一条: the second half of a broken title, 第三十一条的决定》.
# ``just-laws`` has 51 articles more, whose numbers (第…条之…) are not bold.
LAWS = [("just-laws", 328, 24_225 + 51), ("laws-large", 1_564, 64_670)]


@pytest.mark.parametrize(("name", "files", "articles"), LAWS, ids=[law[0] for law in LAWS])
def test_laws(corpora: Path, capsys: pytest.CaptureFixture[str], name: str, files: int, articles: int) -> None:
    paths = sorted((corpora / name).rglob("*.md"))
    found = 0
    count = 0
    for path in paths:
        source = path.read_text(encoding="utf-8")
        parsed = documents.read(path.read_bytes(), path.name)
        _, made = passages.build("d", path.stem, parsed)
        count += len(made)
        opened = [block.heading for block in parsed.blocks if _is_article(block)]
        assert opened == _ARTICLE_LINE.findall(source), path.name
        assert visible.squeezed("".join(one.text for one in made)) == visible.of_markdown(source), path.name
        found += len(opened)
        _assert_articles_are_deepest(made)
    with capsys.disabled():
        print(f"\n{name}: {len(paths)} files, {count} passages, {found} articles, 0 failures")
    assert (len(paths), found) == (files, articles)


def _is_article(block: Block) -> bool:
    return block.level is None and block.heading is not None and _ARTICLE.fullmatch(block.heading) is not None


def _assert_articles_are_deepest(made: tuple[Passage, ...]) -> None:
    for one in made:
        assert not any(_ARTICLE.fullmatch(heading) for heading in one.section[:-1]), one
