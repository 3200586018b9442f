"""What binaries say, read: words for constraints, complaints about traits, defaults, generic form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from opspec.learn.answers import Answers
from opspec.learn.attribute_words import listed_cases, read_attribute_words
from opspec.learn.generic import properties_of
from opspec.learn.literals import read_default
from opspec.learn.summaries import read_summary
from opspec.learn.traits import learn_traits, told_names
from opspec.model.constraints import AllTypesMatch, EnumCases, HasParent, Literal, NamedTrait, OpaqueLiteral
from opspec.notation import print_attribute, print_type
from opspec.probe.learning import learn_attribute
from opspec.probe.readings import Said

SUMMARIES = {
    "any type": ["any"],
    "variadic of index": ["index"],
    "signless integer or index": ["signless_integer | index"],
    "32-bit signless integer or 64-bit float": ["i32 | f64"],
    "tensor of any non-token type values": ["tensor<any>"],
    "ranked tensor of 1-bit signless integer or index values": ["ranked_tensor<i1 | index>"],
    "1D/2D memref of floating-point values": ["memref<float, rank 1|2>"],
    "statically shaped memref of any type values": ["memref<any, static>"],
    "vector of any type values of length 4/8": ["vector<any, length 4|8>", "vector<any, min_rank 1, length 4|8>"],
    "floating-point-like": ["like<float>"],
    "complex type with floating-point elements": ["complex<float>"],
    "TypedAttr instance": ["interface(TypedAttr)"],
    "bool-like": ["like<i1>"],
    "bool or 2/4-bit integer": ["i1 | i2 | i4 | ui2 | ui4"],
    "32/64-bit float or bfloat16 type": ["f32 | f64 | bf16"],
    "8/16-bit unsigned integer": ["ui8 | ui16"],
    "16-bit float or tf32 type": ["f16 | tf32"],
    "statically shaped 1-dimensional integer tensor of 2/4-bit signless integer values": [
        "tensor<i2 | i4, rank 1, static>"
    ],
    "0D tensor of complex type with 32/64-bit float elements values": ["tensor<complex<f32 | f64>, rank 0>"],
    "ranked tensor of 16/32-bit float or per-tensor integer quantized values": [
        "ranked_tensor<bf16 | f16 | f32 | opaque(per_tensor_integer_quantized)>"
    ],
    "token": [],
    "NCCL communicator handler": [],
    " or ": [],
}
ATTRIBUTES = {
    "64-bit signless integer attribute": "i64",
    "i32 dense array attribute": "dense_array<i32>",
    "type attribute of memref of any type values": "type<memref<any>>",
    "32-bit signless integer attribute whose minimum value is 0": "i32 where min 0",
    "64-bit signless integer attribute whose value is positive and whose value is a power of two > 0": (
        "i64 where positive, power_of_two"
    ),
    "64-bit integer array attribute with at least 2 elements": "array<i64> where min_count 2",
    "i32 dense array attribute with 3 elements (if present)": "dense_array<i32> where opaque",
    "Floating point fast math flags": "",
}
DEFAULTS: dict[str, Literal] = {
    "false": False,
    "-3 : i64": -3,
    "1.500000e+00 : f64": 1.5,
    '"name"': "name",
    "#arith.fastmath<none>": EnumCases(("none",)),
    "#arith<overflow nsw, nuw>": EnumCases(("nsw", "nuw")),
    "array<i64: 1, 2>": (1, 2),
    "[]": (),
    "affine_map<() -> ()>": OpaqueLiteral("affine_map<() -> ()>"),
}


@pytest.mark.parametrize("words", SUMMARIES)
def test_words_for_types(words: str) -> None:
    assert [print_type(found) for found in read_summary(words)] == SUMMARIES[words]


@pytest.mark.parametrize("words", ATTRIBUTES)
def test_words_for_attributes(words: str) -> None:
    found = read_attribute_words(words)
    assert (print_attribute(found) if found is not None else "") == ATTRIBUTES[words]


def test_cases_are_listed() -> None:
    assert listed_cases("allowed 64-bit signless integer cases: 0, 1, 5") == ("i64", (0, 1, 5))
    assert listed_cases("64-bit signless integer attribute") is None


@pytest.mark.parametrize("text", DEFAULTS)
def test_defaults(text: str) -> None:
    assert read_default(text) == DEFAULTS[text]


def test_what_an_operation_knows_stands_in_angle_brackets() -> None:
    text = '%0 = "d.o"(%a, %b) <{kind = #d.k<a, b>, "a b", unit}> {other = 1 : i64} : (i1, i1) -> i1'
    assert properties_of(text, "d.o") == {"kind": "#d.k<a, b>", "a b": "unit", "unit": "unit"}
    assert properties_of(text, "d.p") == {}


def test_complaints_tell_traits() -> None:
    complaints = [
        "'d.o' op must be the last operation in the parent block",
        "'d.o' op expects parent op to be one of 'd.p', 'd.q'",
        "'d.o' op failed to verify that all of {lhs, rhs, result} have same type",
        "'d.o' op failed to verify that all of {strange, result} have same type",
        "'d.o' op expects regions to end with 'd.yield', found 'd.end'",
        "'d.o' op inferred type(s) 'f64' are incompatible with return type(s) of operation 'i32'",
    ]
    assert [each.trait for each in learn_traits(complaints, ["lhs", "rhs", "result"])] == [
        NamedTrait("Terminator"),
        HasParent(("d.p", "d.q")),
        AllTypesMatch(("lhs", "rhs", "result")),
        NamedTrait("SingleBlockImplicitTerminator", ("d.yield",)),
        "InferTypeOpInterface",
    ]
    assert told_names(complaints, [], 3) == ("lhs", "rhs", "result")
    assert told_names(complaints, ["rhs"], 2) == ("lhs", "result")
    assert told_names(complaints, [], 4) == ()


@pytest.mark.parametrize(
    ("taken", "refused", "expected"),
    [
        (["[#d<kind a>]", "[]"], ["[0]", "#d<kind a>"], "array<d.kind>"),
        (["#d.kind<a>"], ["[#d.kind<a>]", "unit"], "d.kind"),
        (["[]", "[0]"], ["unit", "[#d.kind<a>]"], "array<integer>"),
    ],
)
def test_lists_of_attributes_of_a_dialect_are_told(taken: list[str], refused: list[str], expected: str) -> None:
    assert print_attribute(learn_attribute(taken, refused)) == expected


def test_interrupted_work_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    asked: list[str] = []

    def ask(modules: Sequence[str]) -> list[Said]:
        asked.extend(modules)
        return [Said(module.upper()) for module in modules]

    with pytest.raises(KeyboardInterrupt), Answers(path, "one") as answers:
        answers.asking(ask)(["a", "b", "a"])
        raise KeyboardInterrupt
    with Answers(path, "one") as answers:
        assert answers.asking(ask)(["a", "c"]) == [Said("A"), Said("C")]
    assert asked == ["a", "b", "c"]
    assert not path.exists()
    path.write_text('"another"\n["0", "x", "", "", ""]\n', encoding="utf-8")
    with Answers(path, "one") as answers:
        answers.asking(ask)(["a"])
    assert asked == ["a", "b", "c", "a"]
