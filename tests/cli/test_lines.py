"""Lines of an answer: where styles are written, and that no document commands the terminal."""

from __future__ import annotations

import pytest

from indexer.cli.terminal.lines import DIM, MARK, in_line, joined, marked, print_line


@pytest.mark.parametrize(
    ("environment", "styled"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
     ({"FORCE_COLOR": "1", "TERM": "dumb"}, False)],
)  # fmt: skip
def test_styles_are_for_terminals_and_for_whoever_asks_for_them(
    environment: dict[str, str],
    styled: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    print_line(("1. ", DIM), ("数据", MARK), "安全")
    assert capsys.readouterr().out == (
        "\x1b[2m1. \x1b[0m\x1b[33m\x1b[1m数据\x1b[0m安全\n" if styled else "1. 数据安全\n"
    )


def test_what_a_document_holds_is_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("险\x1b[2J", ("\x07", MARK), in_line("一\n二\t三"), "甲\n乙\t丙", stderr=True)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "险␛[2J␇一␊二␉三甲\n乙\t丙\n")


def test_a_name_is_marked_in_its_ranges() -> None:
    pieces = [part for part in marked("数据安全法", [(0, 2), (4, 5)]) if part[0]]
    assert pieces == [("数据", MARK), ("安全", {}), ("法", MARK)]
    assert list(joined([[("甲", {})], [("乙", MARK)]], (" › ", DIM))) == [("甲", {}), (" › ", DIM), ("乙", MARK)]
