"""Files of several modules, parted as `mlir-opt -split-input-file` parts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from enzyme_mlir import lowering

ONE, TWO = "func.func private @one()\n", "func.func private @two()\n"
FILES = {
    "one part": (ONE, [["one"]]),
    "two parts": (f"{ONE}// -----\n{TWO}", [["one"], ["two"]]),
    "spaces behind the marker": (f"{ONE}// ----- \t \n{TWO}", [["one"], ["two"]]),
    "lines that end in two characters": (f"{ONE}// -----\n{TWO}".replace("\n", "\r\n"), [["one"], ["two"]]),
    "more dashes": (f"{ONE}// ------\n{TWO}", [["one", "two"]]),
    "words behind the marker": (f"{ONE}// ----- not here\n{TWO}", [["one", "two"]]),
    "spaces before the marker": (f"{ONE} // -----\n{TWO}", [["one", "two"]]),
    "a marker at the end": (f"{ONE}// -----\n", [["one"]]),
    "a marker at the end of the text": (f"{ONE}// -----", [["one"]]),
    "a marker and empty lines at the end": (f"{ONE}// -----\n\n  \n", [["one"]]),
    "a comment behind the last marker": (f"{ONE}// -----\n// nothing\n", [["one"], []]),
    "nothing between two markers": (f"{ONE}// -----\n// -----\n{TWO}", [["one"], [], ["two"]]),
    "nothing before the marker": (f"// -----\n{TWO}", [[], ["two"]]),
    "an empty file": ("", [[]]),
}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_is_parted_into(name: str, tmp_path: Path) -> None:
    text, expected = FILES[name]
    path = tmp_path / "some.mlir"
    path.write_bytes(text.encode())
    modules = lowering.parse_file(path)
    assert [[each.attributes["sym_name"].value for each in module.body] for module in modules] == expected


def test_modules_of_a_file_share_a_context_and_have_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "some.mlir"
    path.write_text(f"{ONE}// -----\n{TWO}", encoding="utf-8")
    one, two = lowering.parse_file(path)
    assert one.context == two.context
    assert str(two.body.operations[0].location) == 'loc("-":3:1)'


def test_a_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "some.mlir"
    path.write_bytes("// größe".encode("latin-1"))
    with pytest.raises(UnicodeDecodeError):
        lowering.parse_file(path)
