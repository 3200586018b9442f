"""How an operation is printed, found in the text of a module."""

from __future__ import annotations

import pytest

from opspec.learn.printing import printed_line


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("%0 = toy.add %a,  %b : i32 loc(#loc1)", "toy.add %a, %b : i32"),
        ("%0:2 = toy.add(%a) loc(unknown)", "toy.add(%a)"),
        ("toy.add @name", "toy.add @name"),
        ("toy.add {", "toy.add { .. }"),
        ("toy.add", "toy.add"),
        ('%0 = "toy.add"(%a) : (i32) -> i32', ""),
        ("%0 = toy.address %a", ""),
        ("call @toy.add()", ""),
    ],
)
def test_the_line_of_an_operation(line: str, printed: str) -> None:
    assert printed_line(f"module {{\n  func.func @f() {{\n    {line}\n    return\n  }}\n}}\n", "toy.add") == printed
