"""The parts of constraints, which attribute constraint contains which, and values that tell them apart."""

from __future__ import annotations

import math

import pytest

from opspec.constraints.contains import contains
from opspec.constraints.parts import children, is_about_types, rebuild, resolve, walk
from opspec.constraints.values import accepts_value
from opspec.model.constraints import AnyConstraint, Builtin, ConstraintReference, IntegerOf, OpaqueLiteral
from opspec.model.dialect import Dialect, NamedConstraint
from opspec.notation import parse_attribute, parse_parameter, parse_type, print_attribute, print_type
from opspec.notation.words import LENGTHS, MODIFIERS, NUMBERS, fits_float, integer_bounds, meets
from opspec.samples.values import sample_value
from opspec.samples.witnesses import type_of_both, type_that_is_refused, value_that_is_refused

EMPTY = Dialect("d")

# An attribute constraint, and those that it contains; none of them contains it.
CONTAINED = {
    "any": "i64; unit; array<string>; i64 where positive",
    "integer": "i64; si8; ui1; index; i64 where min 0",
    "float": "f32; bf16; tf32; f8E4M3FN",
    "array": "array<i64>; array<array>; array<i64> where count 1",
    "type": "type<f32>; type<any>",
    "string": "symbol_name",
    "symbol_ref": "flat_symbol_ref",
    "int8": "i8; si8; ui8",
    "array<integer>": "array<i64>; array<i8 where positive>",
    "type<float>": "type<f32>",
    "i64": "i64 where opaque; i64 where positive",
    "i64 | string": "string; i64; symbol_name; i64 where min 3; string | i64 where positive",
    "i64 | string where positive": "i64 where positive; string where positive; i64 | string where min 3",
    "i64 where non_negative": "i64 where positive; i64 where power_of_two; i64 where min 1; i64 where min 0, max 3",
    "i64 where non_zero": "i64 where positive; i64 where min 1; i64 where max -1; i64 where power_of_two",
    "i64 where positive": "i64 where power_of_two; i64 where min 2; i64 where min 2, max 9; i64 where positive, opaque",
    "i64 where non_positive": "i64 where max -1; i64 where min -3, max 0",
    "i64 where min 1": "i64 where power_of_two; i64 where min 2",
    "i64 where max 7": "i64 where max 6; i64 where non_positive",
    "i64 where min 0, max 7": "i64 where min 0, max 6; i64 where positive, max 7",
    "i64 where opaque": "i64 where opaque, positive",
    "integer where positive": "i64 where positive",
    "array<i64> where min_count 1": "array<i64> where count 1; array<i64> where min_count 2",
    "array<i64> where max_count 3": "array<i64> where count 3; array<i64> where max_count 2",
    "array where count 2": "array<i64> where min_count 2, max_count 2; array<i64> where count 2",
}
APART = (
    *("i64 > i32", "i8 > int8", "index > integer", "symbol_name > string", "float > i64", "f32 > float", "unit > bool"),
    *("i64 where positive > i64", "i64 where positive > i64 where non_negative", "i64 where min 1 > i64 where max 1"),
    *("i64 where power_of_two > i64 where positive", "i64 where non_zero > i64 where non_negative"),
    *(
        "i64 where opaque > i64 where positive",
        "i64 where even > i64 where odd",
        "i64 where min 2 > i64 where positive",
    ),
    *("array where count 2 > array where min_count 2", "array where min_count 2 > i64 where min 2"),
    *("array where count 2 > array where max_count 2", "array where max_count 2 > array where max_count 3"),
    *("array where min_count 2 > array where count 1", "array<i64> > array", "type<f32> > type<float>"),
    *("dense_array<i64> > array<i64>", "enum A > enum B", "d.a > d.b", "i64 | string > float"),
)


@pytest.mark.parametrize("wide", CONTAINED)
def test_attribute_constraints_contain_narrower_ones(wide: str) -> None:
    narrower = CONTAINED[wide].split("; ")
    assert [text for text in narrower if not contains(parse_attribute(wide), parse_attribute(text))] == []
    assert [text for text in narrower if contains(parse_attribute(text), parse_attribute(wide))] == []


def test_what_cannot_be_shown_to_be_contained_is_not() -> None:
    pairs = [pair.split(" > ") for pair in APART]
    assert [pair for pair in pairs if contains(*map(parse_attribute, pair))] == []


def test_conditions_contain_what_they_accept() -> None:
    """Ranges say the same as the conditions themselves."""
    texts = [f"integer where {word} {bound}" for word in NUMBERS for bound in (-1, 0, 1, 2)]
    taken = {text: {n for n in range(-9, 10) if accepts_value(parse_attribute(text), n)} for text in texts}
    assert all(taken.values())
    for wide in texts:
        for narrow in texts:
            if contains(parse_attribute(wide), parse_attribute(narrow)):
                assert taken[narrow] <= taken[wide], (wide, narrow)


