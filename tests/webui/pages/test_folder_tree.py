"""Folders as a tree: counts with all below, opened down to the one that is chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Document
from webui.pages.folder_tree import folder_tree, is_in_folder

PATHS = ("甲/一.md", "甲/乙/二.md", "甲/乙/三.md", "丙/四.md", "五.md")
DOCUMENTS = [Document(str(number), path, path) for number, path in enumerate(PATHS)]


def test_counts_include_what_is_below() -> None:
    first, second = folder_tree(DOCUMENTS, "")
    assert [(each.path, each.count) for each in (first, *first.children, second)] == [
        ("甲", 3),
        ("甲/乙", 2),
        ("丙", 1),
    ]


def test_it_is_open_down_to_the_chosen_one_alone() -> None:
    first, second = folder_tree(DOCUMENTS, "甲/乙")
    assert (first.is_open, first.children[0].is_open, second.is_open) == (True, True, False)
    assert not any(each.is_open for each in folder_tree(DOCUMENTS, "甲/乙丁")[1:])


@given(st.lists(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=4).map("/".join), max_size=20))
def test_each_count_is_what_is_in_it(paths: list[str]) -> None:
    documents = [Document(str(number), path, path) for number, path in enumerate(paths)]
    waiting = list(folder_tree(documents, ""))
    while waiting:
        folder = waiting.pop()
        waiting += folder.children
        assert folder.count == sum(is_in_folder(path, folder.path) for path in paths)
