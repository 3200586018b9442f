"""YAML with positions: what a plain load would hide is reported, and nothing ends in a traceback."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, Location, Note, ToolError
from opspec.spec.nodes import ListNode, MapNode, ScalarNode, plain
from opspec.spec.reading import read_yaml
from tests.command import opspec


def read(folder: Path, text: str | bytes) -> tuple[MapNode | None, Diagnostics]:
    path = folder / "spec.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    diagnostics = Diagnostics()
    return read_yaml(path, diagnostics, "spec.yaml"), diagnostics


def read_clean(folder: Path, text: str) -> MapNode:
    root, diagnostics = read(folder, text)
    assert diagnostics.found == []
    assert root is not None
    return root


def only_code(folder: Path, text: str | bytes) -> str:
    _, diagnostics = read(folder, text)
    (found,) = diagnostics.found
    return found.code


def test_every_value_knows_where_it_stands(tmp_path: Path) -> None:
    root = read_clean(tmp_path, "a: 1\nb:\n  - x\n  - {c: y}\n")
    items = root.get("b")
    assert isinstance(items, ListNode)
    inner = items.items[1]
    assert isinstance(inner, MapNode)
    value = inner.get("c")
    assert isinstance(value, ScalarNode)
    assert (root.location, items.location) == (Location("spec.yaml", 1, 1), Location("spec.yaml", 3, 3))
    assert (inner.location, value.location) == (Location("spec.yaml", 4, 5), Location("spec.yaml", 4, 9))


def test_columns_count_characters_not_bytes(tmp_path: Path) -> None:
    root = read_clean(tmp_path, '{"é𝄞ü": x}\n')
    value = root.get("é𝄞ü")
    assert isinstance(value, ScalarNode)
    assert value.location.column == 9


def test_keys_stay_text_and_values_are_read(tmp_path: Path) -> None:
    text = "yes: 1\nnull: 2\non: 3\n5: 4\n~: 5\ntrue: 6\nvalue: no\nnumber: 0x10\nquoted: 'no'\n"
    assert plain(read_clean(tmp_path, text)) == {
        "yes": 1,
        "null": 2,
        "on": 3,
        "5": 4,
        "~": 5,
        "true": 6,
        "value": False,
        "number": 16,
        "quoted": "no",
    }


def test_only_an_unquoted_scalar_on_one_line_is_plain(tmp_path: Path) -> None:
    root = read_clean(tmp_path, "a: x y\nb: 'x'\nc: |\n  x\nd: x\n  y\n")
    found = [value.is_plain for _, value in root.entries if isinstance(value, ScalarNode)]
    assert found == [True, False, False, False]


def test_a_duplicate_key_names_the_first_one(tmp_path: Path) -> None:
    root, diagnostics = read(tmp_path, "a: 1\nb: 2\na: 3\n")
    (found,) = diagnostics.found
    assert (found.code, found.location) == ("duplicate-key", Location("spec.yaml", 3, 1))
    assert found.notes == (Note("first given here", Location("spec.yaml", 1, 1)),)
    assert root is not None
    assert plain(root) == {"a": 1, "b": 2}


def test_the_quotes_of_a_duplicate_key_do_not_hide_it(tmp_path: Path) -> None:
    assert only_code(tmp_path, "yes: 1\n'yes': 2\n") == "duplicate-key"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\nb: *x\n", "yaml-alias"),
        ("a: &x [*x]\n", "yaml-alias"),
        ("a: !!python/object:os.system 1\n", "yaml-tag"),
        ("a: !mine 1\n", "yaml-tag"),
        ("? [a]\n: 1\n", "yaml-key"),
        ("", "yaml-syntax"),
        ("# only a comment\n", "yaml-syntax"),
        ("- a\n", "yaml-syntax"),
        ("word\n", "yaml-syntax"),
        ("a: [1\n", "yaml-syntax"),
        ("a: 'x\n", "yaml-syntax"),
        ("\ta: 1\n", "yaml-syntax"),
        ("a: 1\n---\nb: 2\n", "yaml-syntax"),
        ("a: \0\n", "yaml-syntax"),
        (b"a: \xff\n", "yaml-syntax"),
        ("a: 1\n".encode("utf-16"), "yaml-syntax"),
    ],
)
def test_what_a_spec_may_not_hold_is_one_diagnostic(tmp_path: Path, text: str | bytes, code: str) -> None:
    assert only_code(tmp_path, text) == code


@pytest.mark.parametrize("text", ["<<: {a: 1}\nb: 2\n", "a: !!binary eA==\n", "a: !!set {x, y}\n"])
def test_extensions_of_yaml_never_change_what_is_read(tmp_path: Path, text: str) -> None:
    root, diagnostics = read(tmp_path, text)
    assert root is not None
    assert diagnostics.found != [] or plain(root) == {"<<": {"a": 1}, "b": 2}


def test_an_alias_bomb_is_not_expanded(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    _, diagnostics = read(tmp_path, "\n".join(lines))
    assert {found.code for found in diagnostics.found} == {"yaml-alias"}


@pytest.mark.parametrize("depth", [100, 900, 5000, 100_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_reported(tmp_path: Path, opening: str, depth: int) -> None:
    """In a process of its own, since a parser in C may end the process."""
    closing = {"[": "]", "{a: ": "}", "- ": ""}[opening]
    start = "a:\n  " if opening == "- " else "a: "
    (tmp_path / "spec.yaml").write_text(start + opening * depth + "x" + closing * depth + "\n", encoding="utf-8")
    done = opspec("lint", "--spec", "spec.yaml", cwd=tmp_path)
    assert done.returncode == 100
    assert done.stdout == ""
    assert re.match(r"spec\.yaml:\d+:\d+: error: the YAML is nested more than 50 deep ", done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["a: 0o\n", "a: 1:60\n", "a: 2026-99-99\n", "a: 0b\n", "a: " + "9" * 5000 + "\n"])
def test_odd_scalars_are_read_or_reported(tmp_path: Path, text: str) -> None:
    root, _ = read(tmp_path, text)
    assert root is not None
    value = root.get("a")
    assert isinstance(value, ScalarNode)
    assert value.text == text.removeprefix("a: ").strip()


def test_a_file_that_is_not_there_is_a_tool_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"^cannot read nowhere\.yaml: No such file or directory$"):
        read_yaml(tmp_path / "nowhere.yaml", Diagnostics(), "nowhere.yaml")


def test_a_folder_is_a_tool_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"^cannot read folder: Is a directory$"):
        read_yaml(tmp_path, Diagnostics(), "folder")


@pytest.mark.parametrize(
    ("text", "value", "is_plain"),
    [
        ("a: b c", "b c", True),
        ("a: 'b c'", "b c", False),
        ('a: "b c"', "b c", False),
        ("a: b\n  c", "b c", False),
        ('a: "b\\nc"', "b\nc", False),
        ("a: |\n  b", "b", False),
        ("a: >-\n  b\n  c", "b c", False),
    ],
)
def test_only_text_that_stands_unquoted_on_one_line_has_columns(
    text: str, value: str, is_plain: bool, tmp_path: Path
) -> None:
    node = read_clean(tmp_path, text).get("a")
    assert isinstance(node, ScalarNode)
    assert (node.text, node.is_plain) == (value, is_plain)


@pytest.mark.parametrize(
    "text",
    [
        "a: !!bool x\n",
        'a: !!bool "x"\n',
        "a: !!int x\n",
        "a: !!int 1.5\n",
        "a: !!int yes\n",
        "a: !!float x\n",
        "a: !!float ''\n",
        "a: !!null x\n",
        "a: !!bool\n",
        "a: !!timestamp 2027-01-31\n",
        "a: !!value x\n",
        "a: !!merge x\n",
        "a: !!map [x]\n",
        "a: !!seq {x: y}\n",
        "a: !!str [x]\n",
        "a: !!map x\n",
        "!!int x: 1\n",
        "!!bool x: 1\n",
    ],
)
def test_a_tag_that_its_value_does_not_keep_is_one_diagnostic(tmp_path: Path, text: str) -> None:
    assert only_code(tmp_path, text) == "yaml-tag"


def test_a_tag_that_its_value_keeps_is_taken(tmp_path: Path) -> None:
    text = "a: !!int 5\nb: !!str 5\nc: !!float 5\nd: !!bool yes\ne: !!null ~\n"
    text += "f: !!map {x: !!seq [y]}\ng: !!int '7'\n"
    found = plain(read_clean(tmp_path, text))
    assert found == {"a": 5, "b": "5", "c": 5.0, "d": True, "e": None, "f": {"x": ["y"]}, "g": 7}


@pytest.mark.parametrize(
    "number",
    [
        "010",
        "-017",
        "0o17",
        "08",
        "00",
        "1_000",
        "0x_f",
        "0b1_0",
        "1:30",
        "190:20:30",
        "190:20:30.15",
        "1_0.5",
        "1e5",
        "12E-3",
        ".inf",
        "-.Inf",
        ".nan",
        "1.0e+999",
        "9" * 101,
        "9" * 5000,
        "0x" + "f" * 5000,
        "1." + "0" * 5000,
    ],
)
def test_a_number_that_readers_of_yaml_dispute_is_one_diagnostic(tmp_path: Path, number: str) -> None:
    assert only_code(tmp_path, f"a: {number}\n") == "yaml-number"
    assert plain(read_clean(tmp_path, f"a: '{number}'\n")) == {"a": number}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("0xFf", 255),
        ("-0b101", -5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1.5e+3", 1500.0),
        ("18446744073709551616", 2**64),
        ("0.0.15", "0.0.15"),
        ("2027-01-31", "2027-01-31"),
        ("1D", "1D"),
        ("+", "+"),
        (".", "."),
        ("...x", "...x"),
        ("e5", "e5"),
        ("0x", "0x"),
        ("٣", "٣"),
        ("²", "²"),
        ("y", "y"),
        ("=", "="),
    ],
)
def test_what_is_certain_is_read(tmp_path: Path, text: str, value: object) -> None:
    found = plain(read_clean(tmp_path, f"a: {text}\n"))
    assert found == {"a": value}
    assert type(found["a"]) is type(value)  # type: ignore[index]


def test_a_character_that_yaml_does_not_take_is_named_at_its_place(tmp_path: Path) -> None:
    _, diagnostics = read(tmp_path, "a: 1\nb: x\x07y\n")
    (found,) = diagnostics.found
    assert (found.message, found.location) == (
        "not valid YAML: the character U+0007 is not allowed",
        Location("spec.yaml", 2, 5),
    )


def test_a_file_beyond_the_limit_is_one_diagnostic(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    (tmp_path / "spec.yaml").touch()
    os.truncate(tmp_path / "spec.yaml", 64 * 2**20 + 1)
    assert read_yaml(tmp_path / "spec.yaml", diagnostics) is None
    assert [found.message for found in diagnostics.found] == ["the file is larger than 64 MiB"]


def test_nested_deeper_than_the_limit_is_one_diagnostic(tmp_path: Path) -> None:
    assert only_code(tmp_path, "a: " + "[" * 60 + "]" * 60) == "yaml-syntax"
    assert only_code(tmp_path, "a: " + "[" * 100_000) == "yaml-syntax"
    read_clean(tmp_path, "a: " + "[" * 49 + "]" * 49)
