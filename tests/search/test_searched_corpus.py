"""What an engine keeps of names is what its texts say, through all commits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.contract import Engine, Removal
from indexer.engines.whoosh.segments.array_file import ArrayWriter
from indexer.search.searched_corpus import document_names
from tests.support import make_document, make_engine

TEXTS = (
    "根据《渔港管理法》（以下简称《港法》）制定。",
    "根据《渔港管理法》（以下称渔法）和《渔政条例》（以下简称“政条”）。",
    "《渔》（以下简称《港》）",
    "《渔港管理法》（FPAL）施行以前的船。",
    "《渔政条例》（pdf）",
    "渔港管理法自公布之日起施行。",
)
documents = st.builds(
    make_document,
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3),
    title=st.sampled_from(["渔港管理法", "渔政条例（2019年修订）", "《渔港管理法》释义", "附 则"]),
)
commits = st.lists(
    st.lists(documents | st.builds(Removal, st.sampled_from("abcd")), max_size=3), min_size=1, max_size=4
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commits)
def test_names_that_are_kept_are_those_that_are_read(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[object]]
) -> None:
    folder = tmp_path_factory.mktemp("names")
    memory, kept = make_engine("memory", folder / "m"), make_engine("whoosh", folder / "w")
    for number, changes in enumerate(history):
        for engine in (memory, kept):
            engine.apply(changes, str(number))  # type: ignore[arg-type]
        assert kept.abbreviations(100) is not None
        assert memory.abbreviations(100) is None
        assert list(document_names(kept).documents.items()) == list(document_names(memory).documents.items())
    kept.close()


@pytest.fixture
def of_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine with a segment of an older program and one of this."""
    engine = make_engine("whoosh", tmp_path / "w")
    add = ArrayWriter.add
    with monkeypatch.context() as patched:
        older = ("abbreviations", "documents.bounds", "documents.columns")
        patched.setattr(ArrayWriter, "add", lambda writer, name, values: name in older or add(writer, name, values))
        engine.apply([make_document(each, [TEXTS[0]] * 9, title="渔港管理法") for each in "ab"], "1")
    engine.apply([make_document("c", [TEXTS[1]], title="渔政条例")], "2")
    return engine


def test_of_an_older_segment_they_are_read(of_both: Engine) -> None:
    assert of_both.abbreviations(100) is None
    names = document_names(of_both)
    assert names.of_title("港法") == names.of_title("渔法") == ("a", "b")
    assert names.of_title("政条") == ("c",)
    assert names.of_title("政") == ()


def test_they_are_kept_where_the_older_segment_is_gone(of_both: Engine) -> None:
    of_both.apply([Removal("a"), Removal("b")], "3")
    assert of_both.abbreviations(100) == [(("渔港管理法", "渔法"), ("渔政条例", "政条"))]
    assert of_both.abbreviations(0) == []
