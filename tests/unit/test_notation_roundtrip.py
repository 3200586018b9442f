"""What the notation prints it reads back: for every model, and for a table of texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from opspec import notation
from tests.unit import strategies


def assert_reads_back(model: object, printer: Callable[[Any], str], parser: Callable[[str], object]) -> None:
    """The text of `model` is read as an equal model; `repr` tells 1 from True and 1.0."""
    found = parser(printer(model))
    assert found == model
    assert repr(found) == repr(model)


@given(strategies.types)
def test_every_type_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_type, notation.parse_type)


@given(strategies.values)
def test_every_value_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_value, notation.parse_value)


@given(strategies.attribute_constraints)
def test_every_attribute_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_attribute, notation.parse_attribute)


@given(strategies.arguments)
def test_every_argument_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_argument, notation.parse_argument)


@given(strategies.parameters)
def test_every_parameter_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_parameter, notation.parse_parameter)


@given(strategies.traits)
def test_every_trait_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_trait, notation.parse_trait)


@given(strategies.flows)
def test_every_flow_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_flow, notation.parse_flow)


@given(strategies.regions)
def test_every_region_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_region, notation.parse_region)


@given(strategies.successors)
def test_every_successor_reads_back(model: object) -> None:
    assert_reads_back(model, notation.print_successor, notation.parse_successor)


@pytest.mark.parametrize(
    "text",
    [
        "any",
        "optional index",
        "variadic any",
        "signless_integer | index | tensor<signless_integer | index>",
        "memref<any> [read, write]",
        "variadic memref<f32 | f64, rank 1|2, strided> [alloc]",
        "enzyme.Cache",
        "gpu.async.token",
        "interface(PtrLikeTypeInterface)",
        "opaque(LLVM.AnyPointer)",
        "vector<i1>",
        "complex<f8E4M3B11FNUZ>",
        "complex",
        "variadic_of_variadic(sizes) any [read]",
        "NamedConstraint | tensor<NamedConstraint>",
        "attr int32 = 1",
        "prop optional i64",
        "attr string",
        "attr optional string",
        "attr unit",
        "attr i64 = 1",
        "attr i64 = -1",
        "attr f64 = 1e-05",
        "attr bool = false",
        'attr string = "a \\"quoted\\" word, a \\\\ and a [bracket]"',
        "attr array<enzyme.activity>",
        "attr array<array<i64 where min 0>> = [[1, 2], []]",
        "attr dense_array<i64> = []",
        "attr enum AtomicOrdering = not_atomic",
        "attr arith.fastmath = nnan|ninf",
        "attr optional i64 where positive, power_of_two",
        "attr type<float | memref<any>>",
        "attr i32 | string",
        "attr any = opaque",
        'attr i64 = opaque("f(\\"a, b\\") | ::dd::kNone")',
        'attr array = [opaque("f()"), opaque]',
        "attr si8",
    ],
)
def test_an_argument_prints_as_it_was_written(text: str) -> None:
    assert notation.print_argument(notation.parse_argument(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "type",
        "uint32",
        "optional list<int64>",
        "list<list<string>>",
        "enum Activity",
        "attr flat_symbol_ref",
        "attr array<i64>",
        "opaque(mlir.AffineMap)",
        "uint64 = 8",
    ],
)
def test_a_parameter_prints_as_it_was_written(text: str) -> None:
    assert notation.print_parameter(notation.parse_parameter(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Pure",
        "NResults(2)",
        "SingleBlockImplicitTerminator(scf.yield)",
        "AllTypesMatch(value, result)",
        "HasParent(enzyme.autodiff_region, enzyme.fwddiff_region)",
        "TypesMatchWith(value = same(other))",
        "TypesMatchWith(value = element_type(memref))",
        "TypesMatchWith(output = parameter(cache, enzyme.Cache.type))",
        "TypesMatchWith(output = opaque(input))",
    ],
)
def test_a_trait_prints_as_it_was_written(text: str) -> None:
    assert notation.print_trait(notation.parse_trait(text)) == text


@pytest.mark.parametrize("text", ["any", "variadic any", "blocks 1", "min_blocks 2", "variadic blocks 1"])
def test_a_region_prints_as_it_was_written(text: str) -> None:
    assert notation.print_region(notation.parse_region(text)) == text


@pytest.mark.parametrize("text", ["any", "variadic any"])
def test_a_successor_prints_as_it_was_written(text: str) -> None:
    assert notation.print_successor(notation.parse_successor(text)) == text


@pytest.mark.parametrize(
    ("loose", "strict"),
    [
        ("  variadic   any ", "variadic any"),
        ("tensor< i32|index >", "tensor<i32 | index>"),
        ("memref<any>[read,write]", "memref<any> [read, write]"),
        ("attr i64=1", "attr i64 = 1"),
        ("attr i64 where min 0,max 3=1", "attr i64 where min 0, max 3 = 1"),
        ("attr arith.fastmath = nnan | ninf", "attr arith.fastmath = nnan|ninf"),
    ],
)
def test_spaces_do_not_matter(loose: str, strict: str) -> None:
    assert notation.print_argument(notation.parse_argument(loose)) == strict
