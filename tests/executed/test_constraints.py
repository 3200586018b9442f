"""What a constraint means is one thing: to the generator, to the runtime over MLIR's own types, and beside others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from enzyme_mlir import _runtime as rt
from enzyme_mlir import ir, new_context
from opspec.constraints.accepts import accepts
from opspec.constraints.contains import contains
from opspec.model.dialect import Dialect
from opspec.naming.policy import NamingPolicy
from opspec.notation import parse_type
from opspec.notation.words import FORMS, SIGNS, TYPE_WORDS
from opspec.pyview.printer import code
from opspec.pyview.type_rules import TypeRules
from opspec.samples.types import candidates
from opspec.samples.witnesses import type_that_is_refused

DIALECT = Dialect("d")

SCALARS = ("i1", "i8", "i32", "i64", "si8", "si32", "ui8", "index", "none", "() -> ()", "(f32) -> tensor<4xf32>")
FLOATS = ("f16", "bf16", "tf32", "f32", "f64", "f80", "f128", "f8E4M3FN", "f4E2M1FN")
HOLDERS = ("complex<f32>", "complex<i32>", "tuple<>", "tuple<f32>", "tuple<f32, i32>", "tuple<tensor<4xf32>, f32>")
TENSORS = ("tensor<f32>", "tensor<4xf32>", "tensor<2x3xf32>", "tensor<?xf32>", "tensor<?x?xf32>", "tensor<0xf32>")
FURTHER = ("tensor<*xf32>", 'tensor<4xf32, "e">', "tensor<4xi8>", "tensor<4xcomplex<f32>>", "tensor<vector<4xf32>>")
MEMREFS = ("memref<f32>", "memref<4xf32>", "memref<4xf32, strided<[1], offset: ?>, 3>", "memref<*xf32>")
NESTED = ("memref<4xf32, affine_map<(d0) -> (d0 * 2)>>", "memref<*xf32, 1>", "memref<memref<4xf32>>")
VECTORS = ("vector<f32>", "vector<4xf32>", "vector<[4]xf32>", "vector<2x[4]xf32>", "vector<4xi8>", "vector<4xindex>")
DEFINED = ("!d.T", "!d.T<f32, 4>", "!d.TU<f32>", "!d.T.u", "!d<T f32>", "!other.T", "tensor<4x!d.T<f32, 4>>")
TYPES = (*SCALARS, *FLOATS, *HOLDERS, *TENSORS, *FURTHER, *MEMREFS, *NESTED, *VECTORS, *DEFINED)

ELEMENTS = ("any", "f32", "float | index", "complex<float>")
MODIFIERS = (
    "ranked",
    "static",
    "rank 0|1",
    "rank 2",
    "min_rank 1",
    "max_rank 1",
    "length 4",
    "length 0|6",
    "min_length 2",
)
CONSTRAINTS = (
    *(word for word in TYPE_WORDS if word != "token"),
    *("any", "i1", "i8", "i32", "si8", "ui8", "int8", "int32", "d.T", "other.T", "f32 | index", "integer | float"),
    *(
        f"{container}<{element}>"
        for container in FORMS
        for element in ("any", "f32", "float | index", "complex<float>")
    ),
    *(f"shaped<any, {modifier}>" for modifier in MODIFIERS),
    *("tensor<f32, rank 1, static>", "vector<any, length 4>", "fixed_vector<float, rank 1>", "tensor<d.T>"),
    *("complex<any>", "complex<f32>", "complex<integer>", "tuple<any>", "tuple<f32>", "tuple<f32 | i32>"),
    *(
        "like<any>",
        "like<f32>",
        "like<tensor<f32>>",
        "like<float, rank 1>",
        "like<complex<float>>",
        "tensor<vector<f32>>",
    ),
)


@pytest.fixture(autouse=True)
def context() -> Iterator[None]:
    with new_context() as entered:
        entered.allow_unregistered_dialects = True  # type: ignore[attr-defined]
        yield


@pytest.mark.parametrize("text", CONSTRAINTS)
def test_the_generator_and_the_runtime_accept_the_same_types(text: str) -> None:
    constraint = parse_type(text)
    source = code(TypeRules(DIALECT, NamingPolicy()).whole(constraint))
    rule: Any = eval(source, {"_rt": rt})
    expected = {given: rule.accepts(ir.Type.parse(given)) for given in TYPES}
    assert {given: accepts(constraint, given, DIALECT) for given in TYPES} == expected


def test_the_types_are_written_as_mlir_writes_them() -> None:
    assert [text for text in TYPES if str(ir.Type.parse(text)) != text] == []
    assert len(set(TYPES)) == len(TYPES) >= 55


# What each container takes of the types above: MLIR's classes say so, not our table.
TAKEN: dict[str, Callable[[Any], bool]] = {
    "shaped": lambda given: isinstance(given, ir.ShapedType),
    "tensor": lambda given: isinstance(given, (ir.RankedTensorType, ir.UnrankedTensorType)),
    "ranked_tensor": lambda given: isinstance(given, ir.RankedTensorType),
    "unranked_tensor": lambda given: isinstance(given, ir.UnrankedTensorType),
    "memref": lambda given: isinstance(given, ir.MemRefType),
    "unranked_memref": lambda given: isinstance(given, ir.UnrankedMemRefType),
    "ranked_or_unranked_memref": lambda given: isinstance(given, (ir.MemRefType, ir.UnrankedMemRefType)),
    "vector": lambda given: isinstance(given, ir.VectorType),
    "fixed_vector": lambda given: isinstance(given, ir.VectorType) and not given.scalable,
    "scalable_vector": lambda given: isinstance(given, ir.VectorType) and given.scalable,
    "value_semantics": lambda given: isinstance(given, (ir.RankedTensorType, ir.UnrankedTensorType, ir.VectorType)),
}


def test_containers_are_mlirs_classes() -> None:
    assert TAKEN.keys() == FORMS.keys()
    for container, is_taken in TAKEN.items():
        constraint = parse_type(f"{container}<any>")
        taken = [text for text in TYPES if accepts(constraint, text, DIALECT)]
        assert taken == [text for text in TYPES if is_taken(ir.Type.parse(text))], container
        assert taken


def test_mlirs_floats_and_integers_are_those_of_the_table() -> None:
    for word in FLOATS:
        assert [text for text in TYPES if accepts(parse_type(word), text, DIALECT)] == [word]
    floats = {word for word in TYPE_WORDS if accepts(parse_type("float"), word, DIALECT)}
    assert floats == {word for word in TYPE_WORDS if word not in (*SIGNS, *NO_FLOATS)}
    signs = {"integer": "i1 i8 i32 i64 si8 si32 ui8", "signless_integer": "i1 i8 i32 i64"}
    signs |= {"signed_integer": "si8 si32", "unsigned_integer": "ui8"}
    for word in SIGNS:
        assert [text for text in TYPES if accepts(parse_type(word), text, DIALECT)] == signs[word].split()


NO_FLOATS = ("index", "none", "function", "token", "float", "complex", "tuple")


@pytest.mark.parametrize("wide", CONSTRAINTS)
def test_what_one_constraint_contains_it_accepts(wide: str) -> None:
    accepted = {given for given in TYPES if accepts(parse_type(wide), given, DIALECT)}
    for narrow in CONSTRAINTS:
        if contains(parse_type(wide), parse_type(narrow)):
            assert {given for given in TYPES if accepts(parse_type(narrow), given, DIALECT)} <= accepted, narrow


# Each contains those behind it, and is contained in none of them.
CONTAINED = {
    "any": "f32 | tensor<any> | like<f32> | tuple<any>",
    "shaped<any>": "tensor<f32> | unranked_memref<i8> | scalable_vector<any> | value_semantics<f32> | shaped<f32>",
    "tensor<any>": "ranked_tensor<any> | unranked_tensor<any> | tensor<float> | tensor<any, ranked>",
    "ranked_or_unranked_memref<f32>": "memref<f32> | unranked_memref<f32> | memref<f32, static>",
    "vector<float>": "fixed_vector<float> | scalable_vector<f32> | vector<float, rank 1>",
    "value_semantics<float>": "vector<float> | tensor<f16> | unranked_tensor<float>",
    "like<float>": "float | tensor<float> | vector<bf16> | value_semantics<float> | like<f32> | like<float, rank 1>",
    "like<memref<f32>>": "memref<f32> | like<memref<f32, static>>",
    "like<f32, rank 1>": "f32 | tensor<f32, rank 1> | like<f32, rank 1, static>",
    "like<f32> | index": "like<f32> | index | f32",
    "shaped<any, ranked>": "tensor<any, rank 3> | ranked_tensor<any> | memref<any> | vector<f32>",
    "shaped<any, static>": "vector<f32> | shaped<any, static, rank 1> | tensor<any, min_length 1>",
    "tensor<any, rank 0|1|2>": "tensor<any, rank 1> | tensor<any, rank 0|2>",
    "tensor<any, min_rank 1>": "tensor<any, min_rank 2> | tensor<any, rank 1|2>",
    "tensor<any, max_rank 2>": "tensor<any, max_rank 1> | tensor<any, rank 1|2>",
    "tensor<any, length 1|2>": "tensor<any, length 2>",
    "tensor<i8, ranked>": "tensor<i8, length 4> | tensor<i8, max_rank 2>",
    "tensor<any, min_length 2>": "tensor<any, min_length 3> | tensor<any, length 2|3>",
    "integer": "i8 | si8 | int8 | signless_integer | unsigned_integer | signed_integer",
    "signless_integer": "i1 | i64",
    "unsigned_integer": "ui8",
    "signed_integer": "si8",
    "int8": "i8 | si8 | ui8",
    "float": "f32 | bf16 | tf32 | f8E4M3FN | f128",
    "complex": "complex<f32> | complex<integer>",
    "complex<any>": "complex<f32>",
    "tuple": "tuple<i8>",
    "f32 | f64 | index": "f64 | index",
}
# None contains the one behind it.
APART = """integer > float; signless_integer > int8; signed_integer > signless_integer; int8 > i16; f32 > float
complex > tuple<any>; complex<f32> > complex; tensor<any> > vector<any>
vector<any> > value_semantics<any>; ranked_tensor<any> > tensor<any>
memref<any> > unranked_memref<any>; fixed_vector<any> > scalable_vector<any>
tensor<any, ranked> > tensor<any>; tensor<any, static> > ranked_tensor<any>
tensor<any, static> > tensor<any, rank 1>; tensor<any, rank 1> > tensor<any, rank 1|2>
tensor<any, rank 1> > tensor<any, min_rank 1>; tensor<any, min_rank 2> > tensor<any, rank 1|2>
tensor<any, max_rank 1> > tensor<any, rank 1|2>; tensor<any, max_rank 1> > tensor<any, max_rank 2>
tensor<any, min_rank 2> > tensor<any, max_rank 2>; tensor<any, length 2> > tensor<any, rank 2>
tensor<any, min_length 3> > tensor<any, length 2|3>; like<float> > memref<float>
like<f32, rank 1> > like<f32>; f32 > like<f32>; tensor<f32> > like<tensor<f32>>
tensor<any, opaque> > tensor<any>; opaque(A) > opaque(B); interface(A) > f32; f32 | f64 > f32 | index"""


@pytest.mark.parametrize("wide", CONTAINED)
def test_constraints_contain_narrower_ones(wide: str) -> None:
    narrower = CONTAINED[wide].split(" | ")
    assert [text for text in narrower if not contains(parse_type(wide), parse_type(text))] == []
    assert [text for text in narrower if contains(parse_type(text), parse_type(wide))] == []
    assert contains(parse_type(wide), parse_type(CONTAINED[wide]))


def test_what_cannot_be_shown_to_be_contained_is_not() -> None:
    pairs = [pair.split(" > ") for line in APART.splitlines() for pair in line.split("; ")]
    assert [(wide, narrow) for wide, narrow in pairs if contains(parse_type(wide), parse_type(narrow))] == []


@pytest.mark.parametrize("text", CONSTRAINTS)
def test_samples_satisfy_their_constraint(text: str) -> None:
    constraint = parse_type(text)
    tried = [found.text for found in candidates(constraint, DIALECT)]
    assert tried
    assert [found for found in tried if accepts(constraint, found, DIALECT) is not True] == []


def test_what_is_refused_is_accepted_by_the_one_and_not_by_the_other() -> None:
    found = []
    for old, new in product(CONSTRAINTS[::7], CONSTRAINTS[::5]):
        text = type_that_is_refused(parse_type(old), parse_type(new), DIALECT, DIALECT)
        if text is not None:
            found.append(text)
            assert accepts(parse_type(old), text, DIALECT) is True
            assert accepts(parse_type(new), text, DIALECT) is False
    assert len(found) > 150
