"""Texts as they are given and as they are sent: places, parts of a file, and names of resources."""

from __future__ import annotations

import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir.lowering.resources import restore_names
from enzyme_mlir.lowering.sources import Sent, offset_of, split_file


@pytest.mark.parametrize(
    ("line", "column", "offset"),
    [
        (1, 1, 0),
        (1, 0, 0),
        (1, 3, 2),
        (1, 99, 3),
        (2, 1, 4),
        (2, 3, 5),  # é is two bytes
        (2, 2, 4),  # in the middle of it
        (2, 4, 6),
        (3, 1, 8),
        (3, 2, 9),
        (9, 1, 9),
    ],
)
def test_a_line_and_a_column_in_bytes_are_an_offset_in_characters(line: int, column: int, offset: int) -> None:
    assert offset_of("abc\néxy\nz", line, column) == offset


def test_places_are_told_in_the_users_text() -> None:
    sent = Sent("ab\ncdé f\n", None, "mine.mlir")
    assert sent.text == "ab\ncdé f\n"
    assert [sent.place(offset) for offset in (0, 1, 2, 3, 7)] == [
        "mine.mlir:1:1",
        "mine.mlir:1:2",
        "mine.mlir:1:3",
        "mine.mlir:2:1",
        "mine.mlir:2:5",
    ]
    said = 'loc("-":2:6): error: bad\n"-":1:2: note'
    assert sent.explain(said) == "mine.mlir:2:5: error: bad\nmine.mlir:1:2: note"
    assert sent.explain('loc("-":0:0): error: bad') == 'loc("-":0:0): error: bad'
    head = "INVALID_ARGUMENT: Failed to parse module"
    assert sent.explain(f"{said}\n{head}") == sent.explain(said)
    assert sent.explain(head) == head
    assert Sent('f() loc("-":1:2)', None).explain('"-":1:2: bad, "-":1:1: worse') == '"-":1:2: bad, <text>:1:1: worse'


def test_what_is_spelled_another_way_lies_where_the_users_spelling_begins() -> None:
    given = "a = #enzyme.activity<enzyme_dup>,\n  b = #enzyme.activity<enzyme_dup> é"
    sent = Sent(given, "0.0.14", "mine.mlir")
    assert sent.text == given.replace(".activity<", "<activity ")
    second = sent.text.rindex("#enzyme")
    offsets = (0, 4, 10, 31, 32, second, second + 9, len(sent.text) - 1)
    assert [sent.place(offset).removeprefix("mine.mlir:") for offset in offsets] == [
        *("1:1", "1:5", "1:5", "1:5", "1:33"),
        *("2:7", "2:7", "2:36"),
    ]
    assert Sent(given, "0.0.16").text == Sent(given, None).text == given
    assert [Sent("\nab\n", None).place(offset) for offset in (0, 1, 3)] == ["<text>:1:1", "<text>:2:1", "<text>:2:3"]


def test_the_modules_of_a_file_keep_their_lines() -> None:
    assert split_file("a") == ["a"]
    assert split_file("") == [""]
    assert split_file("a\n// -----\nb") == ["a\n", "\n\nb"]
    assert split_file("a\n// -----  \r\nb\nc\n// -----\n") == ["a\n", "\n\nb\nc\n"]
    assert split_file("// -----\nb") == ["", "\nb"]
    assert split_file("a\n// ----- b\n // -----\nc") == ["a\n// ----- b\n // -----\nc"]


def module(*names: str, resources: str) -> str:
    uses = "\n".join(
        f'"a.b"() {{v = dense_resource<{name}> : tensor<1xf64>, t = "dense_resource<x_1>"}}' for name in names
    )
    return f"{uses}\n{{-#\n  dialect_resources: {{\n    builtin: {{\n{resources}\n    }}\n  }}\n#-}}\n"


def entry(name: str, content: str = "0x01") -> str:
    return f'      {name}: "{content}"'


def test_resources_get_their_names_back() -> None:
    given = module("x", resources=entry("x"))
    assert restore_names(module("x_1", resources=entry("x_1")), given) == given
    assert restore_names(module("x_1_2", resources=entry("x_1_2")), given) == given
    quoted = module('"x y"', resources=entry('"x y"'))
    assert restore_names(module('"x y_3"', resources=entry('"x y_3"')), quoted) == quoted
    bare = '"a.b"() {v = dense_resource<x> : tensor<1xf64>}'
    assert restore_names(bare.replace("<x>", "<x_1>"), bare) == bare


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (module("x_1", resources=entry("x_1", "0x02")), module("x", resources=entry("x"))),
        (module("x_1", "x", resources=f"{entry('x_1')},\n{entry('x')}"), module("x", resources=entry("x"))),
        (module("x_1", resources=entry("x_1")), module("x_1", resources=entry("x_1"))),
        (module("y_1", resources=entry("y_1")), module("x", resources=entry("x"))),
        ("no resources", module("x", resources=entry("x"))),
    ],
    ids=["other bytes", "taken", "its own", "unknown", "none"],
)
def test_names_that_mean_something_else_stay(text: str, given: str) -> None:
    assert restore_names(text, given) == text