@pytest.mark.parametrize(
    ("word", "bound", "met", "not_met"),
    [
        ("positive", 0, (1, 5), (0, -1)),
        ("non_negative", 0, (0, 1), (-1,)),
        ("non_positive", 0, (0, -1), (1,)),
        ("non_zero", 0, (1, -1), (0,)),
        ("power_of_two", 0, (1, 2, 64, 2**70), (0, -1, -2, 3, 6)),
        ("min", 3, (3, 4), (2, -3)),
        ("max", 3, (3, -4), (4,)),
        ("count", 2, (2,), (1, 3)),
        ("min_count", 2, (2, 3), (1, 0)),
        ("max_count", 2, (0, 1, 2), (3,)),
    ],
)
def test_conditions(word: str, bound: int, met: tuple[int, ...], not_met: tuple[int, ...]) -> None:
    assert word in NUMBERS or word in LENGTHS
    assert [number for number in met if meets(word, bound, number) is not True] == []
    assert [number for number in not_met if meets(word, bound, number) is not False] == []


def test_what_only_cpp_knows_is_not_known() -> None:
    assert meets("opaque", 0, 1) is None
    unknown = ["opaque(A)", "interface(A)", "i64 where opaque", "array<opaque(A)> where count 1", "i64 where count 1"]
    assert [accepts_value(parse_attribute(text), (1,) if "array" in text else 1) for text in unknown] == [None] * 5
    assert accepts_value(parse_attribute("i64"), OpaqueLiteral()) is None
    assert accepts_value(parse_attribute("opaque(A) | i64"), 1) is True
    assert accepts_value(parse_attribute("opaque(A) | i64"), True) is None
    assert accepts_value(parse_attribute("i64 where opaque"), True) is False
    assert accepts_value(parse_attribute("i64 where opaque, positive"), 0) is False
    assert accepts_value(parse_attribute("array<opaque(A)>"), ()) is True


@pytest.mark.parametrize(
    ("word", "values", "met", "not_met"),
    [
        ("ranked", (), [(), (4,), (-1, 2)], []),
        ("static", (), [(), (4,), (0, 2)], [(-1,), (2, -1)]),
        ("rank", (0, 2), [(), (1, 1), (-1, -1)], [(1,), (1, 1, 1)]),
        ("min_rank", (1, 2), [(4,), (4, 4)], [()]),
        ("max_rank", (1, 2), [(), (4,), (4, 4)], [(1, 1, 1)]),
        ("length", (1, 6), [(), (6,), (2, 3)], [(2,), (-1, -6), (-1,)]),
        ("min_length", (2, 3), [(2,), (2, 1)], [(), (1,), (-1, -5), (0,)]),
        ("min_length", (0,), [(), (0,)], [(-1,), (-1, -1)]),
    ],
)
def test_modifiers(
    word: str, values: tuple[int, ...], met: list[tuple[int, ...]], not_met: list[tuple[int, ...]]
) -> None:
    assert [extents for extents in met if not MODIFIERS[word](extents, values)] == []
    assert [extents for extents in not_met if MODIFIERS[word](extents, values)] == []


def test_the_bounds_of_integers() -> None:
    assert integer_bounds("i", 8) == integer_bounds("int", 8) == (-128, 255)
    assert integer_bounds("si", 8) == (-128, 127)
    assert integer_bounds("ui", 8) == (0, 255)
    assert integer_bounds("i", 1) == (-1, 1)
    assert integer_bounds("si", 1) == (-1, 0)


def test_no_number_that_is_infinite_is_too_large() -> None:
    assert all(fits_float(value, "f16") for value in (math.inf, -math.inf, math.nan, 65519.0, -65519.0))
    assert not fits_float(65520.0, "f16")
    assert not fits_float(-65520.0, "f16")
    assert fits_float(1.7e308, "f64")


def test_the_parts_of_a_constraint() -> None:
    texts = ("f32 | tensor<i8 | index> | complex<any>", "tuple<f32>", "f32", "like<opaque(A)>")
    inside = [[print_type(part) for part in walk(parse_type(text))] for text in texts]  # type: ignore[arg-type]
    assert inside == [
        [texts[0], "f32", "tensor<i8 | index>", "i8 | index", "i8", "index", "complex<any>", "any"],
        ["tuple<f32>", "f32"],
        ["f32"],
        ["like<opaque(A)>", "opaque(A)"],
    ]
    parts = {
        "array<i8>": "i8",
        "type<tensor<f32>>": "tensor<f32>",
        "i8 where positive": "i8",
        "string": "",
        "dense_array<i8>": "",
    }
    for text, part in parts.items():
        found = children(parse_attribute(text))
        assert [print_attribute(each) if text[0] != "t" else print_type(each) for each in found] == [part] * bool(part)  # type: ignore[arg-type]
    (listed,) = children(parse_parameter("list<attr i8>").constraint)
    assert children(listed) == (IntegerOf("i", 8),)


