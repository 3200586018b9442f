"""Operations of a spec in the shape that a binary has them."""

from __future__ import annotations

import pytest

from opspec.learn.reshaping import reshaped
from opspec.model.constraints import Attribute, AttributeKind
from opspec.model.dialect import NamedAttribute, NamedValue, Operation
from opspec.notation import parse_value

ATTRIBUTE = NamedAttribute("name", Attribute(AttributeKind.STRING))


@pytest.mark.parametrize(
    ("declared", "learnt", "expected"),
    [
        ("a:i1 b:f64", "operand_0:i1 operand_1:f64", "a:i1 b:f64"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:i8 operand_2:f64", "a:i1 operand_1:i8 b:f64"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:f64 operand_2:f32", "a:i1 b:f64 operand_2:f32"),
        ("a:i1 b:f64", "operand_0:f64", "b:f64"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:f32", "a:i1 b:f32"),
        ("a:i1", "", ""),
        ("", "operand_0:i1", "operand_0:i1"),
    ],
)
def test_parts_that_are_alike_keep_their_names(declared: str, learnt: str, expected: str) -> None:
    ours, theirs, wanted = (
        tuple(NamedValue(name, parse_value(text)) for name, text in (each.split(":") for each in line.split()))
        for line in (declared, learnt, expected)
    )
    spec = Operation("o", "Op", arguments=(*ours[:1], ATTRIBUTE, *ours[1:]), results=ours)
    found = reshaped(spec, Operation("o", "Op", arguments=theirs, results=theirs))
    assert [(one.name, one.value) for one in found.operands] == [(one.name, one.value) for one in wanted]
    assert [(one.name, one.value) for one in found.results] == [(one.name, one.value) for one in wanted]
    assert found.attributes == (ATTRIBUTE,)
