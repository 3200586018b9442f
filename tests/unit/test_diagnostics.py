"""Diagnostics: the place, the caret under the right column, notes and hint; and what counts as near."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostic, Diagnostics, Location, Note, SpecError, near_match, render


def rendered(folder: Path, text: str | bytes, line: int, column: int) -> list[str]:
    path = folder / "d.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = render(Diagnostic("some-code", "a message", Location(str(path), line, column)))
    return found.replace(str(path), "d.yaml").split("\n")


def pointed_at(lines: list[str]) -> str:
    """The character of the excerpt that stands over the caret."""
    return lines[1][lines[2].index("^")]


def test_a_diagnostic_has_place_excerpt_caret_note_and_hint(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("first\nsecond: line\n", encoding="utf-8")
    where = Location(str(path), 2, 9)
    found = Diagnostic("a-code", "a message", where, "a hint", (Note("seen here too", Location(str(path), 1, 1)),))
    assert render(found).replace(str(path), "d.yaml") == (
        "d.yaml:2:9: error: a message [a-code]\n"
        "  2 | second: line\n"
        "    |         ^\n"
        "d.yaml:1:1: note: seen here too\n"
        "  hint: a hint"
    )


def test_the_gutter_is_as_wide_as_the_number(tmp_path: Path) -> None:
    lines = rendered(tmp_path, "\n" * 99 + "abc\n", 100, 2)
    assert lines[1:] == ["  100 | abc", "      |  ^"]


@pytest.mark.parametrize("column", [1, 2, 80, 81, 82, 200, 400])
def test_the_caret_stands_under_the_column(tmp_path: Path, column: int) -> None:
    text = "".join(chr(0x4E00 + index) for index in range(400))
    lines = rendered(tmp_path, text, 1, column)
    assert pointed_at(lines) == text[column - 1]
    assert len(lines[1]) <= 170


def test_a_tab_is_one_column(tmp_path: Path) -> None:
    assert pointed_at(rendered(tmp_path, "\t\tabc", 1, 4)) == "b"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_lines_are_counted_as_yaml_counts_them(tmp_path: Path, line_break: str) -> None:
    assert rendered(tmp_path, f"one{line_break}two", 2, 1)[1] == "  2 | two"


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"one line\n"])
def test_without_the_line_there_is_no_excerpt(tmp_path: Path, text: bytes) -> None:
    assert rendered(tmp_path, text, 7, 1) == ["d.yaml:7:1: error: a message [some-code]"]


def test_a_file_that_is_not_there_gives_no_excerpt() -> None:
    found = render(Diagnostic("c", "m", Location("no/such/file", 1, 1), "h"))
    assert found == "no/such/file:1:1: error: m [c]\n  hint: h"


def test_a_control_character_of_the_spec_does_not_reach_the_terminal(tmp_path: Path) -> None:
    lines = rendered(tmp_path, "a: \x1b[31mred\n", 1, 4)
    assert "\x1b" not in "\n".join(lines)


def test_all_are_collected_and_sorted_by_place() -> None:
    diagnostics = Diagnostics()
    places = [Location("b", 1, 1), Location("a", 10, 2), Location("a", 9, 9), Location("a", 10, 1)]
    for place in places:
        diagnostics.report("c", "m", place)
    with pytest.raises(SpecError) as caught:
        diagnostics.raise_if_any()
    assert [found.location for found in caught.value.diagnostics] == sorted(places)


def test_nothing_is_raised_without_findings() -> None:
    Diagnostics().raise_if_any()


@pytest.mark.parametrize(
    ("given", "known", "hint"),
    [
        ("activty", ["activity", "ret_activity"], "did you mean 'activity'?"),
        ("zzz", ["b", "a"], "known here: a, b"),
        ("zzz", [], "there is nothing of that kind here"),
        (
            "zzz",
            [f"n{index:02}" for index in range(13)],
            "known here: " + ", ".join(f"n{i:02}" for i in range(12)) + ", ...",
        ),
        ("zzz", ["a", "a"], "known here: a"),
    ],
)
def test_a_hint_names_what_is_near(given: str, known: list[str], hint: str) -> None:
    assert near_match(given, known) == hint


def test_a_place_can_be_shifted_on_its_line() -> None:
    assert str(Location("p", 2, 3).shifted(4)) == "p:2:7"