@pytest.mark.parametrize("text", ["array<f32> | f32 | i8 where min 3, max 4", "type<f32>", "array<array<f32>>"])
def test_a_constraint_is_made_anew_from_other_parts(text: str) -> None:
    def change(part: object) -> object:
        return Builtin("f64") if part == Builtin("f32") else rebuild(part, change)  # type: ignore[type-var]

    assert print_attribute(rebuild(parse_attribute(text), change)) == text.replace("f32", "f64")


def test_parts_are_about_types_inside_of_types() -> None:
    assert is_about_types(parse_type("tensor<f32>"), is_type=False)
    assert is_about_types(parse_attribute("type<f32>"), is_type=False)
    assert is_about_types(parse_type("f32 | f64"), is_type=True)
    assert not is_about_types(parse_attribute("array<i8>"), is_type=False)
    assert not is_about_types(parse_parameter("attr i8").constraint, is_type=True)


def test_named_constraints_are_replaced_at_every_depth() -> None:
    named = (
        NamedConstraint("Held", parse_type("tensor<Inner> | index")),
        NamedConstraint("Inner", parse_type("f32 | i8")),
    )
    dialect = Dialect("d", constraints=named)
    whole = "tensor<f32 | i8> | index"
    assert print_type(resolve(ConstraintReference("Held"), dialect)) == whole
    assert print_type(resolve(parse_type("like<Held> | Other"), dialect)) == f"like<{whole}> | Other"
    assert print_attribute(resolve(parse_attribute("array<type<Held>>"), dialect)) == f"array<type<{whole}>>"
    assert resolve(AnyConstraint(), dialect) == AnyConstraint()


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("any", "float", "index"),
        ("float | i8", "float", "i8"),
        ("integer", "i64", "i32"),
        ("tensor<any>", "ranked_tensor<any>", "tensor<*xf64>"),
        ("tensor<f32>", "tensor<f32, rank 1>", "tensor<*xf32>"),
        ("ranked_tensor<f32>", "tensor<f32, rank 1>", "tensor<f32>"),
        ("ranked_tensor<f32>", "tensor<f32, static>", "tensor<?xf32>"),
        ("ranked_tensor<f32>", "tensor<f32, max_rank 1>", "tensor<4x4xf32>"),
        ("vector<any>", "fixed_vector<any>", "vector<[4]xf64>"),
        ("f32", "float", None),
        ("f32", "opaque(A)", None),
        ("opaque(A)", "f32", None),
    ],
)
def test_a_type_that_is_refused(old: str, new: str, text: str | None) -> None:
    assert type_that_is_refused(parse_type(old), parse_type(new), EMPTY, EMPTY) == text


def test_another_type_that_is_accepted() -> None:
    assert type_of_both(parse_type("float"), EMPTY, "f64") == "f32"
    assert type_of_both(parse_type("f64"), EMPTY, "f64") is None
    assert type_of_both(parse_type("tensor<f64> | i8"), EMPTY, "i8") == "tensor<4xf64>"


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        ("i64", "i64 where positive", 0),
        ("i64", "ui8", -1),
        ("i64", "i8", 2**20),
        ("i64 where min -1", "i64 where power_of_two", 0),
        ("i64 where positive", "i64 where power_of_two", 3),
        ("i64 where positive", "i64", None),
        ("i64", "i64 where opaque", None),
        ("string", "i64", None),
        ("integer", "string", 1),
    ],
)
def test_a_value_that_is_refused(old: str, new: str, value: int | None) -> None:
    assert value_that_is_refused(parse_attribute(old), parse_attribute(new)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i64", 1),
        ("bool", True),
        ("f32", 1.0),
        ("i64 where non_positive", 0),
        ("i64 where max -1", -1),
        ("i64 where min 7", 7),
        ("i64 where min 7, power_of_two", 8),
        ("i64 where min 3, max 3", 3),
        ("i64 where non_zero, non_positive", -1),
        ("i64 where opaque", 1),
        ("array<i64>", (1,)),
        ("array<i64> where count 3", (1, 1, 1)),
        ("array<i64> where count 0", ()),
        ("array<i64> where min_count 2", (1, 1)),
        ("array<i64> where max_count 0", ()),
        ("array<i64> where max_count 2", (1,)),
        ("array where min_count 2", (1, 1)),
        ("dense_array<i1>", (True,)),
        ("dense_array<f64> where count 2", (1.0, 1.0)),
        ("string | i64", "name"),
        ("type<tensor<i8>>", "tensor<4xi8>"),
    ],
)
def test_a_sample_satisfies_its_constraint(text: str, value: object) -> None:
    constraint = parse_attribute(text)
    found = sample_value(EMPTY, constraint)
    assert found == value
    assert type(found) is type(value)
    assert accepts_value(constraint, found) is not False
